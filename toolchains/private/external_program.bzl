"""A program of a tool repository as a target that actions can run."""

# Paths are cut and joined, never walked back by `..`: programs fold that as text, and the shortcut folders of Bazel
# are links.
_LAUNCHER = """#!/bin/sh
program=
case $0 in
/*) self=$0 ;;
*) self=$PWD/${{0#./}} ;;
esac
case $self in
*/{exec_path}) program=${{self%{exec_path}}}external/{program} ;;
*/{runfile}) program=${{self%{runfile}}}{program} ;;
esac
[ -x "$program" ] || program=$self.runfiles/{program}
exec "$program" "$@"
"""

def _external_program_impl(ctx):
    launcher = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(
        launcher,
        _LAUNCHER.format(
            exec_path = launcher.path,
            program = ctx.file.program.path.removeprefix("external/"),
            runfile = "%s/%s" % (ctx.workspace_name, launcher.short_path),
        ),
        is_executable = True,
    )
    files = depset([launcher], transitive = [target.files for target in ctx.attr.files])

    # For actions as plain files, which they find in the execution root; for tests and programs as runfiles.
    return [DefaultInfo(
        executable = launcher,
        files = files,
        runfiles = ctx.runfiles(transitive_files = files),
    )]

external_program = rule(
    implementation = _external_program_impl,
    doc = """An executable target for a program of an external repository, with the files that it needs beside it.

In a rule: an attribute with `executable = True, cfg = "exec"`, and `tools = [ctx.attr._x[DefaultInfo].files_to_run]`.
In a genrule: `tools` and `$(execpath …)`. In a test: `data` and `$(rootpath …)`.""",
    attrs = {
        "files": attr.label_list(
            doc = "What the program needs.",
            mandatory = True,
        ),
        "program": attr.label(
            allow_single_file = True,
            doc = "The program, a file of an external repository.",
            mandatory = True,
        ),
    },
    executable = True,
)
