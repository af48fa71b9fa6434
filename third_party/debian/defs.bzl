"""Repositories made of Debian packages: whole closures of tools, and single packages of plain files."""

load("//third_party/private:archives.bzl", "ARCHIVE_ATTRS", "fetch_and_unpack", "prune")
load("//third_party/private:build_file.bzl", "finish")
load("//third_party/private:python.bzl", "CLIENT_ENVIRON")

# Fetched and unpacked in one go; small enough that progress shows.
_BATCH = 12

# What no tool reads.
_DROP = [
    "usr/share/doc/*",
    "usr/share/doc-base/*",
    "usr/share/info/*",
    "usr/share/lintian/*",
    "usr/share/locale/*",
    "usr/share/man/*",
    "usr/share/bash-completion/*",
    "usr/share/applications/*",
    "usr/share/pixmaps/*",
    "usr/share/icons/*",
    "usr/lib/systemd/*",
    "etc/*",
]

_LIBRARY_PATH = ["usr/lib/x86_64-linux-gnu"]

# Only the shell's own commands: a wrapper must work where PATH is empty. $0 is a path whenever the kernel starts a
# script; through a link, it is that of the link, so links to a wrapper must stay in its folder.
_WRAPPER = """#!/bin/sh
{self}here=${{self%/*}}
root=${{here%/bin}}
[ "$root" != "$here" ] || root=$here/..
{environment}exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "{library_path}" --argv0 "$self" "$root/{real}" {arguments}"$@"
"""

# A compiler that starts itself again gives the first argument a meaning of its own (-cc1, -cc1as).
_REENTRANT_WRAPPER = """#!/bin/sh
{self}here=${{self%/*}}
root=${{here%/bin}}
[ "$root" != "$here" ] || root=$here/..
{environment}case $1 in
-cc1*) ;;
*) set -- {arguments}"$@" ;;
esac
exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "{library_path}" --argv0 "$self" "$root/{real}" "$@"
"""

_ABSOLUTE_SELF = """case $0 in
/*) self=$0 ;;
*) self=$PWD/$0 ;;
esac
"""

def _quoted(argument):
    return "\"%s\"" % argument.replace("{root}", "$root")

def _wrapper(rctx, tool, real):
    arguments = rctx.attr.arguments.get(tool, [])
    environment = rctx.attr.environment.get(tool, [])
    template = _REENTRANT_WRAPPER if tool in rctx.attr.reentrant else _WRAPPER
    return template.format(
        arguments = "".join([_quoted(argument) + " " for argument in arguments]),
        environment = "".join(["export %s=%s\n" % (
            entry.split("=", 1)[0],
            _quoted(entry.split("=", 1)[1]),
        ) for entry in environment]),
        library_path = ":".join(["$root/" + folder for folder in rctx.attr.library_path]),
        real = real,
        self = _ABSOLUTE_SELF if tool in rctx.attr.absolute else "self=$0\n",
    )

def _pack_python_stdlib(rctx):
    rctx.report_progress("compiling Python's standard library")
    result = rctx.execute(
        [rctx.path("bin/python3"), rctx.path(rctx.attr._pack_stdlib), rctx.attr.python_stdlib, rctx.path("lib")],
        # Here and only here Python must be told where its library is. Sets are compiled in the order of their hashes.
        environment = {
            "PYTHONHASHSEED": "0",
            "PYTHONHOME": str(rctx.path("usr")),
            "PYTHONPATH": "",
        },
    )
    if result.return_code:
        fail("@%s: packing the standard library failed\n%s%s" % (rctx.name, result.stderr, result.stdout))

def _compile_python(rctx):
    rctx.report_progress("compiling Python modules")
    result = rctx.execute(
        [
            rctx.path(rctx.attr._build_python),
            "-E",
            "-m",
            "compileall",
            "-q",
            "-s",
            str(rctx.path(".")),
            "--invalidation-mode",
            "unchecked-hash",
        ] + rctx.attr.compile_python,
        # Sets are compiled in the order of their hashes.
        environment = {"PYTHONHASHSEED": "0"},
    )
    if result.return_code:
        fail("@%s: compiling Python modules failed\n%s%s" % (rctx.name, result.stderr, result.stdout))

def _debian_closure_impl(rctx):
    packages = json.decode(rctx.attr.packages)
    total = len(packages)
    for start in range(0, total, _BATCH):
        batch = packages[start:start + _BATCH]
        what = "Debian packages %d to %d of %d" % (start + 1, start + len(batch), total)
        fetch_and_unpack(rctx, "debian", batch, what, drop = _DROP)
    prune(rctx)
    for program, place in rctx.attr.programs.items():
        rctx.symlink(rctx.path(program), place)
    for tool, real in rctx.attr.wrappers.items():
        if not rctx.path(real).exists:
            fail("@%s has no %s for its wrapper %s: correct `wrappers`, or the closure's manifest" % (
                rctx.name,
                real,
                tool,
            ))
        rctx.file("bin/" + tool, _wrapper(rctx, tool, real), executable = True)
    for path, content in rctx.attr.scripts.items():
        rctx.delete(path)
        rctx.file(path, content, executable = True)
    for link, target in rctx.attr.links.items():
        rctx.symlink(target, link)
    if rctx.attr.compile_python:
        _compile_python(rctx)
    if rctx.attr.python_stdlib:
        _pack_python_stdlib(rctx)
    finish(rctx)

debian_closure = repository_rule(
    implementation = _debian_closure_impl,
    doc = """A closure of Debian packages, unpacked under the repository's root (`usr/…`).

Its programs are started by `bin/TOOL`: a POSIX-shell wrapper that uses the closure's own loader and libraries, so that
nothing of the machine's is touched and any folder will do.""",
    attrs = dict(
        ARCHIVE_ATTRS,
        absolute = attr.string_list(
            doc = "Wrappers that make paths absolute: of programs that use them after changing folder, or take no others.",
        ),
        arguments = attr.string_list_dict(
            doc = "For a wrapper, arguments that come before the caller's. `{root}` is the repository's root.",
        ),
        compile_python = attr.string_list(
            doc = "Folders of Python modules to compile for @debian_python, as actions may not write beside them.",
        ),
        environment = attr.string_list_dict(
            doc = "For a wrapper, variables to set, as `NAME=value`. `{root}` is the repository's root.",
        ),
        library_path = attr.string_list(
            default = _LIBRARY_PATH,
            doc = "Folders of shared libraries, under the root.",
        ),
        links = attr.string_dict(doc = "Symbolic links to make: path to target, both under the root."),
        packages = attr.string(
            mandatory = True,
            doc = "JSON: list of objects with name, filename (in the pool), sha256, size.",
        ),
        programs = attr.label_keyed_string_dict(
            allow_files = True,
            doc = "Files of other repositories to link into this one: file to path under the root. Programs from PyPI " +
                  "and npm are started by the closure's loader in this way.",
        ),
        python_stdlib = attr.string(
            doc = "The folder of Python's standard library, to be packed as lib/pythonXY.zip (see pack_stdlib.py). " +
                  "Needs a wrapper `python3`.",
        ),
        reentrant = attr.string_list(
            doc = "Wrappers of compilers that start themselves with -cc1: those calls get no added arguments.",
        ),
        scripts = attr.string_dict(
            doc = "Scripts that take the place of the packages' own: path under the root, to the text.",
        ),
        wrappers = attr.string_dict(doc = "Wrapper in bin/, to the program that it starts, as a path under the root."),
        _build_python = attr.label(default = "@debian_python//:bin/python3", allow_single_file = True),
        _pack_stdlib = attr.label(default = "//third_party/debian:pack_stdlib.py", allow_single_file = True),
    ),
    environ = CLIENT_ENVIRON,
)

def _debian_archive_impl(rctx):
    package = json.decode(rctx.attr.package)
    fetch_and_unpack(
        rctx,
        "debian",
        [package],
        "Debian package " + package["name"],
        strip_prefix = rctx.attr.strip_prefix,
    )
    finish(rctx)

debian_archive = repository_rule(
    implementation = _debian_archive_impl,
    doc = "The files of one Debian package, from one of its folders: a rule set, a script, data.",
    attrs = dict(
        ARCHIVE_ATTRS,
        package = attr.string(
            mandatory = True,
            doc = "JSON: an object with name, filename (in the pool), sha256, size.",
        ),
        strip_prefix = attr.string(doc = "The folder of the package that becomes the repository's root."),
    ),
    environ = CLIENT_ENVIRON,
)
