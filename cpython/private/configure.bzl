"""Runs CPython's configure, as one action."""

load("//platforms:transition.bzl", "wasm32_transition")
load("//toolchains/emscripten:driver.bzl", "EMCC_ATTRS")
load("//toolchains/emscripten:flags.bzl", "COMPILE_FLAGS", "EMCC_COMPILE_FLAGS", "EMCC_LINK_FLAGS")
load("//toolchains/emscripten:sysroot.bzl", "EmscriptenCacheInfo")

# What configure reads of the source.
_READ = [
    "Makefile.pre.in",
    "Misc/platform_triplet.c",
    "Misc/python-config.sh.in",
    "Misc/python-embed.pc.in",
    "Misc/python.pc.in",
    "Modules/Setup",
    "Modules/Setup.bootstrap.in",
    "Modules/Setup.stdlib.in",
    "Modules/config.c.in",
    "Modules/ld_so_aix.in",
    "Modules/makesetup",
    "Platforms/emscripten/config.site-wasm32-emscripten",
    "config.guess",
    "config.sub",
    "configure",
    "install-sh",
    "pyconfig.h.in",
]

def _is_read(path):
    return (
        path in _READ or
        (path.startswith("Include/") and path.endswith(".h")) or
        (path.startswith("Python/thread_") and path.endswith(".h"))
    )

def _cpython_configure_impl(ctx):
    root = ctx.attr.source.label.workspace_root
    source = [file for file in ctx.files.source if _is_read(file.path.removeprefix(root + "/"))]
    cache = ctx.attr._cache[EmscriptenCacheInfo].cache
    outputs = {
        "Makefile": ctx.actions.declare_file("Makefile"),
        "Modules/Setup.bootstrap": ctx.actions.declare_file("Setup.bootstrap"),
        "Modules/Setup.stdlib": ctx.actions.declare_file("Setup.stdlib"),
        "pyconfig.h": ctx.actions.declare_file("pyconfig.h"),
    }
    log = ctx.actions.declare_file("configure.log")

    arguments = ctx.actions.args()
    arguments.use_param_file("@%s", use_always = True)
    arguments.set_param_file_format("multiline")
    arguments.add("--facts", ctx.file.facts)
    arguments.add("--source-root", root)
    arguments.add_all(source, before_each = "--source")
    arguments.add("--busybox", ctx.file._busybox)
    arguments.add("--python", ctx.file._python_program)
    arguments.add("--clang", ctx.file._clang)
    arguments.add_all(
        COMPILE_FLAGS + ["--sysroot={root}/" + cache.path + "/sysroot", "-no-canonical-prefixes"],
        format_each = "--clang-flag=%s",
    )
    arguments.add("--emcc", ctx.file._emcc)
    arguments.add("--emscripten-bin", ctx.file._launcher.dirname)
    arguments.add("--emscripten-config", ctx.file._emscripten_config)
    arguments.add("--cache", cache.path)
    arguments.add_all(EMCC_COMPILE_FLAGS + ctx.attr.copts, format_each = "--compile-flag=%s")
    arguments.add_all(EMCC_LINK_FLAGS, format_each = "--link-flag=%s")
    for name, file in outputs.items():
        arguments.add("--output")
        arguments.add(name)
        arguments.add(file)
    arguments.add("--log", log)

    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", ctx.file._driver.path, arguments],
        inputs = depset(
            source + [ctx.file.facts, ctx.file._driver, ctx.file._busybox, cache],
            transitive = [
                ctx.attr._emscripten[DefaultInfo].files,
                ctx.attr._emscripten_system[DefaultInfo].files,
            ],
        ),
        outputs = outputs.values() + [log],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "CpythonConfigure",
        progress_message = "Configuring CPython",
    )
    return [
        DefaultInfo(files = depset(outputs.values())),
        OutputGroupInfo(
            log = depset([log]),
            makefile = depset([outputs["Makefile"]]),
            pyconfig = depset([outputs["pyconfig.h"]]),
            setup = depset([outputs["Modules/Setup.stdlib"], outputs["Modules/Setup.bootstrap"]]),
        ),
    ]

cpython_configure = rule(
    implementation = _cpython_configure_impl,
    doc = """CPython's configure for this platform: `pyconfig.h`, `Makefile`, `Setup.stdlib`, `Setup.bootstrap`.

What it prints is in the output group `log`. Nothing in any of them names a folder of the machine.""",
    attrs = EMCC_ATTRS | {
        "copts": attr.string_list(doc = "Flags for CFLAGS beside those of the toolchain."),
        "facts": attr.label(mandatory = True, allow_single_file = True, doc = "What configure is told: see the file."),
        "source": attr.label(mandatory = True, allow_files = True, doc = "CPython's source."),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_busybox": attr.label(
            default = "@debian_posix//:usr/bin/busybox",
            allow_single_file = True,
            cfg = "exec",
        ),
        "_driver": attr.label(default = "//cpython/private:run_configure.py", allow_single_file = True),
        "_launcher": attr.label(default = "//toolchains/emscripten:bin/emcc", allow_single_file = True, cfg = "exec"),
        "_python": attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
        "_python_program": attr.label(
            default = "@debian_python//:bin/python3",
            allow_single_file = True,
            cfg = "exec",
        ),
    },
    cfg = wasm32_transition,
)
