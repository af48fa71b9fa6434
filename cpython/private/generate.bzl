"""Sources that are made at build time, each by an action: frozen modules, the inittab, the call trampoline."""

_PYTHON_ATTRS = {
    "_python": attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
}

def _frozen_module_impl(ctx):
    out = ctx.actions.declare_file("Python/frozen_modules/%s.h" % ctx.attr.module)
    ctx.actions.run(
        executable = ctx.executable._python,
        # -I -S: the module is compiled, nothing is imported from the folder around it.
        arguments = ["-B", "-I", "-S", ctx.file._freeze.path, ctx.attr.module, ctx.file.src.path, out.path],
        inputs = [ctx.file._freeze, ctx.file.src],
        outputs = [out],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "CpythonFreeze",
        progress_message = "Freezing %s" % ctx.attr.module,
    )
    return [DefaultInfo(files = depset([out]))]

cpython_frozen_module = rule(
    implementation = _frozen_module_impl,
    doc = "A module as a C array, by upstream's Programs/_freeze_module.py.",
    attrs = dict(
        _PYTHON_ATTRS,
        module = attr.string(mandatory = True),
        src = attr.label(mandatory = True, allow_single_file = True),
        _freeze = attr.label(default = "@cpython//:Programs/_freeze_module.py", allow_single_file = True),
    ),
)

def _inittab_impl(ctx):
    out = ctx.actions.declare_file("Modules/config.c")
    ctx.actions.expand_template(
        output = out,
        template = ctx.file._template,
        substitutions = {
            "/* -- ADDMODULE MARKER 1 -- */": "\n".join(
                ["extern PyObject* PyInit_%s(void);" % module for module in ctx.attr.modules],
            ),
            "/* -- ADDMODULE MARKER 2 -- */": "\n".join(
                ["    {\"%s\", PyInit_%s}," % (module, module) for module in ctx.attr.modules],
            ),
        },
    )
    return [DefaultInfo(files = depset([out]))]

cpython_inittab = rule(
    implementation = _inittab_impl,
    doc = "config.c: the table of the modules that the main program has in it, from upstream's template.",
    attrs = {
        "modules": attr.string_list(mandatory = True, doc = "Names of the modules."),
        "_template": attr.label(default = "@cpython//:Modules/config.c.in", allow_single_file = True),
    },
)

def _trampoline_impl(ctx):
    module = ctx.actions.declare_file("Python/emscripten_trampoline_inner.wasm")
    out = ctx.actions.declare_file("Python/emscripten_trampoline_wasm.c")

    # The flags of upstream's Makefile. -mgc is for this one module, which the interpreter does without where the
    # engine cannot load it.
    ctx.actions.run(
        executable = ctx.executable._clang,
        arguments = [
            "-o",
            module.path,
            ctx.file._source.path,
            "-mgc",
            "-O2",
            "-Wl,--no-entry",
            "-Wl,--import-table",
            "-Wl,--import-memory",
            "-target",
            "wasm32-unknown-unknown",
            "-nostdlib",
            "-fuse-ld=lld",
            "-B" + ctx.file._linker.dirname,
        ],
        inputs = depset([ctx.file._source], transitive = [
            ctx.attr._clang_files[DefaultInfo].files,
            ctx.attr._linker_files[DefaultInfo].files,
        ]),
        outputs = [module],
        mnemonic = "CpythonTrampoline",
        progress_message = "Compiling CPython's call trampoline",
    )
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", "-I", ctx.file._prepare.path, module.path, out.path, "getWasmTrampolineModule"],
        inputs = [module, ctx.file._prepare],
        outputs = [out],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "CpythonTrampoline",
        progress_message = "Embedding CPython's call trampoline",
    )
    return [DefaultInfo(files = depset([out]))]

cpython_trampoline = rule(
    implementation = _trampoline_impl,
    doc = "emscripten_trampoline_wasm.c: a module that calls functions by their real type, as upstream's Makefile makes it.",
    attrs = dict(
        _PYTHON_ATTRS,
        _clang = attr.label(
            default = "@debian_emscripten//:bin/clang",
            allow_single_file = True,
            cfg = "exec",
            executable = True,
        ),
        _clang_files = attr.label(default = "@debian_emscripten//:clang", cfg = "exec"),
        _linker = attr.label(default = "@debian_emscripten//:bin/wasm-ld", allow_single_file = True, cfg = "exec"),
        _linker_files = attr.label(default = "@debian_emscripten//:linker", cfg = "exec"),
        _prepare = attr.label(
            default = "@cpython//:Platforms/emscripten/prepare_external_wasm.py",
            allow_single_file = True,
        ),
        _source = attr.label(
            default = "@cpython//:Python/emscripten_trampoline_inner.c",
            allow_single_file = True,
        ),
    ),
)
