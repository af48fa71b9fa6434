"""What style tests know of the source tree as a whole. In WORKSPACE:

    load("//tools/lint:repositories.bzl", "lint_repositories")
    lint_repositories()
"""

load("//tools/lint/private:checkers.bzl", "CHECKERS")

_SHOWN = [".ci"]

_SUFFIXES = {
    pattern.removeprefix("*"): True
    for checker in CHECKERS.values()
    for pattern in checker.sources
    if pattern.startswith("*.")
}.keys()

def _is_ours(entry):
    """Whether a path is that of a folder of the source tree."""
    base = entry.basename
    hidden = base.startswith(".") and base not in _SHOWN
    return entry.is_dir and not hidden and not base.startswith("bazel-") and base != "node_modules"

def _source_tree_impl(rctx):
    root = rctx.workspace_root
    uncovered = {}
    python = []

    # Bazel stops when a folder that it watches by itself is gone, as another branch may not have it. So the folders of the
    # root are watched as trees.
    for entry in root.readdir():
        if _is_ours(entry):
            rctx.watch_tree(entry)

    # Starlark has no recursion: folders that are still to be looked at, each with the package that it belongs to.
    todo = [("", root, None)]
    for _ in range(1000000):
        if not todo:
            break
        name, folder, package = todo.pop()
        entries = {entry.basename: entry for entry in folder.readdir(watch = "no")}
        if "BUILD.bazel" in entries:
            # A line of its own, at the left.
            covered = "\nlint(" in rctx.read(entries["BUILD.bazel"])
            package = struct(covered = covered, name = name)
        sources = [entry for entry in entries if [True for suffix in _SUFFIXES if entry.endswith(suffix)]]
        if "BUILD.bazel" in entries or sources:
            # What lint() of the root sees is not what lies below it.
            if not package or (package.name == "" and name not in [""] + _SHOWN):
                uncovered[name] = "is in no package: give it a BUILD.bazel that ends with lint()"
            elif not package.covered:
                uncovered[name] = "has no lint(): let %s/BUILD.bazel end with it" % package.name
            elif package.name not in python and [True for source in sources if source.endswith(".py")]:
                python.append(package.name)
        for base, entry in entries.items():
            if _is_ours(entry):
                todo.append((name + "/" + base if name else base, entry, package))

    rctx.file("BUILD.bazel", "exports_files([\"uncovered.json\"])\n", executable = False)
    rctx.file("uncovered.json", json.encode_indent(uncovered) + "\n", executable = False)
    rctx.file("python.bzl", "PYTHON_PACKAGES = %s\n" % repr(sorted(python)), executable = False)

_source_tree = repository_rule(
    implementation = _source_tree_impl,
    doc = """The source tree: which folders have sources that no lint() checks, and which packages have Python.

Made anew when a file changes, in a fraction of a second; what it makes depends on lists of files, and on BUILD.bazel.""",
)

def lint_repositories():
    """Declares @terrarium_tree."""
    _source_tree(name = "terrarium_tree")
