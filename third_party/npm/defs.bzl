"""The repository rule for npm packages."""

load("//third_party/private:names.bzl", "quoted_list")
load("//third_party/private:python.bzl", "PROGRAM_ATTRS", "run_python")

_BUILD = '''\
"""{entry}, as npm has it."""

load("{rules}", "npm_closure", "npm_files")

package(default_visibility = ["//visibility:public"])

FILES = glob(
    ["**"],
    exclude = [
        "BUILD.bazel",
        "WORKSPACE.bazel",
    ],
)

exports_files(FILES)

# Every file of the package.
filegroup(
    name = "files",
    srcs = FILES,
)

# The package alone, for node_modules.
npm_files(
    name = "package",
    srcs = [":files"],
    package_name = "{package}",
    version = "{version}",
)

# The package with all that it needs, for node_modules.
npm_closure(
    name = "{name}",
    packages = {packages},
)
'''

def _npm_package_impl(rctx):
    entry = rctx.attr.entry
    run_python(rctx, rctx.path(rctx.attr._client), [
        "package",
        "--entry",
        entry,
        "--sha256",
        rctx.attr.sha256,
        "--size",
        str(rctx.attr.size),
        rctx.path(""),
    ], "npm's " + entry)
    package, _, version = entry.rpartition("@")
    rctx.file("BUILD.bazel", _BUILD.format(
        entry = entry,
        name = rctx.attr.target,
        package = package,
        packages = quoted_list([":package"] + ["@%s//:package" % other for other in rctx.attr.requires]),
        rules = Label("//third_party/npm:node_modules.bzl"),
        version = version,
    ), executable = False)
    rctx.file("WORKSPACE.bazel", "workspace(name = %r)\n" % rctx.name, executable = False)

npm_package = repository_rule(
    implementation = _npm_package_impl,
    doc = """An npm package, unpacked at the repository's root.

Targets: `files`, `package` (the package alone, for node_modules), one of the repository's own name (the same with all that
it needs), and every file by its path.""",
    attrs = PROGRAM_ATTRS | {
        "entry": attr.string(mandatory = True, doc = "The lock's name of it: name@version."),
        "requires": attr.string_list(doc = "The repositories of all packages that it needs, near and far."),
        "sha256": attr.string(mandatory = True, doc = "Of the tarball."),
        "size": attr.int(mandatory = True, doc = "Of the tarball, in bytes."),
        "target": attr.string(mandatory = True, doc = "The name of the target that has the repository's name."),
        "_client": attr.label(default = "//third_party/private:npm_client.py", allow_single_file = True),
        "_pypi_client": attr.label(default = "//third_party/private:pypi_client.py", allow_single_file = True),
    },
)
