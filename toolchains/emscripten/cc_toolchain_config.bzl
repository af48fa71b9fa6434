"""The C and C++ toolchain configuration for wasm32-emscripten: clang compiles, llvm-ar archives, emcc links."""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load(
    "@bazel_tools//tools/cpp:cc_toolchain_config_lib.bzl",
    "action_config",
    "env_entry",
    "env_set",
    "feature",
    "flag_group",
    "flag_set",
    "tool",
    "with_feature_set",
)
load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load(":flags.bzl", "COMPILE_FLAGS", "DETERMINISM_FLAGS", "EMCC_LINK_FLAGS", "EMCC_PROGRAM_LINK_FLAGS")
load(":sysroot.bzl", "EmscriptenCacheInfo")

_COMPILE_ACTIONS = [
    ACTION_NAMES.assemble,
    ACTION_NAMES.preprocess_assemble,
    ACTION_NAMES.c_compile,
    ACTION_NAMES.cpp_compile,
    ACTION_NAMES.cpp_header_parsing,
    ACTION_NAMES.linkstamp_compile,
]

_LINK_ACTIONS = [
    ACTION_NAMES.cpp_link_executable,
    ACTION_NAMES.cpp_link_dynamic_library,
    ACTION_NAMES.cpp_link_nodeps_dynamic_library,
]

def _flags(actions, flags, with_features = []):
    return flag_set(actions = actions, flag_groups = [flag_group(flags = flags)], with_features = with_features)

def _impl(ctx):
    info = ctx.attr.cache[EmscriptenCacheInfo]
    resource_dir = ctx.file.resource_include.dirname.removesuffix("/include")

    action_configs = [
        action_config(action_name = action, enabled = True, tools = [tool(tool = ctx.file.clang)])
        for action in _COMPILE_ACTIONS
    ] + [
        action_config(
            action_name = action,
            enabled = True,
            tools = [tool(tool = ctx.file.emcc)],
            implies = [
                "output_execpath_flags",
                "libraries_to_link",
                "user_link_flags",
                "linker_param_file",
            ],
        )
        for action in _LINK_ACTIONS
    ] + [
        action_config(
            action_name = ACTION_NAMES.cpp_link_static_library,
            enabled = True,
            tools = [tool(tool = ctx.file.ar)],
            implies = ["archiver_flags", "linker_param_file"],
        ),
        action_config(
            action_name = ACTION_NAMES.strip,
            enabled = True,
            tools = [tool(tool = ctx.file.strip)],
        ),
    ]

    features = [
        feature(
            name = "wasm_compile_flags",
            enabled = True,
            flag_sets = [
                _flags(_COMPILE_ACTIONS, COMPILE_FLAGS + [
                    "--sysroot=" + info.headers.path + "/sysroot",
                    "-resource-dir",
                    resource_dir,
                ] + DETERMINISM_FLAGS),
                _flags([ACTION_NAMES.cpp_compile, ACTION_NAMES.cpp_header_parsing], ["-std=c++17"]),
                _flags(_COMPILE_ACTIONS, ["-O2", "-DNDEBUG"], [with_feature_set(features = ["opt"])]),
                _flags(_COMPILE_ACTIONS, ["-O1"], [with_feature_set(features = ["fastbuild"])]),
                _flags(_COMPILE_ACTIONS, ["-O0", "-g"], [with_feature_set(features = ["dbg"])]),
            ],
        ),
        feature(
            name = "wasm_link_flags",
            enabled = True,
            env_sets = [env_set(
                actions = _LINK_ACTIONS,
                env_entries = [env_entry(key = "EM_CACHE", value = info.cache.path)],
            )],
            flag_sets = [
                _flags(_LINK_ACTIONS, EMCC_LINK_FLAGS),
                _flags(_LINK_ACTIONS, ["-O2"], [with_feature_set(features = ["opt"])]),
                _flags(_LINK_ACTIONS, ["-O1"], [with_feature_set(features = ["fastbuild"])]),
                _flags(_LINK_ACTIONS, ["-O0", "-g"], [with_feature_set(features = ["dbg"])]),
            ],
        ),
        feature(
            name = "standalone_program",
            enabled = True,
            flag_sets = [
                # cc_binary has one output: the program and its JavaScript in one file, which Node runs.
                _flags(
                    [ACTION_NAMES.cpp_link_executable],
                    EMCC_PROGRAM_LINK_FLAGS + ["--oformat=js", "-sSINGLE_FILE", "-sENVIRONMENT=node", "-sEXIT_RUNTIME", "-sALLOW_MEMORY_GROWTH", "-sNODERAWFS"],
                ),
            ],
        ),
        feature(name = "opt"),
        feature(name = "dbg"),
        feature(name = "fastbuild"),
        feature(name = "static_linking_mode"),
        feature(name = "archive_param_file", enabled = True),
    ]

    return cc_common.create_cc_toolchain_config_info(
        ctx = ctx,
        toolchain_identifier = "emscripten",
        target_system_name = "wasm32-unknown-emscripten",
        target_cpu = "wasm32",
        target_libc = "musl",
        compiler = "clang",
        abi_version = "emscripten_6_0_5",
        abi_libc_version = "musl",
        builtin_sysroot = None,
        cxx_builtin_include_directories = [
            info.headers.path,
            resource_dir,
        ],
        action_configs = action_configs,
        features = features,
    )

emscripten_cc_toolchain_config = rule(
    implementation = _impl,
    doc = "Configures cc_toolchain for wasm32-emscripten.",
    attrs = {
        "ar": attr.label(mandatory = True, allow_single_file = True, cfg = "exec"),
        "cache": attr.label(
            mandatory = True,
            cfg = "exec",
            doc = "The sysroot, from emscripten_cache.",
            providers = [EmscriptenCacheInfo],
        ),
        "clang": attr.label(mandatory = True, allow_single_file = True, cfg = "exec"),
        "emcc": attr.label(mandatory = True, allow_single_file = True, cfg = "exec"),
        "resource_include": attr.label(
            mandatory = True,
            allow_single_file = True,
            cfg = "exec",
            doc = "Any of clang's own headers, in `include` of its resource directory.",
        ),
        "strip": attr.label(mandatory = True, allow_single_file = True, cfg = "exec"),
    },
    provides = [CcToolchainConfigInfo],
)
