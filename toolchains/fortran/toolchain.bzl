"""The toolchain type of Fortran, and the types of what Fortran may call."""

load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")
load("//toolchains/emscripten:sysroot.bzl", "EmscriptenCacheInfo")

FortranToolchainInfo = provider(
    doc = "A Fortran compiler for actions.",
    fields = {
        "environment": "dict of string to string: what the compiler must find in its environment.",
        "files": "depset of File: all that compiling takes, the compiler included.",
        "flang": "File: the compiler, with flang's command line.",
        "runtime": "CcInfo: the run-time library.",
    },
)

def _fortran_toolchain_impl(ctx):
    return [platform_common.ToolchainInfo(
        fortran = FortranToolchainInfo(
            environment = {
                "TERRARIUM_FORTRAN_MODULES": ctx.file.modules.path,
                "TERRARIUM_FORTRAN_TYPES": ctx.file.types.path,
            },
            files = depset(
                [ctx.file.flang, ctx.file.modules, ctx.file.types],
                transitive = [target[DefaultInfo].files for target in ctx.attr.files],
            ),
            flang = ctx.file.flang,
            runtime = ctx.attr.runtime[CcInfo],
        ),
    )]

fortran_toolchain = rule(
    implementation = _fortran_toolchain_impl,
    doc = "A Fortran compiler, given to rules as `ctx.toolchains[\"//toolchains/fortran:toolchain_type\"].fortran`: a " +
          "FortranToolchainInfo.",
    attrs = {
        "files": attr.label_list(cfg = "exec", allow_files = True, doc = "What the compiler needs beside itself."),
        "flang": attr.label(mandatory = True, cfg = "exec", allow_single_file = True, doc = "The compiler."),
        "modules": attr.label(
            mandatory = True,
            cfg = "exec",
            allow_single_file = True,
            doc = "The folder of the intrinsic modules.",
        ),
        "runtime": attr.label(mandatory = True, providers = [CcInfo], doc = "The run-time library, for the target."),
        "types": attr.label(
            mandatory = True,
            allow_single_file = True,
            doc = "The types of the functions that Fortran may call: see `wasm_types`.",
        ),
    },
)

def _wasm_types_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name + ".json")
    archives = []
    for library in ctx.attr.libraries:
        for linker_input in library[CcInfo].linking_context.linker_inputs.to_list():
            for part in linker_input.libraries:
                archives.append(part.pic_static_library or part.static_library)
    cache = ctx.attr._cache[EmscriptenCacheInfo].cache
    arguments = ctx.actions.args()
    arguments.add(out)
    arguments.add_all(archives)
    arguments.add_all(
        ["%s/sysroot/lib/wasm32-emscripten/pic/%s" % (cache.path, library) for library in ctx.attr.system_libraries],
    )
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", "-I", ctx.file._lister.path, arguments],
        inputs = archives + [cache, ctx.file._lister],
        outputs = [out],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "WasmTypes",
        progress_message = "Listing the functions that Fortran may call",
    )
    return [DefaultInfo(files = depset([out]))]

wasm_types = rule(
    implementation = _wasm_types_impl,
    doc = "A JSON object of function names and their WebAssembly types, as `i32 (i32, f64)`, of what archives define.",
    attrs = {
        "libraries": attr.label_list(providers = [CcInfo], doc = "Libraries built here."),
        "system_libraries": attr.string_list(doc = "File names of Emscripten's own archives."),
        "_cache": attr.label(default = "//toolchains/emscripten:cache", cfg = "exec"),
        "_lister": attr.label(default = "//toolchains/fortran/private:wasm_types.py", allow_single_file = True, cfg = "exec"),
        "_python": attr.label(default = "//toolchains/python:interpreter", executable = True, cfg = "exec"),
    },
)
