"""A C or C++ library under a name that builds it for wasm32 from wherever it is asked for."""

load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")
load("//platforms:transition.bzl", "wasm32_transition")

def _wasm_library_impl(ctx):
    actual = ctx.attr.actual
    return [
        actual[CcInfo],
        DefaultInfo(files = actual[DefaultInfo].files, runfiles = actual[DefaultInfo].default_runfiles),
    ]

wasm_library = rule(
    implementation = _wasm_library_impl,
    doc = """Another name for a library, which is built for wasm32-emscripten whatever platform the command line names.

Provides what `actual` provides for C: its archive, headers and dependencies.""",
    attrs = {
        "actual": attr.label(mandatory = True, providers = [CcInfo], doc = "The library."),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
    cfg = wasm32_transition,
    provides = [CcInfo],
)
