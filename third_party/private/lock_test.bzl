"""The test of a lock file."""

load("@rules_python//python:defs.bzl", "py_test")

def lock_test(name, ecosystem, manifest):
    """Fails when lock.json beside it is older than its manifest, or damaged; says which command mends it.

    Args:
      name: the target's name.
      ecosystem: debian, npm, pypi or upstream.
      manifest: what lock.json is made from, a file of the same package.
    """
    py_test(
        name = name,
        size = "small",
        srcs = ["//third_party/private:lock_test.py"],
        args = [
            ecosystem,
            "$(rootpath %s)" % manifest,
            "$(rootpath lock.json)",
        ],
        data = [
            "lock.json",
            manifest,
        ],
        main = "//third_party/private:lock_test.py",
    )
