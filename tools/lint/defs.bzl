"""Style tests. Every BUILD.bazel ends with

    load("//tools/lint:defs.bzl", "lint")

    lint()

which tests the sources of its package by each checker that knows their kind, and hands the Python ones on to
//tools/lint:mypy_test. `./bazelw run //tools/lint:fix` mends what a checker can mend by itself.
"""

load("//tools/lint/private:checkers.bzl", "CHECKERS")
load("//tools/lint/private:tests.bzl", "checker_test", _tsc_test = "tsc_test")

tsc_test = _tsc_test

# Named for the message that its absence gives: no such target '//folder:has_lint_at_its_end'.
_CHAIN = "has_lint_at_its_end"

# buildifier: disable=unnamed-macro
def lint(pending = []):
    """Tests the style of this package's sources, those in folders that are no packages included.

    Makes one test for each checker that finds sources here: `lint_ruff`, `lint_buildifier`, `lint_clang_format`,
    `lint_biome`. A package above one without lint() does not load its tests: nothing goes unchecked.

    Args:
      pending: the packages right below this one that have no lint() yet
    """
    top = native.package_name() == ""

    # At the root, `**` would walk through Bazel's own links and through every folder that is hidden.
    below = ["", ".ci/"] if top else ["**/"]
    for checker, facts in CHECKERS.items():
        sources = native.glob(
            [folder + pattern for folder in below for pattern in facts.sources],
            allow_empty = True,
            exclude = ["**/bazel-*/**", "**/node_modules/**"],
        )
        if sources:
            checker_test(
                name = "lint_" + checker.replace("-", "_"),
                size = "small",
                srcs = sources,
                checker = checker,
                config = facts.config,
                files = facts.files,
                program = facts.program,
                tags = ["lint"],
            )
    packages = native.subpackages(
        include = ["*"] if top else ["**"],
        allow_empty = True,
        exclude = ["bazel-*"] + pending,
    )
    native.filegroup(
        name = _CHAIN,
        srcs = native.glob(
            [folder + "*.py" for folder in below] + (["bazelw"] if top else []),
            allow_empty = True,
        ) + [
            "//%s:%s" % ("/".join([part for part in [native.package_name(), package] if part]), _CHAIN)
            for package in packages
        ],
        visibility = ["//:__subpackages__"],
    )
