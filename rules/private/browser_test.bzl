"""Tests of what runs in a browser."""

load(":node.bzl", "node_test")

_CHROMIUM = "//toolchains/chromium:chromium"

def browser_test(name, srcs, data = [], env = {}, size = "medium", **kwargs):
    """A test in JavaScript that drives a browser: node:test in the build's Node.

    The test finds the pinned Chromium as the program that TERRARIUM_CHROMIUM names; tests/browser/support.mjs starts
    it, or with --config=system-browser the machine's own. Screenshots and other files that it writes into
    $TEST_UNDECLARED_OUTPUTS_DIR are kept in bazel-testlogs.

    Args:
      name: name of the test
      srcs: *.test.mjs files, each of which node:test runs
      data: files that they import or read, in the runfiles
      env: variables to set; $(runfile LABEL) is the path of a target of `data`
      size: as for any test
      **kwargs: what else any test takes: tags, timeout, visibility …
    """
    node_test(
        name = name,
        size = size,
        srcs = srcs,
        data = data + [_CHROMIUM],
        env = env | {
            # Playwright asks for it, and not every user has one.
            "HOME": "${TEST_TMPDIR:-/tmp}",
            "TERRARIUM_CHROMIUM": "$(runfile %s)" % _CHROMIUM,
        },
        node_options = [
            "--test",
            # One browser at a time.
            "--test-concurrency=1",
            "--test-reporter=spec",
        ],
        **kwargs
    )
