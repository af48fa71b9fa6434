"""CPython's regression tests as files."""

def _cpython_tests_impl(ctx):
    folder = ctx.attr.source.label.workspace_root + "/Lib/test/"
    files = [
        file
        for file in ctx.files.source
        if file.path.startswith(folder) and "/__pycache__/" not in file.path
    ]
    if not files:
        fail("%s: %s has no Lib/test" % (ctx.label, ctx.attr.source.label))
    main = [file for file in files if file.path == folder + "__main__.py"]
    return [
        DefaultInfo(files = depset(main), runfiles = ctx.runfiles(files = files)),
    ]

cpython_tests = rule(
    implementation = _cpython_tests_impl,
    doc = "Upstream's Lib/test: its __main__.py, and everything beside that in the runfiles.",
    attrs = {
        "source": attr.label(allow_files = True, default = "@cpython//:files", doc = "Files of the source archive."),
    },
)
