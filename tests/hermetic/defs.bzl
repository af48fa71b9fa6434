"""What an action sees, as a target."""

def _action_view_impl(ctx):
    output = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", ctx.file._probe.path, output.path],
        inputs = [ctx.file._probe],
        outputs = [output],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        env = {},
        # What another machine's action saw says nothing.
        execution_requirements = {"no-cache": "1"},
        mnemonic = "ActionView",
        progress_message = "Looking around in an action",
    )
    return [DefaultInfo(files = depset([output]))]

action_view = rule(
    implementation = _action_view_impl,
    doc = "Runs probe.py as an action like any other: NAME.json says what it saw.",
    attrs = {
        "_probe": attr.label(default = ":probe.py", allow_single_file = True),
        "_python": attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
    },
)
