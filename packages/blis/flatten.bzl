"""The rule that makes one header of BLIS out of its many, for the BUILD file of @blis."""

def _flattened_header_impl(ctx):
    output = ctx.actions.declare_file(ctx.attr.out)
    headers = ctx.files.configuration + ctx.files.srcs
    folders = {file.dirname: None for file in headers}
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = [
            "-B",
            ctx.file.script.path,
            "-c",
            "-v0",
            ctx.file.header.path,
            output.path,
            # A folder for temporary files, of which the script makes none.
            output.dirname,
            " ".join(sorted(folders)),
        ],
        inputs = headers + [ctx.file.header, ctx.file.script],
        outputs = [output],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "BlisFlatten",
        progress_message = "Flattening %{output}",
    )
    return [DefaultInfo(files = depset([output]))]

flattened_header = rule(
    implementation = _flattened_header_impl,
    doc = "Replaces what a header includes by the text of it, with BLIS's own script and as BLIS's makefiles do.",
    attrs = {
        "configuration": attr.label(
            mandatory = True,
            allow_files = [".h"],
            doc = "Headers that BLIS's configure would write.",
        ),
        "header": attr.label(mandatory = True, allow_single_file = [".h"], doc = "The header to begin with."),
        "out": attr.string(mandatory = True, doc = "Where the result goes in this package."),
        "script": attr.label(mandatory = True, allow_single_file = [".py"], doc = "BLIS's flatten-headers.py."),
        "srcs": attr.label_list(mandatory = True, allow_files = [".h"], doc = "BLIS's headers."),
        "_python": attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
    },
)
