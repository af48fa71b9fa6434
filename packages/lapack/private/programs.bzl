"""LAPACK's test programs and what they read, as data of a test."""

load("//platforms:transition.bzl", "wasm32_transition")

def _test_list_impl(ctx):
    programs = {target.label.name: target[DefaultInfo].files.to_list()[0] for target in ctx.attr.programs}
    inputs = {file.basename: file for file in ctx.files.inputs}
    tests = []
    for test in ctx.attr.tests:
        program, _, given = test.partition(" ")
        given = given.rpartition("/")[2]
        tests.append({
            "input": inputs[given].short_path if given else "",
            "program": programs[program].short_path,
        })
    out = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.write(out, json.encode_indent(tests) + "\n")
    return [DefaultInfo(
        files = depset([out]),
        runfiles = ctx.runfiles(files = [out] + programs.values() + ctx.files.inputs),
    )]

test_list = rule(
    implementation = _test_list_impl,
    doc = "NAME.json, a list of `program` and `input` as paths among the runfiles, which hold both.",
    attrs = {
        "inputs": attr.label_list(allow_files = True, doc = "Files that programs read."),
        "programs": attr.label_list(mandatory = True, cfg = wasm32_transition, doc = "Programs, built for wasm32."),
        "tests": attr.string_list(mandatory = True, doc = "`PROGRAM INPUT`, or `PROGRAM` alone."),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
)
