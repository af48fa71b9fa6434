"""What emcc hands to clang, and what compile actions hand to it, side by side in one file."""

load("//toolchains/emscripten:flags.bzl", "COMPILE_FLAGS", "EMCC_COMPILE_FLAGS")
load("//toolchains/emscripten:sysroot.bzl", "EmscriptenCacheInfo")

def _command_lines_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = [
            "-B",
            ctx.file._tool.path,
            out.path,
            ctx.attr._cache[EmscriptenCacheInfo].cache.path,
            json.encode({"clang": COMPILE_FLAGS, "emcc": EMCC_COMPILE_FLAGS}),
        ],
        inputs = depset(
            [ctx.file._tool],
            transitive = [ctx.attr._cache[DefaultInfo].files, ctx.attr._driver[DefaultInfo].files],
        ),
        outputs = [out],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "EmccCommandLine",
    )
    return [DefaultInfo(files = depset([out]))]

command_lines = rule(
    implementation = _command_lines_impl,
    doc = "A JSON object: `emcc`, the flags that emcc gives to clang; `clang`, the flags of compile actions.",
    attrs = {
        "_cache": attr.label(default = "//toolchains/emscripten:cache", cfg = "exec"),
        "_driver": attr.label(default = "//toolchains/emscripten:driver_files", cfg = "exec"),
        "_python": attr.label(default = "//toolchains/python:interpreter", executable = True, cfg = "exec"),
        "_tool": attr.label(default = ":command_line.py", allow_single_file = True),
    },
)
