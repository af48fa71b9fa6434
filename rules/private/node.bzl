"""Programs and tests that run in Node: JavaScript, and C or C++ built for WebAssembly."""

load("@rules_cc//cc:defs.bzl", "cc_binary")
load("//platforms:transition.bzl", "wasm32_transition")

# Everything is found through the runfiles; Node is the build's, never the machine's.
_LAUNCHER = """#!/bin/sh
runfiles=${{RUNFILES_DIR:-$0.runfiles}}
case $runfiles in
/*) ;;
*) runfiles=$PWD/$runfiles ;;
esac
{environment}{setup}exec "$runfiles/{node}" {arguments} "$@"
"""

# `bazel run` starts programs among their runfiles; their users are somewhere else.
_ENTER_CALLERS_FOLDER = """[ -z "$BUILD_WORKING_DIRECTORY" ] || cd "$BUILD_WORKING_DIRECTORY" || exit
"""

def _runfile(ctx, file):
    """The path of a file from the root of the runfiles."""
    path = file.short_path
    return path.removeprefix("../") if path.startswith("../") else ctx.workspace_name + "/" + path

def _expand(ctx, text):
    """Replaces $(runfile LABEL) by the path of that target's one file, as the launcher's shell will see it."""
    for target in ctx.attr.data:
        for spelling in [str(target.label), str(target.label).removeprefix("@@").removeprefix("@"), ":" + target.label.name]:
            place = "$(runfile %s)" % spelling
            if place in text:
                files = target[DefaultInfo].files.to_list()
                if len(files) != 1:
                    fail("%s: %s has %d files, so %s is not one path" % (ctx.label, spelling, len(files), place))
                text = text.replace(place, "$runfiles/" + _runfile(ctx, files[0]))
    if "$(runfile" in text:
        fail("%s: no target of `data` is what `%s` names" % (ctx.label, text))
    return text

def _launch(ctx, arguments, files, setup = ""):
    launcher = ctx.actions.declare_file(ctx.label.name + ".sh")
    ctx.actions.write(
        launcher,
        _LAUNCHER.format(
            arguments = " ".join(["\"%s\"" % argument for argument in arguments]),
            environment = "".join([
                "export %s=\"%s\"\n" % (name, _expand(ctx, value))
                for name, value in ctx.attr.env.items()
            ]),
            node = _runfile(ctx, ctx.executable._node),
            setup = setup,
        ),
        is_executable = True,
    )
    runfiles = ctx.runfiles(
        files = files + ctx.files.data,
        transitive_files = ctx.attr._node[DefaultInfo].files,
    ).merge_all([target[DefaultInfo].default_runfiles for target in ctx.attr.data])
    return [DefaultInfo(executable = launcher, runfiles = runfiles)]

_ATTRS = {
    "data": attr.label_list(allow_files = True, doc = "Files to read, in the runfiles."),
    "env": attr.string_dict(doc = "Variables to set; $(runfile LABEL) is the path of a target of `data`."),
    "_node": attr.label(default = "//toolchains/node", executable = True, cfg = "target"),
}

# Imports are found among the runfiles, not where their links lead.
_RUNFILES_OPTIONS = ["--preserve-symlinks", "--preserve-symlinks-main"]

def _node_test_impl(ctx):
    arguments = _RUNFILES_OPTIONS + ctx.attr.node_options + ["$runfiles/" + _runfile(ctx, file) for file in ctx.files.srcs]
    return _launch(ctx, arguments, ctx.files.srcs)

node_test = rule(
    implementation = _node_test_impl,
    doc = "A test in JavaScript: Node runs `srcs`, with node:test by default; a failing test or an exit status is the result.",
    attrs = dict(
        _ATTRS,
        srcs = attr.label_list(mandatory = True, allow_files = [".mjs", ".js", ".cjs"], doc = "What Node is given."),
        node_options = attr.string_list(default = ["--test", "--test-reporter=spec"], doc = "Node's further options."),
    ),
    test = True,
)

def _node_binary_impl(ctx):
    arguments = ctx.attr.node_options + ["$runfiles/" + _runfile(ctx, ctx.file.entry)]
    arguments += [_expand(ctx, argument) for argument in ctx.attr.arguments]
    return _launch(ctx, arguments, [ctx.file.entry] + ctx.files.srcs, setup = _ENTER_CALLERS_FOLDER)

node_binary = rule(
    implementation = _node_binary_impl,
    doc = "A JavaScript program for `bazel run`: Node runs `entry` in the folder that the user is in.",
    attrs = dict(
        _ATTRS,
        arguments = attr.string_list(doc = "Arguments before the user's; $(runfile LABEL) as in `env`."),
        entry = attr.label(mandatory = True, allow_single_file = [".mjs", ".js", ".cjs"], doc = "What Node is given."),
        node_options = attr.string_list(doc = "Node's own options."),
        srcs = attr.label_list(allow_files = True, doc = "What `entry` imports."),
    ),
    executable = True,
)

def _wasm_program_test_impl(ctx):
    program = ctx.files.program
    if len(program) != 1:
        fail("%s: `program` must be one cc_binary" % ctx.label)
    return _launch(ctx, ["$runfiles/" + _runfile(ctx, program[0])] + ctx.attr.arguments, program)

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
