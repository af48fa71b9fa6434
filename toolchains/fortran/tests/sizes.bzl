"""A link of two objects that have a common block of unlike sizes, as data of a test."""

load("//platforms:transition.bzl", "wasm32_transition")

_FORTRAN = "//toolchains/fortran:toolchain_type"

def _linked_sizes_impl(ctx):
    fortran = ctx.toolchains[_FORTRAN].fortran
    out = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", "-I", ctx.file._tool.path, out.path, fortran.flang.path, ctx.file._linker.path],
        inputs = depset([ctx.file._tool], transitive = [fortran.files, ctx.attr._driver[DefaultInfo].files]),
        outputs = [out],
        env = fortran.environment,
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "FortranSizes",
    )
    return [DefaultInfo(files = depset([out]))]

linked_sizes = rule(
    implementation = _linked_sizes_impl,
    doc = "A JSON object: what the linker said of two objects whose common block has the `same` size, and `other` ones.",
    attrs = {
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_driver": attr.label(default = "//toolchains/emscripten:driver_files", cfg = "exec"),
        "_linker": attr.label(default = "@debian_emscripten//:bin/wasm-ld", allow_single_file = True, cfg = "exec"),
        "_python": attr.label(default = "//toolchains/python:interpreter", executable = True, cfg = "exec"),
        "_tool": attr.label(default = ":sizes.py", allow_single_file = True),
    },
    cfg = wasm32_transition,
    toolchains = [_FORTRAN],
)
