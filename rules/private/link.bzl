"""Links that cc_binary has no words for: a program that loads modules at run time, and such a module."""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain", "use_cpp_toolchain")
load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")
load("//platforms:transition.bzl", "wasm32_transition")
load("//toolchains/emscripten:flags.bzl", "EMCC_MODULE_LINK_FLAGS")

SharedLibraryInfo = provider(
    doc = "A shared library, and what stands for it where others are built against it.",
    fields = {
        "interface": "CcInfo: an archive of functions that have the names and types of the library's, and trap.",
        "interface_library": "File: these functions as a side module, of the same file name as the library.",
    },
)

def _features(ctx, toolchain):
    return cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features + ["standalone_program"],
    )

def _archive(library):
    """The static library of a LibraryToLink."""
    return library.pic_static_library or library.static_library

def archives(cc_info):
    """The static libraries of a cc_library and of what it needs.

    Args:
      cc_info: CcInfo
    Returns:
      list of File, in the order of the link
    """
    return [
        _archive(library)
        for linker_input in cc_info.linking_context.linker_inputs.to_list()
        for library in linker_input.libraries
    ]

def _link(ctx, action, cc_infos, owners, outputs, flags, inputs, mnemonic, message):
    """Runs emcc over everything that `cc_infos` link, of `owners` the whole, with the toolchain's flags and `flags`."""
    toolchain = find_cpp_toolchain(ctx)
    features = _features(ctx, toolchain)
    variables = cc_common.create_link_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        is_linking_dynamic_library = action == ACTION_NAMES.cpp_link_dynamic_library,
    )
    context = cc_common.merge_cc_infos(cc_infos = cc_infos).linking_context

    whole, plain, link_flags, files = [], [], [], []
    for linker_input in context.linker_inputs.to_list():
        link_flags.extend(linker_input.user_link_flags)
        files.extend(linker_input.additional_inputs)
        for library in linker_input.libraries:
            archive = _archive(library)
            if not archive:
                fail("%s: %s brings no static library" % (ctx.label, linker_input.owner))
            files.append(archive)
            if library.alwayslink or linker_input.owner in owners:
                whole.append(archive)
            else:
                plain.append(archive)

    arguments = ctx.actions.args()
    arguments.add_all(cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = action,
        variables = variables,
    ))
    arguments.add("-Wl,--whole-archive")
    arguments.add_all(whole)
    arguments.add("-Wl,--no-whole-archive")
    arguments.add_all(plain)
    arguments.add_all(link_flags)
    arguments.add_all(flags)
    arguments.add("-o", outputs[0])
    arguments.use_param_file("@%s", use_always = True)

    ctx.actions.run(
        executable = cc_common.get_tool_for_action(feature_configuration = features, action_name = action),
        arguments = [arguments],
        inputs = depset(files + inputs, transitive = [toolchain.all_files]),
        outputs = outputs,
        env = cc_common.get_environment_variables(
            feature_configuration = features,
            action_name = action,
            variables = variables,
        ),
        mnemonic = mnemonic,
        progress_message = message,
    )

# The C and C++ libraries whole, beside libc and the compiler's: side modules call functions that the program itself does not.
# emcc takes the variant for -fwasm-exceptions and -fPIC of each.
_SYSTEM_LIBRARIES = [
    "-Wl,--whole-archive",
    "-lc++",
    "-lc++abi",
    "-lhtml5",
    "-lsockets",
    "-lstubs",
    "-lunwind",
    "-Wl,--no-whole-archive",
]

# 2 takes in only the JavaScript that is used (1 would bring in all of it, 1.2 MB). What side modules need of C is exported by
# --export-dynamic and the whole libraries, which are more than the 1 gives.
_MAIN_MODULE = [
    "-O2",
    "--no-entry",
    "-sMAIN_MODULE=2",
    "-sMODULARIZE",
    "-sEXPORT_ES6",
    "-Wl,--export-dynamic",
] + EMCC_MODULE_LINK_FLAGS + _SYSTEM_LIBRARIES

_LINK_ATTRS = {
    "deps": attr.label_list(
        mandatory = True,
        providers = [CcInfo],
        doc = "Libraries. Those named here are linked whole; what they need in turn, as far as it is used.",
    ),
    "linkopts": attr.string_list(doc = "Flags for emcc; $(location) of `data` is expanded."),
    "data": attr.label_list(allow_files = True, doc = "Files that `linkopts` name."),
    "_allowlist_function_transition": attr.label(
        default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
    ),
}

def _expanded(ctx):
    return [ctx.expand_location(flag, ctx.attr.data) for flag in ctx.attr.linkopts]

def _wasm_main_module_impl(ctx):
    # The script names the program, so both have their last names from the start.
    linked = [ctx.actions.declare_file("%s.linked/%s%s" % (ctx.label.name, ctx.label.name, extension)) for extension in [".mjs", ".wasm"]]
    whole = [ctx.file._libc, ctx.file._builtins]
    deps = ctx.attr.deps + [ctx.attr._fenv]
    _link(
        ctx,
        ACTION_NAMES.cpp_link_executable,
        [dep[CcInfo] for dep in deps],
        [dep.label for dep in deps],
        linked,
        _MAIN_MODULE + ["-Wl,--whole-archive"] + [archive.path for archive in whole] + ["-Wl,--no-whole-archive"] + _expanded(ctx),
        ctx.files.data + whole,
        "WasmMainModule",
        "Linking %{label} for WebAssembly",
    )
    script = ctx.actions.declare_file(ctx.label.name + ".mjs")
    program = ctx.actions.declare_file(ctx.label.name + ".wasm")
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", "-I", ctx.file._trim.path, linked[0].path, script.path],
        inputs = [linked[0], ctx.file._trim],
        outputs = [script],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "WasmTrim",
        progress_message = "Trimming %{output}",
    )
    ctx.actions.symlink(output = program, target_file = linked[1])
    return [DefaultInfo(files = depset([script, program]))]

wasm_main_module = rule(
    implementation = _wasm_main_module_impl,
    doc = """A WebAssembly program that can load side modules, with its JavaScript as an ES module.

Makes NAME.mjs and NAME.wasm. Side modules see every public symbol of `deps`, and of the C and C++ libraries, which are
linked whole. So does JavaScript, as properties of the module with an underscore before the name.

The floating-point environment of C (fenv.h) keeps the flags that are raised by feraiseexcept; arithmetic raises none.""",
    attrs = dict(
        _LINK_ATTRS,
        _builtins = attr.label(default = "//toolchains/emscripten:builtins", allow_single_file = True, cfg = "exec"),
        _fenv = attr.label(default = "//toolchains/emscripten:fenv", providers = [CcInfo]),
        _libc = attr.label(default = "//toolchains/emscripten:c_without_fenv", allow_single_file = True, cfg = "exec"),
        _python = attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
        _trim = attr.label(default = "//rules/private:trim_exports.py", allow_single_file = True),
    ),
    cfg = wasm32_transition,
    fragments = ["cpp"],
    toolchains = use_cpp_toolchain(),
)

def _interface(ctx, name, flags):
    """Makes what stands for a side module where others are built against it, if somebody asks for it."""
    toolchain = find_cpp_toolchain(ctx)
    features = _features(ctx, toolchain)
    defining = archives(cc_common.merge_cc_infos(cc_infos = [dep[CcInfo] for dep in ctx.attr.deps]))
    folder = ctx.label.name + ".interface/"
    exports = ctx.actions.declare_file(folder + "exports.txt")
    source = ctx.actions.declare_file(folder + "interface.c")
    ctx.actions.write(exports, "\n".join(ctx.attr.exports) + "\n")
    arguments = ctx.actions.args()
    arguments.add_all([source, exports])
    arguments.add_all(defining)
    ctx.actions.run(
        executable = ctx.executable._python,
        # By its name, not as a file: links of a sandbox would lead to modules that nobody declared.
        arguments = ["-B", "-m", "rules.private.write_interface", arguments],
        inputs = defining + [exports] + ctx.files._write_interface,
        outputs = [source],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "WasmInterface",
        progress_message = "Writing the interface of %{label}",
    )
    _, objects = cc_common.compile(
        name = ctx.label.name + "_interface",
        actions = ctx.actions,
        cc_toolchain = toolchain,
        feature_configuration = features,
        srcs = [source],
        # Some have the names of functions of C that the compiler knows better.
        user_compile_flags = ["-fno-builtin", "-w"],
    )
    linking, _ = cc_common.create_linking_context_from_compilation_outputs(
        name = ctx.label.name + "_interface",
        actions = ctx.actions,
        cc_toolchain = toolchain,
        compilation_outputs = objects,
        disallow_dynamic_library = True,
        feature_configuration = features,
    )
    cc_info = CcInfo(linking_context = linking)
    module = ctx.actions.declare_file(folder + name)
    _link(
        ctx,
        ACTION_NAMES.cpp_link_dynamic_library,
        [cc_info],
        [],
        [module],
        flags,
        [],
        "WasmSideModule",
        "Linking the interface of %{label}",
    )
    return SharedLibraryInfo(interface = cc_info, interface_library = module)

def _wasm_side_module_impl(ctx):
    exports = ["-sEXPORTED_FUNCTIONS=" + ",".join(["_" + symbol for symbol in ctx.attr.exports])]
    flags = ["-O2", "-sSIDE_MODULE=2"] + EMCC_MODULE_LINK_FLAGS + exports
    module = ctx.actions.declare_file(ctx.attr.module_name or ctx.label.name + ".so")
    _link(
        ctx,
        ACTION_NAMES.cpp_link_dynamic_library,
        [dep[CcInfo] for dep in ctx.attr.deps],
        [dep.label for dep in ctx.attr.deps],
        [module],
        flags + _expanded(ctx),
        ctx.files.data,
        "WasmSideModule",
        "Linking %{label} for WebAssembly",
    )
    return [
        DefaultInfo(files = depset([module])),
        _interface(ctx, module.basename, flags),
    ]

wasm_side_module = rule(
    implementation = _wasm_side_module_impl,
    doc = """A WebAssembly module that a main module loads with dlopen: an extension module or a shared library.

Makes NAME.so, or the file that `module_name` says. What others are built against is its interface (SharedLibraryInfo), which
changes with `exports` and with the types of these functions alone.""",
    attrs = dict(
        _LINK_ATTRS,
        exports = attr.string_list(
            mandatory = True,
            allow_empty = False,
            doc = "C names that dlsym finds, as PyInit_NAME. What is named nowhere is left out of the module.",
        ),
        module_name = attr.string(doc = "File name, default NAME.so."),
        _python = attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
        _write_interface = attr.label(default = "//rules/private:write_interface_files"),
    ),
    cfg = wasm32_transition,
    fragments = ["cpp"],
    toolchains = use_cpp_toolchain(),
)
