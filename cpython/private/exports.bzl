"""Which symbols of the interpreter extension modules may use."""

load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")
load("//platforms:transition.bzl", "wasm32_transition")

def _cpython_exports_impl(ctx):
    archives = []
    context = cc_common.merge_cc_infos(cc_infos = [dep[CcInfo] for dep in ctx.attr.deps]).linking_context
    for linker_input in context.linker_inputs.to_list():
        for library in linker_input.libraries:
            archives.append(library.pic_static_library or library.static_library)
    out = ctx.actions.declare_file(ctx.label.name + ".txt")
    arguments = ctx.actions.args()
    arguments.use_param_file("@%s", use_always = True)
    arguments.set_param_file_format("multiline")
    arguments.add("--readobj", ctx.file._readobj)
    arguments.add("--out", out)
    arguments.add_all(archives)
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", "-I", ctx.file._driver.path, arguments],
        inputs = depset(archives + [ctx.file._driver], transitive = [ctx.attr._llvm[DefaultInfo].files]),
        outputs = [out],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "CpythonExports",
        progress_message = "Listing CPython's C API",
    )
    return [
        DefaultInfo(files = depset([out])),
        OutputGroupInfo(archives = depset(archives)),
    ]

cpython_exports = rule(
    implementation = _cpython_exports_impl,
    doc = """The public C API as emcc takes it (-sEXPORTED_FUNCTIONS=@FILE): a name with an underscore before it, each line.

That is every symbol of default visibility called Py… or _Py…, for that is how upstream marks what other modules may
use; wheels of PEP 783 may import any of them. The archives are in the output group `archives`.""",
    attrs = {
        "deps": attr.label_list(mandatory = True, providers = [CcInfo]),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_driver": attr.label(default = "//cpython/private:list_exports.py", allow_single_file = True),
        "_llvm": attr.label(default = "@debian_emscripten//:llvm", cfg = "exec"),
        "_python": attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
        "_readobj": attr.label(
            default = "@debian_emscripten//:bin/llvm-readobj",
            allow_single_file = True,
            cfg = "exec",
        ),
    },
    cfg = wasm32_transition,
)
