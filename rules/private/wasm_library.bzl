"""A C or C++ library under a name that builds it for wasm32 from wherever it is asked for."""

load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")
load("//platforms:transition.bzl", "wasm32_transition")

LibraryInfo = provider(
    doc = "What a C library says of itself to those that find it by pkg-config.",
    fields = {"version": "string: the version, as upstream's own file for pkg-config states it; empty for a library that has none."},
)

def _wasm_library_impl(ctx):
    actual = ctx.attr.actual
    return [
        LibraryInfo(version = ctx.attr.version),
        actual[CcInfo],
        DefaultInfo(files = actual[DefaultInfo].files, runfiles = actual[DefaultInfo].default_runfiles),
    ]

wasm_library = rule(
    implementation = _wasm_library_impl,
    doc = """Another name for a library, which is built for wasm32-emscripten whatever platform the command line names.

Provides what `actual` provides for C: its archive, headers and dependencies.""",
    attrs = {
        "actual": attr.label(mandatory = True, providers = [CcInfo], doc = "The library."),
        "version": attr.string(doc = "What upstream's own file for pkg-config states, for builds of others that ask for it: see `wheel`."),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
    cfg = wasm32_transition,
    provides = [CcInfo, LibraryInfo],
)
