"""A C and C++ toolchain for the machine that builds, which refuses to compile.

Bazel's rules for Python (and others) insist on a C++ toolchain for the platform that they run on, though they compile
nothing with it. The machine's own compiler must not be that toolchain: no action may see it.
"""

load("@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl", "tool_path")
load("@rules_cc//cc/common:cc_common.bzl", "cc_common")

_TOOLS = ["ar", "cpp", "dwp", "gcc", "gcov", "ld", "nm", "objcopy", "objdump", "strip"]

def _impl(ctx):
    return cc_common.create_cc_toolchain_config_info(
        ctx = ctx,
        abi_libc_version = "none",
        abi_version = "none",
        compiler = "none",
        target_cpu = "k8",
        target_libc = "none",
        target_system_name = "none",
        tool_paths = [tool_path(name = tool, path = "refuse.sh") for tool in _TOOLS],
        toolchain_identifier = "no_native_cc",
    )

no_native_cc_config = rule(
    implementation = _impl,
    doc = "The configuration in which every tool is refuse.sh.",
    provides = [CcToolchainConfigInfo],
)
