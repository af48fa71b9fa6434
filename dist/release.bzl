"""The release folder, and the packages in it."""

load("//rules:defs.bzl", "WheelInfo")

def _python_action(ctx, script, arguments, inputs, outputs, mnemonic, message):
    """Runs one of our scripts with the Python that builds. `arguments` is a list, of the interpreter's too."""
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = arguments,
        inputs = depset(inputs + [script], transitive = [target[DefaultInfo].files for target in getattr(ctx.attr, "_modules", [])]),
        outputs = outputs,
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = mnemonic,
        progress_message = message,
    )

def _release_folder_impl(ctx):
    folder = ctx.actions.declare_directory(ctx.label.name)
    arguments = ctx.actions.args()

    # Always: a long release takes the same way as a short one.
    arguments.use_param_file("@%s", use_always = True)
    arguments.set_param_file_format("multiline")
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
    _python_action(ctx, ctx.file._assemble, ["-B", ctx.file._assemble.path, arguments], inputs, [folder], "Release", "Assembling the release")
    return [DefaultInfo(files = depset([folder]), runfiles = ctx.runfiles([folder]))]

_PYTHON = {"_python": attr.label(default = "//toolchains/python:interpreter", executable = True, cfg = "exec")}

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
    } | _PYTHON,
)

def _release_packages_impl(ctx):
    lock = ctx.actions.declare_file(ctx.label.name + "/pyodide-lock.json")
    packages, outputs, inputs = [], [lock], [ctx.file.base]

    def describe(source, target, **facts):
        inputs.append(source)
        outputs.append(target)
        packages.append(dict(facts, source = source.path, target = target.path))

    # What two wheels from PyPI need comes with both, and is there once.
    wheels = {}
    for target in ctx.attr.wheels:
        if WheelInfo in target:
            wheels[target[WheelInfo].wheel] = target[WheelInfo].tests
        else:
            wheels |= {file: None for file in target[DefaultInfo].files.to_list()}
    for wheel, tests in wheels.items():
        describe(wheel, ctx.actions.declare_file("%s/%s" % (ctx.label.name, wheel.basename)), kind = "wheel", tests = bool(tests))
        if tests:
            describe(tests, ctx.actions.declare_file("%s/%s" % (ctx.label.name, tests.basename)), kind = "tests")
    for target, name in ctx.attr.libraries.items():
        library, _, feature = name.partition(" ")
        files = target[DefaultInfo].files.to_list()
        if len(files) != 1:
            fail("%s: the library %s is to be one file, and has %d" % (target.label, library, len(files)))
        version = ctx.attr.versions[library]
        file_name = "-".join([part for part in [library, feature, version] if part]) + ".zip"
        describe(
            files[0],
            ctx.actions.declare_file("%s/%s" % (ctx.label.name, file_name)),
            feature = feature,
            kind = "library",
            name = library,
            version = version,
        )

    description = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.write(description, json.encode_indent({
        "base": ctx.file.base.path,
        "lock": lock.path,
        "modules": ["external/%s/site-packages" % target.label.workspace_name for target in ctx.attr._modules],
        "packages": packages,
    }))

    # By its name, not as a file: links of a sandbox would lead to modules that nobody declared.
    arguments = ["-B", "-m", "dist.lock_packages", description.path]
    _python_action(ctx, ctx.file._lock_packages, arguments, inputs + [description, ctx.file._wasm_types], outputs, "LockPackages", "Locking the packages of the release")
    return [DefaultInfo(files = depset(outputs))]

release_packages = rule(
    implementation = _release_packages_impl,
    doc = """The packages of a release, and pyodide-lock.json, which names each with what it needs and its SHA-256.

What a wheel needs is what its metadata and the modules in it say. A requirement that no package of the release meets stops
the build. A wheel's tests are a package of their own, NAME-tests.""",
    attrs = {
        "base": attr.label(mandatory = True, allow_single_file = [".json"], doc = "The lock file without packages: what it is for."),
        "libraries": attr.label_keyed_string_dict(
            allow_files = True,
            doc = "Side modules, to the name of the library: `libblas`, or `libblas relaxed-simd` for the one that takes its place where the engine has that feature.",
        ),
        "versions": attr.string_dict(doc = "Versions of the libraries, by name."),
        "wheels": attr.label_list(allow_files = [".whl"], doc = "Wheels: targets of the rule `wheel`, or files, as @pypi_NAME_wasm//:files. A file that is named twice is there once."),
        "_lock_packages": attr.label(default = "//dist:lock_packages.py", allow_single_file = True),
        "_modules": attr.label_list(default = ["@pypi_packaging//:files"], cfg = "exec"),
        "_wasm_types": attr.label(default = "//toolchains/fortran/private:wasm_types.py", allow_single_file = True),
    } | _PYTHON,
)
