"""Targets built for wasm32 from wherever they are asked for."""

load("//platforms:transition.bzl", "wasm32_transition")

def _wasm_files_impl(ctx):
    return [DefaultInfo(files = depset(transitive = [target[DefaultInfo].files for target in ctx.attr.srcs]))]

wasm_files = rule(
    implementation = _wasm_files_impl,
    doc = "The files of targets, built for wasm32-emscripten whatever platform the command line names.",
    attrs = {
        "srcs": attr.label_list(mandatory = True, cfg = wasm32_transition, doc = "Targets to build for wasm32."),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
)
