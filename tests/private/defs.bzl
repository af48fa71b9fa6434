"""Tests that run Bazel itself, as a user of the machine would."""

load("@rules_python//python:defs.bzl", "py_test")

# Variables of the machine that such a test may need, by what they are for; machine.py gives them to those who ask.
_SETTINGS = {
    "caches": [
        "TERRARIUM_BAZEL",
        "TERRARIUM_BAZELW_SOURCE",
        "TERRARIUM_REPOSITORY_CACHE",
        "XDG_CACHE_HOME",
    ],
    "certificates": [
        "CURL_CA_BUNDLE",
        "NODE_EXTRA_CA_CERTS",
        "PIP_CERT",
        "REQUESTS_CA_BUNDLE",
        "SSL_CERT_DIR",
        "SSL_CERT_FILE",
        "npm_config_cafile",
    ],
    "proxies": [
        "ALL_PROXY",
        "HTTPS_PROXY",
        "HTTP_PROXY",
        "NO_PROXY",
        "all_proxy",
        "http_proxy",
        "https_proxy",
        "no_proxy",
    ],
    "registries": [
        "PIP_CONFIG_FILE",
        "PIP_EXTRA_INDEX_URL",
        "PIP_INDEX_URL",
        "PIP_PROXY",
        "PIP_TRUSTED_HOST",
        "TERRARIUM_DEBIAN_MIRROR",
        "npm_config_registry",
    ],
}

def machine_test(name, main, args = [], data = [], deps = [], **kwargs):
    """A Python test that clones the workspace and runs Bazel in the clone, outside of the sandbox.

    It is run only when it is named, and never from a cache. Its first argument is `--workspace=`, a file of the
    workspace's root.

    Args:
      name: the test's name.
      main: its source.
      args: further arguments.
      data: what it needs.
      deps: its libraries; //tests/private:machine is added.
      **kwargs: for py_test.
    """
    py_test(
        name = name,
        size = "enormous",
        timeout = "eternal",
        srcs = [main],
        args = ["--workspace=$(rootpath //:WORKSPACE)"] + args,
        data = data + ["//:WORKSPACE"],
        env = {"MACHINE_SETTINGS": json.encode(_SETTINGS)},
        env_inherit = ["HOME", "PATH"] + [variable for group in _SETTINGS.values() for variable in group],
        main = main,
        # It runs Bazel, with the machine's caches of downloads.
        tags = [
            "exclusive",
            "external",
            "local",
            "manual",
            "no-sandbox",
        ],
        deps = deps + ["//tests/private:machine"],
        **kwargs
    )
