"""Headers of the source archive, found where upstream's own -I flags look for them."""

load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")

def _cpython_headers_impl(ctx):
    root = ctx.attr.source.label.workspace_root
    headers = []
    for file in ctx.files.source:
        path = file.path.removeprefix(root + "/")
        if not [folder for folder in ctx.attr.folders if path.startswith(folder + "/")]:
            continue
        if file.extension in ["h", "inc"] or path in ctx.attr.textual or path.startswith("Objects/mimalloc/"):
            headers.append(file)
    for path in ctx.attr.textual:
        if "%s/%s" % (root, path) not in [file.path for file in headers]:
            fail("%s: there is no %s in `folders`" % (ctx.label, path))

    here = "%s/%s" % (ctx.bin_dir.path, ctx.label.package)
    folders = [root + "/" + folder for folder in ctx.attr.includes]
    folders += [here + "/" + folder if folder else here for folder in ctx.attr.generated_includes]
    files = depset(headers + ctx.files.generated)
    context = CcInfo(compilation_context = cc_common.create_compilation_context(
        headers = files,
        includes = depset(folders),
    ))
    return [
        DefaultInfo(files = files),
        cc_common.merge_cc_infos(direct_cc_infos = [context], cc_infos = [dep[CcInfo] for dep in ctx.attr.deps]),
    ]

cpython_headers = rule(
    implementation = _cpython_headers_impl,
    doc = "What C sources include, from CPython's source archive and from what is generated.",
    attrs = {
        "deps": attr.label_list(providers = [CcInfo]),
        "folders": attr.string_list(doc = "Folders of the archive whose .h and .inc files are wanted."),
        "generated": attr.label_list(allow_files = True, doc = "Generated headers of this package."),
        "generated_includes": attr.string_list(doc = "Folders of generated headers to search, under this package's."),
        "includes": attr.string_list(doc = "Folders of the archive to search."),
        "source": attr.label(allow_files = True, default = "@cpython//:files"),
        "textual": attr.string_list(doc = "Other files of the archive that are included."),
    },
    provides = [CcInfo],
)
