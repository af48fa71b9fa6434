"""The rule that makes SQLite's amalgamation, the form in which upstream says to compile it."""

def _sqlite_amalgamation_impl(ctx):
    arguments = ctx.actions.args()
    arguments.add("-B")
    arguments.add(ctx.file._amalgamate)
    arguments.add("--node", ctx.executable._node)
    for tool in ["jimsh", "lemon", "mkkeywordhash", "mksourceid"]:
        arguments.add("--" + tool, getattr(ctx.file, tool))
    arguments.add("--prelude", ctx.file._prelude)
    arguments.add("--makefile", ctx.file.makefile)
    arguments.add("--code", ctx.outputs.code)
    arguments.add("--header", ctx.outputs.header)
    arguments.add("--extension-header", ctx.outputs.extension_header)
    arguments.add_all(ctx.attr.macros, before_each = "--feature")

    outputs = [ctx.outputs.code, ctx.outputs.header, ctx.outputs.extension_header]
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = [arguments],
        inputs = ctx.files.srcs + [
            ctx.file._amalgamate,
            ctx.file._prelude,
            ctx.file.jimsh,
            ctx.file.lemon,
            ctx.file.makefile,
            ctx.file.mkkeywordhash,
            ctx.file.mksourceid,
        ],
        outputs = outputs,
        tools = [
            ctx.attr._node[DefaultInfo].files_to_run,
            ctx.attr._python[DefaultInfo].files_to_run,
        ],
        mnemonic = "SqliteAmalgamation",
        progress_message = "Generating SQLite's sources",
    )
    return [DefaultInfo(files = depset(outputs))]

sqlite_amalgamation = rule(
    implementation = _sqlite_amalgamation_impl,
    doc = """Makes sqlite3.c, sqlite3.h and sqlite3ext.h from SQLite's canonical sources.

It is upstream's `make sqlite3.c`, with the same programs and scripts in the same order; the programs are WebAssembly
and run in Node.""",
    attrs = {
        "code": attr.output(mandatory = True, doc = "Where sqlite3.c goes."),
        "extension_header": attr.output(mandatory = True, doc = "Where sqlite3ext.h goes."),
        "macros": attr.string_list(doc = "Macros that choose features: the generated parser depends on them."),
        "header": attr.output(mandatory = True, doc = "Where sqlite3.h goes."),
        "jimsh": attr.label(mandatory = True, allow_single_file = True, doc = "The Tcl interpreter."),
        "lemon": attr.label(mandatory = True, allow_single_file = True, doc = "The parser generator."),
        "makefile": attr.label(
            mandatory = True,
            allow_single_file = True,
            doc = "main.mk, whose variable SRC lists the sources. Paths are relative to its folder.",
        ),
        "mkkeywordhash": attr.label(
            mandatory = True,
            allow_single_file = True,
            doc = "The generator of the table of keywords, compiled with the same features.",
        ),
        "mksourceid": attr.label(mandatory = True, allow_single_file = True, doc = "Prints the check-in's name."),
        "srcs": attr.label_list(mandatory = True, allow_files = True, doc = "All files of the check-in."),
        "_amalgamate": attr.label(
            default = "//packages/sqlite/amalgamation:amalgamate.py",
            allow_single_file = True,
        ),
        "_node": attr.label(default = "//toolchains/node", cfg = "exec", executable = True),
        "_prelude": attr.label(
            default = "//packages/sqlite/amalgamation:prelude.tcl",
            allow_single_file = True,
        ),
        "_python": attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
    },
)
