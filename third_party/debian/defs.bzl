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
here=${{0%/*}}
root=${{here%/bin}}
[ "$root" != "$here" ] || root=$here/..
{environment}exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "{library_path}" --argv0 "$0" "$root/{real}" {arguments}"$@"
"""

# A compiler that starts itself again gives the first argument a meaning of its own (-cc1, -cc1as).
_REENTRANT_WRAPPER = """#!/bin/sh
here=${{0%/*}}
root=${{here%/bin}}
[ "$root" != "$here" ] || root=$here/..
{environment}case $1 in
-cc1*) ;;
*) set -- {arguments}"$@" ;;
esac
exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "{library_path}" --argv0 "$0" "$root/{real}" "$@"
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
    )

def _debian_closure_impl(rctx):
    packages = json.decode(rctx.attr.packages)
    total = len(packages)
    for start in range(0, total, _BATCH):
        batch = packages[start:start + _BATCH]
        what = "Debian packages %d to %d of %d" % (start + 1, start + len(batch), total)
        fetch_and_unpack(rctx, "debian", batch, what, drop = _DROP)
    prune(rctx)
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
    finish(rctx)

debian_closure = repository_rule(
    implementation = _debian_closure_impl,
    doc = """A closure of Debian packages, unpacked under the repository's root (`usr/…`).

Its programs are started by `bin/TOOL`: a POSIX-shell wrapper that uses the closure's own loader and libraries, so that
nothing of the machine's is touched and any folder will do.""",
    attrs = dict(
        ARCHIVE_ATTRS,
        arguments = attr.string_list_dict(
            doc = "For a wrapper, arguments that come before the caller's. `{root}` is the repository's root.",
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
        reentrant = attr.string_list(
            doc = "Wrappers of compilers that start themselves with -cc1: those calls get no added arguments.",
        ),
        scripts = attr.string_dict(
            doc = "Scripts that take the place of the packages' own: path under the root, to the text.",
        ),
        wrappers = attr.string_dict(doc = "Wrapper in bin/, to the program that it starts, as a path under the root."),
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
