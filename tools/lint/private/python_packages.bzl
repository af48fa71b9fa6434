"""Where there is Python whose types //tools/lint:mypy_test checks. lint() tells which package is missing here."""

PYTHON_PACKAGES = [
    "",
    "dist",
    "tests/entrance",
    "third_party/debian",
    "third_party/private",
    "toolchains/emscripten/private",
    "toolchains/emscripten/tests",
    "toolchains/python/tests",
    "tools/bazelw",
    "tools/lint",
    "tools/lock",
]
