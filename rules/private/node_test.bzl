"""Tests that run in Node: JavaScript, and C or C++ programs built for WebAssembly."""

load("@rules_cc//cc:defs.bzl", "cc_binary")
load("//platforms:transition.bzl", "wasm32_transition")

# The test's own folder is that of its runfiles; Node is the build's, never the machine's.
_LAUNCHER = """#!/bin/sh
{environment}exec "{node}" {arguments} "$@"
"""

def _runfile(ctx, file):
    path = file.short_path
    return path.removeprefix("../") if path.startswith("../") else ctx.workspace_name + "/" + path

def _rooted(ctx, path):
    # Tests start in the folder of their own workspace.
    return "../" + path if not path.startswith(ctx.workspace_name + "/") else path.removeprefix(ctx.workspace_name + "/")

def _launch(ctx, arguments, files):
    launcher = ctx.actions.declare_file(ctx.label.name + ".sh")
    environment = "".join([
        "export %s=\"%s\"\n" % (name, ctx.expand_location(value, ctx.attr.data).replace("$(pwd)", "$PWD"))
        for name, value in ctx.attr.env.items()
    ])
    ctx.actions.write(
        launcher,
        _LAUNCHER.format(
            arguments = " ".join(["'%s'" % argument for argument in arguments]),
            environment = environment,
            node = _rooted(ctx, _runfile(ctx, ctx.executable._node)),
        ),
        is_executable = True,
    )
    runfiles = ctx.runfiles(files = files + ctx.files.data).merge_all(
        [ctx.attr._node[DefaultInfo].default_runfiles] +
        [target[DefaultInfo].default_runfiles for target in ctx.attr.data],
    )
    return [DefaultInfo(executable = launcher, runfiles = runfiles)]

_ATTRS = {
    "data": attr.label_list(allow_files = True, doc = "Files that the test reads, in its runfiles."),
    "env": attr.string_dict(doc = "Variables of the test; $(rootpath) of `data` is expanded, $(pwd) is the test's folder."),
    "_node": attr.label(default = "//toolchains/node", executable = True, cfg = "target"),
}

def _node_test_impl(ctx):
    arguments = ctx.attr.node_options + [_rooted(ctx, _runfile(ctx, file)) for file in ctx.files.srcs]
    return _launch(ctx, arguments, ctx.files.srcs)

node_test = rule(
    implementation = _node_test_impl,
    doc = "A test in JavaScript: Node runs `srcs`, with node:test by default; a failing test or an exit status is the result.",
    attrs = dict(
        _ATTRS,
        srcs = attr.label_list(mandatory = True, allow_files = [".mjs", ".js", ".cjs"], doc = "What Node is given."),
        node_options = attr.string_list(default = ["--test", "--test-reporter=spec"], doc = "Node's own options."),
    ),
    test = True,
)

def _wasm_program_test_impl(ctx):
    program = [file for file in ctx.files.program if file.extension == "js"]
    if len(program) != 1:
        fail("%s: `program` must be one cc_binary" % ctx.label)
    return _launch(ctx, [_rooted(ctx, _runfile(ctx, program[0]))] + ctx.attr.arguments, program)

_wasm_program_test = rule(
    implementation = _wasm_program_test_impl,
    doc = "Runs a cc_binary, built for wasm32, in Node.",
    attrs = dict(
        _ATTRS,
        arguments = attr.string_list(doc = "Arguments of the program."),
        program = attr.label(mandatory = True, cfg = wasm32_transition),
        _allowlist_function_transition = attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    ),
    test = True,
)

def wasm_test(name, srcs, deps = [], args = [], data = [], env = {}, size = "small", tags = [], **kwargs):
    """A test program in C or C++, built for wasm32 and run in Node; its exit status is the result.

    Args:
      name: name of the test
      srcs: sources, as cc_binary takes them
      deps: cc_library targets
      args: arguments of the program
      data: files that the program reads, in its runfiles
      env: variables of the program's environment
      size: as for any test
      tags: as for any test
      **kwargs: what else cc_binary takes: copts, defines, linkopts …
    """
    cc_binary(
        name = name + "_program",
        srcs = srcs,
        testonly = True,
        tags = ["manual"],
        deps = deps,
        **kwargs
    )
    _wasm_program_test(
        name = name,
        size = size,
        arguments = args,
        data = data,
        env = env,
        program = name + "_program",
        tags = tags,
    )
