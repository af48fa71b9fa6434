"""Repository rules for what PyPI has: wheels and source distributions."""

load("//third_party/private:build_file.bzl", "BUILD_FILE_ATTRS", "PATCH_ATTRS", "apply_patches", "finish")
load("//third_party/private:names.bzl", "quoted_list")
load("//third_party/private:python.bzl", "PROGRAM_ATTRS", "run_python")

_WHEEL_BUILD = '''\
"""{entry}, as PyPI has it."""

load("@rules_python//python:defs.bzl", "py_binary", "py_library")

package(default_visibility = ["//visibility:public"])

FILES = glob(
    ["**"],
    exclude = [
        "BUILD.bazel",
        "WORKSPACE.bazel",
    ],
)

exports_files(FILES)

# Every file of the wheel: site-packages/, and bin/, include/ or share/ if it has them.
filegroup(
    name = "files",
    srcs = FILES,
)

# The Python package, with what it needs.
py_library(
    name = "pkg",
    srcs = glob(
        ["site-packages/**/*.py"],
        allow_empty = True,
    ),
    data = glob(
        ["site-packages/**"],
        allow_empty = True,
        exclude = ["site-packages/**/*.py"],
    ),
    imports = ["site-packages"],
    deps = {deps},
)
'''

_SCRIPT = '''
py_binary(
    name = "{name}",
    srcs = ["bin/{name}-script.py"],
    main = "bin/{name}-script.py",
    deps = [":pkg"],
)
'''

_SDIST_BUILD = '''\
"""The source distribution of {entry}, as PyPI has it."""

package(default_visibility = ["//visibility:public"])

FILES = glob(
    ["**"],
    exclude = [
        "BUILD.bazel",
        "WORKSPACE.bazel",
    ],
)

exports_files(FILES)

filegroup(
    name = "files",
    srcs = FILES,
)
'''

_WHEEL_FILE_BUILD = '''\
"""{entry} for WebAssembly, as PyPI has it."""

package(default_visibility = ["//visibility:public"])

filegroup(
    name = "file",
    srcs = ["{filename}"],
)

# With the wheels that it needs.
filegroup(
    name = "files",
    srcs = {files},
)
'''

_ATTRS = PROGRAM_ATTRS | {
    "entry": attr.string(mandatory = True, doc = "The lock's name of it: name==version."),
    "filename": attr.string(mandatory = True, doc = "The file's name at the index."),
    "sha256": attr.string(mandatory = True),
    "size": attr.int(mandatory = True, doc = "In bytes."),
    "_client": attr.label(default = "//third_party/private:pypi_client.py", allow_single_file = True),
}

def _bring(rctx, command):
    run_python(rctx, rctx.path(rctx.attr._client), [
        command,
        "--entry",
        rctx.attr.entry,
        "--filename",
        rctx.attr.filename,
        "--sha256",
        rctx.attr.sha256,
        "--size",
        str(rctx.attr.size),
        rctx.path(""),
    ], "PyPI's " + rctx.attr.filename)

def _pypi_wheel_impl(rctx):
    _bring(rctx, "wheel")
    facts = json.decode(rctx.read("wheel.json"))
    rctx.delete("wheel.json")
    apply_patches(rctx)
    build = _WHEEL_BUILD.format(
        entry = rctx.attr.entry,
        deps = quoted_list(["@%s//:pkg" % repository for repository in rctx.attr.requires]),
    )
    for script in facts["scripts"]:
        build += _SCRIPT.format(name = script)
    rctx.file("BUILD.bazel", build, executable = False)
    rctx.file("WORKSPACE.bazel", "workspace(name = %r)\n" % rctx.name, executable = False)

pypi_wheel = repository_rule(
    implementation = _pypi_wheel_impl,
    doc = """A wheel, unpacked: site-packages/ and, if it has such, bin/, include/ and its data folders.

Targets: `files`, `pkg` (a py_library with what the wheel needs), one py_binary for each console script, and every
file by its path (`@pypi_ruff//:bin/ruff`). Patches name files as they lie there, site-packages/ included; RECORD keeps the
hashes of the files that PyPI has.""",
    attrs = _ATTRS | PATCH_ATTRS | {
        "requires": attr.string_list(doc = "The repositories of the wheels that it needs."),
    },
)

def _pypi_wheel_file_impl(rctx):
    _bring(rctx, "file")
    rctx.file("BUILD.bazel", _WHEEL_FILE_BUILD.format(
        entry = rctx.attr.entry,
        filename = rctx.attr.filename,
        files = quoted_list([":file"] + ["@%s//:files" % repository for repository in rctx.attr.requires]),
    ), executable = False)
    rctx.file("WORKSPACE.bazel", "workspace(name = %r)\n" % rctx.name, executable = False)

pypi_wheel_file = repository_rule(
    implementation = _pypi_wheel_file_impl,
    doc = """A wheel as it is, for a Python that unpacks it itself.

Targets: `file`, the wheel under its own name, and `files`, which is also the wheels that it needs.""",
    attrs = _ATTRS | {
        "requires": attr.string_list(doc = "The repositories of the wheels that it needs."),
    },
)

def _pypi_sdist_impl(rctx):
    _bring(rctx, "sdist")
    if not rctx.attr.build_file and not rctx.attr.build_file_content:
        rctx.file("BUILD.bazel", _SDIST_BUILD.format(entry = rctx.attr.entry), executable = False)
    finish(rctx)

pypi_sdist = repository_rule(
    implementation = _pypi_sdist_impl,
    doc = """A source distribution, unpacked without its outermost folder.

Targets, if no BUILD file is given: `files`, and every file by its path.""",
    attrs = _ATTRS | BUILD_FILE_ATTRS,
)
