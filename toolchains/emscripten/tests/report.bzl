"""What emcc does, as data of a test."""

load("//toolchains/emscripten:sysroot.bzl", "EmscriptenCacheInfo")

def _emcc_report_impl(ctx):
    out = ctx.actions.declare_file(ctx.label.name + ".json")
    cache = ctx.attr._cache[EmscriptenCacheInfo].cache
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", ctx.file.tool.path, out.path, cache.path, ctx.attr.settings],
        inputs = depset(
            [ctx.file.tool],
            transitive = [ctx.attr._cache[DefaultInfo].files, ctx.attr._driver[DefaultInfo].files],
        ),
        outputs = [out],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "EmccReport",
        progress_message = "Asking emcc for %{output}",
    )
    return [DefaultInfo(files = depset([out]))]

emcc_report = rule(
    implementation = _emcc_report_impl,
    doc = "NAME.json: what a program found by running emcc.",
    attrs = {
        "settings": attr.string(mandatory = True, doc = "A JSON object, which the program is given as it is."),
        "tool": attr.label(
            mandatory = True,
            allow_single_file = [".py"],
            doc = "The program. Its arguments: what it writes, Emscripten's cache, the settings.",
        ),
        "_cache": attr.label(default = "//toolchains/emscripten:cache", cfg = "exec"),
        "_driver": attr.label(default = "//toolchains/emscripten:driver_files", cfg = "exec"),
        "_python": attr.label(default = "//toolchains/python:interpreter", executable = True, cfg = "exec"),
    },
)
