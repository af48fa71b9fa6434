"""The checkers: what they read, how they are started to check and to mend. tests.bzl and fix.py go by this table.

sources: names of files, as in a glob; program and files: the program, and what must lie beside it; config: what it is
configured by; check, fix: the command lines, to which files are added.
"""

_CLOSURE = ["@checkers//:files"]

CHECKERS = {
    "biome": struct(
        check = [["check", "--error-on-warnings", "--colors=off", "--no-errors-on-unmatched"]],
        config = ["//:biome.json"],
        files = _CLOSURE,
        fix = [["check", "--write", "--no-errors-on-unmatched"]],
        program = "@checkers//:bin/biome",
        sources = ["*.cjs", "*.js", "*.mjs", "*.ts"],
    ),
    "buildifier": struct(
        check = [["-config=.buildifier.json"]],
        config = ["//:.buildifier.json"],
        files = [],
        fix = [["-config=.buildifier.json", "-mode=fix", "-lint=fix"]],
        program = "@npm_bazel_buildifier//:buildifier-linux_amd64",
        sources = ["*.BUILD", "*.BUILD.bazel", "*.bzl", "BUILD.bazel", "WORKSPACE"],
    ),
    "clang-format": struct(
        check = [["--dry-run", "--Werror", "--style=file:.clang-format"]],
        config = ["//:.clang-format"],
        files = _CLOSURE,
        fix = [["-i", "--style=file:.clang-format"]],
        program = "@checkers//:bin/clang-format",
        sources = ["*.c", "*.cc", "*.h"],
    ),
    "ruff": struct(
        check = [
            ["format", "--check", "--diff", "--no-cache", "--config=pyproject.toml"],
            ["check", "--no-cache", "--config=pyproject.toml"],
        ],
        config = ["//:pyproject.toml"],
        files = _CLOSURE,
        fix = [
            ["check", "--fix", "--no-cache", "--config=pyproject.toml"],
            ["format", "--no-cache", "--config=pyproject.toml"],
        ],
        program = "@checkers//:bin/ruff",
        sources = ["*.py", "bazelw"],
    ),
}

# Every program, with what must lie beside it.
PROGRAMS = {
    file: None
    for checker in CHECKERS.values()
    for file in [checker.program] + checker.files
}.keys()
