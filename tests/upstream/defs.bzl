"""CPython's regression tests as files, and the suites of Python packages."""

load("@rules_python//python:defs.bzl", "py_test")

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

def package_suite(name, package, wheels, native, libraries = [], args = [], sample = None, **kwargs):
    """A package's own tests, run by pytest in Terrarium: see run_pytest.py.

    Args:
      name: name of the target
      package: the package's name, as it is imported; packages/PACKAGE/expected.toml says which tests fail
      wheels: the package, the wheel of its tests, pytest, and what they need
      native: labels of wheels for the machine, for the same tests as native programs
      libraries: shared libraries that the package needs
      args: what else run_pytest.py is told
      sample: a file with the modules to run, one a line; default all
      **kwargs: what else any test takes
    """
    expected = "//packages/%s:expected.toml" % package
    python = "@debian_python//:bin/python3"
    py_test(
        name = name,
        size = "enormous",
        srcs = ["//tests/upstream:run_pytest.py"],
        args = [
            "--at-once=2",
            "--dist=$(rootpath //dist:core)",
            "--expected=$(rootpath %s)" % expected,
            "'--libraries=%s'" % " ".join(["$(rootpath %s)" % label for label in libraries]),
            "'--native-path=%s'" % " ".join(["../%s/site-packages" % Label(label).workspace_name for label in native]),
            "--node=$(rootpath //toolchains/node)",
            "--package=" + package,
            "--python=$(rootpath %s)" % python,
            "'--wheels=%s'" % " ".join(["$(rootpaths %s)" % label for label in wheels]),
        ] + (["--list=$(rootpath %s)" % sample] if sample else []) + args,
        data = [
            "//dist:core",
            "//tests/upstream:one_pytest.py",
            "//toolchains/node",
            "@debian_python//:files",
            expected,
            python,
        ] + libraries + wheels + native + ([sample] if sample else []),
        main = "//tests/upstream:run_pytest.py",
        deps = ["//tests/upstream:suites"],
        **kwargs
    )
