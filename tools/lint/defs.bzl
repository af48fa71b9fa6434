"""Style tests. Every BUILD.bazel ends with

    load("//tools/lint:defs.bzl", "lint")

    lint()

which tests the sources of its package by each checker that knows their kind. `./bazelw run //tools/lint:fix` mends what a
checker can mend by itself; //tools/lint:mypy_test checks the types of all Python together.
"""

load("//tools/lint/private:checkers.bzl", "CHECKERS")
load("//tools/lint/private:tests.bzl", "checker_test", _tsc_test = "tsc_test")

tsc_test = _tsc_test

# buildifier: disable=unnamed-macro
def lint():
    """Tests the style of this package's sources, those in folders that are no packages included.

    Makes one test for each checker that finds sources here: `lint_ruff`, `lint_buildifier`, `lint_clang_format`,
    `lint_biome`. //tools/lint:coverage_test fails when sources are in a package without lint().
    """
    top = native.package_name() == ""

    # At the root, `**` would walk through Bazel's own links and through every folder that is hidden.
    folders = ["", ".ci/"] if top else ["**/"]
    for checker, facts in CHECKERS.items():
        sources = native.glob(
            [folder + pattern for folder in folders for pattern in facts.sources],
            allow_empty = True,
            exclude = ["**/node_modules/**"],
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
        if sources and checker == "ruff":
            native.filegroup(
                name = "lint_python",
                srcs = sources,
                visibility = ["//tools/lint:__pkg__"],
            )
