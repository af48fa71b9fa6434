"""The release folder."""

def _release_folder_impl(ctx):
    folder = ctx.actions.declare_directory(ctx.label.name)
    arguments = ctx.actions.args()
    arguments.add("-B")
    arguments.add(ctx.file._assemble)
    arguments.add(folder.path)
    arguments.add("--version=" + ctx.attr.version)
    inputs = []
    for target, name in ctx.attr.files.items():
        files = target[DefaultInfo].files.to_list()
        if name and len(files) != 1:
            fail("%s: %s has %d files, so it cannot be called %s" % (ctx.label, target.label, len(files), name))
        for file in files:
            arguments.add("%s=%s" % (name or file.basename, file.path))
            inputs.append(file)
    arguments.use_param_file("@%s", use_always = False)
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = [arguments],
        inputs = inputs + [ctx.file._assemble],
        outputs = [folder],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "Release",
        progress_message = "Assembling the release",
    )
    return [DefaultInfo(files = depset([folder]), runfiles = ctx.runfiles([folder]))]

release_folder = rule(
    implementation = _release_folder_impl,
    doc = "One folder with the files of a release, and manifest.json with the size and SHA-256 of each.",
    attrs = {
        "files": attr.label_keyed_string_dict(
            mandatory = True,
            allow_files = True,
            doc = "Targets, to the name of their one file in the folder; an empty name keeps the names they have.",
        ),
        "version": attr.string(mandatory = True, doc = "Version of the release."),
        "_assemble": attr.label(default = "//dist:assemble.py", allow_single_file = True),
        "_python": attr.label(default = "//toolchains/python:interpreter", executable = True, cfg = "exec"),
    },
)
