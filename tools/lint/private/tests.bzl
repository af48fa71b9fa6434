"""The rules under lint(): a checker over some files, and TypeScript's own type checker."""

load("//tools/lint/private:checkers.bzl", "CHECKERS")

# Runs in the runfiles, as Bazel starts tests.
_CHECK = """#!/bin/sh
status=0
{commands}[ "$status" = 0 ] || echo 'To mend what can be mended by itself: ./bazelw run //tools/lint:fix' >&2
exit "$status"
"""

def _quoted(text):
    return "'%s'" % text.replace("'", "'\\''")

def _command(program, arguments):
    return " ".join([_quoted(word) for word in [program] + arguments])

def _test(ctx, script, files):
    launcher = ctx.actions.declare_file(ctx.label.name + ".sh")
    ctx.actions.write(launcher, script, is_executable = True)
    return [DefaultInfo(executable = launcher, runfiles = ctx.runfiles(files = files))]

def _checker_test_impl(ctx):
    sources = [file.short_path for file in ctx.files.srcs]
    return _test(
        ctx,
        _CHECK.format(commands = "".join([
            _command(ctx.file.program.short_path, arguments + sources) + " || status=1\n"
            for arguments in CHECKERS[ctx.attr.checker].check
        ])),
        ctx.files.srcs + ctx.files.config + ctx.files.files + [ctx.file.program],
    )

checker_test = rule(
    implementation = _checker_test_impl,
    doc = "Runs one checker over files.",
    attrs = {
        "checker": attr.string(mandatory = True, values = CHECKERS.keys(), doc = "Its name in checkers.bzl."),
        "config": attr.label_list(allow_files = True, doc = "What it is configured by."),
        "files": attr.label_list(allow_files = True, doc = "What must lie beside the program."),
        "program": attr.label(mandatory = True, allow_single_file = True),
        "srcs": attr.label_list(mandatory = True, allow_files = True, doc = "What to check."),
    },
    test = True,
)

# TypeScript looks for node_modules from a file's true place, which lies behind the links of runfiles: it gets copies.
_TSC = """#!/bin/sh
set -eu
runfiles=$PWD
copy=$TEST_TMPDIR/copy
"$runfiles/{busybox}" mkdir -p "$copy"
for file in {files}; do
    "$runfiles/{busybox}" mkdir -p "$copy/${{file%/*}}"
    "$runfiles/{busybox}" cp -L "$file" "$copy/$file"
done
"$runfiles/{busybox}" cp -RL {node_modules} "$copy/{folder}/node_modules"
cd "$copy/{folder}"
exec "$runfiles/{tsc}" --project {project} --noEmit --pretty false
"""

def _tsc_test_impl(ctx):
    files = ctx.files.srcs + [ctx.file.tsconfig]
    tools = [ctx.file._busybox, ctx.file._tsc]
    return _test(
        ctx,
        _TSC.format(
            busybox = ctx.file._busybox.short_path,
            files = " ".join([_quoted(file.short_path) for file in files]),
            folder = ctx.label.package,
            node_modules = _quoted(ctx.file.node_modules.short_path),
            project = _quoted(ctx.file.tsconfig.short_path.removeprefix(ctx.label.package + "/")),
            tsc = ctx.file._tsc.short_path,
        ),
        files + tools + ctx.files._library + [ctx.file.node_modules],
    )

tsc_test = rule(
    implementation = _tsc_test_impl,
    doc = "Checks the types of TypeScript sources of this package as its tsconfig.json says, by TypeScript's own compiler.",
    attrs = {
        "node_modules": attr.label(
            mandatory = True,
            allow_single_file = True,
            doc = "A node_modules folder with the packages that `types` and imports name.",
        ),
        "srcs": attr.label_list(mandatory = True, allow_files = [".ts", ".mts"], doc = "The sources."),
        "tsconfig": attr.label(mandatory = True, allow_single_file = [".json"], doc = "The compiler's configuration."),
        "_busybox": attr.label(default = "@debian_posix//:usr/bin/busybox", allow_single_file = True),
        "_library": attr.label(default = "@npm_typescript_typescript_linux_x64//:files"),
        "_tsc": attr.label(default = "@npm_typescript_typescript_linux_x64//:lib/tsc", allow_single_file = True),
    },
    test = True,
)
