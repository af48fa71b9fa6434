"""Zip files of Python modules, and sysconfig's data."""

load("//platforms:transition.bzl", "wasm32_transition")

_PYTHON_ATTRS = {
    "_allowlist_function_transition": attr.label(
        default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
    ),
    "_python": attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
}

def _python_zip_impl(ctx):
    out = ctx.actions.declare_file(ctx.attr.out)
    root = ctx.attr.source.label.workspace_root + "/Lib"
    folder = root + "/" + ctx.attr.folder if ctx.attr.folder else root
    files = [
        file
        for file in ctx.files.source
        if file.path.startswith(folder + "/") and "/__pycache__/" not in file.path
    ]
    arguments = ctx.actions.args()
    arguments.use_param_file("@%s", use_always = True)
    arguments.set_param_file_format("multiline")
    arguments.add("--out", out)
    arguments.add("--root", root)
    arguments.add("--magic", ctx.file._magic)
    arguments.add("--run-time-path", ctx.attr.run_time_path)
    arguments.add("--compression", ctx.attr.compression)
    arguments.add("--bytecode", ctx.attr.bytecode)
    if ctx.file.choice:
        arguments.add("--choice", ctx.file.choice)
    for file in ctx.files.extra:
        arguments.add("--extra")
        arguments.add(file.basename)
        arguments.add(file)
    for target in ctx.attr.trees:
        for file in target[DefaultInfo].files.to_list():
            arguments.add("--tree")
            arguments.add(target.label.package)
            arguments.add(file)
    arguments.add_all(files)
    inputs = files + ctx.files.extra + ctx.files.trees + [ctx.file._magic, ctx.file._driver]
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", "-I", ctx.file._driver.path, arguments],
        inputs = inputs + ([ctx.file.choice] if ctx.file.choice else []),
        outputs = [out],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "PythonZip",
        progress_message = "Packing %{label}",
    )
    return [DefaultInfo(files = depset([out]))]

python_zip = rule(
    implementation = _python_zip_impl,
    doc = "Packs upstream's Lib, or a folder of it, into a zip file that Python imports from.",
    attrs = dict(
        _PYTHON_ATTRS,
        bytecode = attr.string(
            default = "none",
            doc = "Which modules are there compiled too: none, those `choice` lists, or all.",
            values = ["none", "listed", "all"],
        ),
        choice = attr.label(allow_single_file = True, doc = "What is left out and what is compiled: see stdlib.toml."),
        compression = attr.string(default = "deflate", values = ["deflate", "store"]),
        extra = attr.label_list(allow_files = True, doc = "Modules that are generated, for the top of the zip file."),
        folder = attr.string(doc = "Folder under Lib, default all of it."),
        out = attr.string(mandatory = True, doc = "File name."),
        run_time_path = attr.string(mandatory = True, doc = "Where the zip file is when Python runs."),
        source = attr.label(allow_files = True, default = "@cpython//:files"),
        trees = attr.label_list(
            allow_files = True,
            doc = "Packages of ours, for the top of the zip file: their files keep their place in the target's folder. " +
                  "Compiled as those that `choice` lists.",
        ),
        _driver = attr.label(default = "//cpython/private:build_stdlib.py", allow_single_file = True),
        _magic = attr.label(default = "@cpython//:Include/internal/pycore_magic_number.h", allow_single_file = True),
    ),
    cfg = wasm32_transition,
)

def _sysconfig_impl(ctx):
    name = "_emscripten_wasm32-emscripten"
    data = ctx.actions.declare_file("_sysconfigdata_%s.py" % name)
    variables = ctx.actions.declare_file("_sysconfig_vars_%s.json" % name)
    arguments = ctx.actions.args()
    arguments.add_all(["-B", "-I", ctx.file._driver])
    arguments.add("--makefile", ctx.file.makefile)
    arguments.add("--header", ctx.file.pyconfig)
    arguments.add("--version-header", ctx.file._patchlevel)
    arguments.add("--upstream", ctx.file._upstream)
    arguments.add("--data", data)
    arguments.add("--variables", variables)
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = [arguments],
        inputs = [
            ctx.file._driver,
            ctx.file._patchlevel,
            ctx.file._upstream,
            ctx.file.makefile,
            ctx.file.pyconfig,
        ],
        outputs = [data, variables],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "CpythonSysconfig",
        progress_message = "Writing CPython's sysconfig data",
    )
    return [
        DefaultInfo(files = depset([data])),
        OutputGroupInfo(variables = depset([variables])),
    ]

cpython_sysconfig = rule(
    implementation = _sysconfig_impl,
    doc = "What sysconfig knows of the build: _sysconfigdata_….py, and in the output group `variables` the same as JSON.",
    attrs = dict(
        _PYTHON_ATTRS,
        makefile = attr.label(mandatory = True, allow_single_file = True),
        pyconfig = attr.label(mandatory = True, allow_single_file = True),
        _driver = attr.label(default = "//cpython/private:write_sysconfig.py", allow_single_file = True),
        _patchlevel = attr.label(default = "@cpython//:Include/patchlevel.h", allow_single_file = True),
        _upstream = attr.label(default = "@cpython//:Lib/sysconfig/__main__.py", allow_single_file = True),
    ),
    cfg = wasm32_transition,
)
