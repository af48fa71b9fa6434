"""Links that must be refused, because a call and its definition have unlike types."""

load(
    "//toolchains/emscripten:flags.bzl",
    "EMCC_COMPILE_FLAGS",
    "EMCC_LINK_FLAGS",
    "EMCC_MODULE_LINK_FLAGS",
    "EMCC_PROGRAM_LINK_FLAGS",
)
load("//toolchains/emscripten:sysroot.bzl", "EmscriptenCacheInfo")

# The sysroot has no debug variants, which a link without -O would ask for.
_OPTIMIZED = EMCC_LINK_FLAGS + ["-O2"]

_LINKS = {
    "main module": _OPTIMIZED + EMCC_MODULE_LINK_FLAGS + ["-sMAIN_MODULE=2", "--no-entry"],
    "program": _OPTIMIZED + EMCC_PROGRAM_LINK_FLAGS + ["--no-entry"],
    "side module": _OPTIMIZED + EMCC_MODULE_LINK_FLAGS + ["-sSIDE_MODULE=2"],
}

def _mismatched_links_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = [
            "-B",
            ctx.file._tool.path,
            out.path,
            ctx.attr._cache[EmscriptenCacheInfo].cache.path,
            json.encode({"compile": EMCC_COMPILE_FLAGS, "links": _LINKS}),
        ],
        inputs = depset(
            [ctx.file._tool],
            transitive = [ctx.attr._cache[DefaultInfo].files, ctx.attr._driver[DefaultInfo].files],
        ),
        outputs = [out],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "EmccMismatch",
    )
    return [DefaultInfo(files = depset([out]))]

mismatched_links = rule(
    implementation = _mismatched_links_impl,
    doc = """A JSON object: for each kind of link, what emcc did with a program whose types agree, and with one where they do not.

Both are objects with `status` and `stderr`.""",
    attrs = {
        "_cache": attr.label(default = "//toolchains/emscripten:cache", cfg = "exec"),
        "_driver": attr.label(default = "//toolchains/emscripten:driver_files", cfg = "exec"),
        "_python": attr.label(default = "//toolchains/python:interpreter", executable = True, cfg = "exec"),
        "_tool": attr.label(default = ":mismatch.py", allow_single_file = True),
    },
)
