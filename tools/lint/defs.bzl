"""Style tests. Every BUILD.bazel ends with

    load("//tools/lint:defs.bzl", "lint")

    lint()

which tests the sources of its package by each checker that knows their kind. `./bazelw run //tools/lint:fix` mends what a
checker can mend by itself; //tools/lint:mypy_test checks the types of all Python together.
"""

load("//tools/lint/private:checkers.bzl", "CHECKERS")
load("//tools/lint/private:python_packages.bzl", "PYTHON_PACKAGES")
load("//tools/lint/private:tests.bzl", "checker_test", _tsc_test = "tsc_test")

tsc_test = _tsc_test

# buildifier: disable=unnamed-macro
def lint(pending = []):
    """Tests the style of this package's sources, those in folders that are no packages included.

    Makes one test for each checker that finds sources here: `lint_ruff`, `lint_buildifier`, `lint_clang_format`,
    `lint_biome`. `lint_buildifier` fails, too, when a package right below this one has no lint(), and `lint_ruff`
    when Python sources are here that python_packages.bzl does not name, so that nothing goes unchecked.

    Args:
      pending: the packages right below this one that have no lint() yet
    """
    top = native.package_name() == ""

    # At the root, `**` would walk through Bazel's own links and through every folder that is hidden.
    folders = ["", ".ci/"] if top else ["**/"]
    sources = {
        checker: native.glob(
            [folder + pattern for folder in folders for pattern in facts.sources],
            allow_empty = True,
            exclude = ["**/node_modules/**"],
        )
        for checker, facts in CHECKERS.items()
    }
    packages = native.subpackages(
        include = ["*"] if top else ["**"],
        allow_empty = True,
        exclude = ["bazel-*"] + pending,
    )
    complaints = {}
    if sources["ruff"] and native.package_name() not in PYTHON_PACKAGES:
        complaints["ruff"] = "Name \"%s\" in tools/lint/private/python_packages.bzl." % native.package_name()
    for checker, facts in CHECKERS.items():
        if sources[checker]:
            checker_test(
                name = "lint_" + checker.replace("-", "_"),
                size = "small",
                srcs = sources[checker],
                below = [_below(package) for package in packages] if checker == "buildifier" else [],
                checker = checker,
                complaint = complaints.get(checker, ""),
                config = facts.config,
                files = facts.files,
                program = facts.program,
                tags = ["lint"],
            )
    if sources["ruff"]:
        native.filegroup(
            name = "lint_python",
            srcs = sources["ruff"],
            visibility = ["//tools/lint:__pkg__"],
        )

def _below(package):
    """The BUILD file of a package below this one."""
    return "//%s:BUILD.bazel" % "/".join([part for part in [native.package_name(), package] if part])
