"""Libraries in Fortran."""

load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain", "use_cpp_toolchain")
load("@rules_cc//cc/common:cc_common.bzl", "cc_common")
load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")

_TOOLCHAIN = "//toolchains/fortran:toolchain_type"

_EXTENSIONS = [
    ".F",
    ".F03",
    ".F08",
    ".F90",
    ".F95",
    ".f",
    ".f03",
    ".f08",
    ".f90",
    ".f95",
    ".for",
]

FortranInfo = provider(
    doc = "What other Fortran needs of a library to use its modules.",
    fields = {"modules": "depset of File: folders of .mod files."},
)

def _compile(ctx, source, module_folders, defines_modules):
    """One action: the object of a source, and the folder of its modules if it defines any."""
    fortran = ctx.toolchains[_TOOLCHAIN].fortran
    stem = "_objs/%s/%s" % (ctx.label.name, source.short_path.removeprefix("../").replace("/", "_"))
    object = ctx.actions.declare_file(stem + ".o")
    outputs = [object]
    folder = None
    arguments = ctx.actions.args()
    arguments.add_all(["-c", source, "-o", object])
    if defines_modules:
        folder = ctx.actions.declare_directory(stem + ".modules")
        outputs.append(folder)
        arguments.add_all(["-J", folder], expand_directories = False)
    arguments.add_all(module_folders, before_each = "-I", expand_directories = False)
    arguments.add_all(depset([header.dirname for header in ctx.files.hdrs]), before_each = "-I")
    arguments.add_all(["-D" + define for define in ctx.attr.defines])
    arguments.add_joined(ctx.attr.keep_lengths, join_with = ",", format_joined = "-fkeep-lengths=%s")
    arguments.add_all(["-O2"] + ctx.attr.copts)
    ctx.actions.run(
        executable = fortran.flang,
        arguments = [arguments],
        inputs = depset(
            [source] + ctx.files.hdrs,
            transitive = [fortran.files, module_folders],
        ),
        outputs = outputs,
        env = fortran.environment,
        mnemonic = "FortranCompile",
        progress_message = "Compiling " + source.short_path.removeprefix("../"),
    )
    return object, folder

def _fortran_library_impl(ctx):
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    theirs = depset(transitive = [dep[FortranInfo].modules for dep in ctx.attr.deps if FortranInfo in dep])
    ours = []
    objects = []
    for source in ctx.files.module_srcs:
        object, folder = _compile(ctx, source, depset(ours, transitive = [theirs]), True)
        objects.append(object)
        ours.append(folder)
    modules = depset(ours, transitive = [theirs])
    for source in ctx.files.srcs:
        objects.append(_compile(ctx, source, modules, False)[0])

    linking_context, linking_outputs = cc_common.create_linking_context_from_compilation_outputs(
        actions = ctx.actions,
        name = ctx.label.name,
        cc_toolchain = toolchain,
        compilation_outputs = cc_common.create_compilation_outputs(
            objects = depset(objects),
            pic_objects = depset(objects),
        ),
        disallow_dynamic_library = True,
        feature_configuration = features,
        linking_contexts = [dep[CcInfo].linking_context for dep in ctx.attr.deps] +
                           [ctx.toolchains[_TOOLCHAIN].fortran.runtime.linking_context],
        alwayslink = ctx.attr.alwayslink,
    )
    library = linking_outputs.library_to_link
    archive = library.pic_static_library or library.static_library
    return [
        CcInfo(
            compilation_context = cc_common.merge_cc_infos(
                cc_infos = [dep[CcInfo] for dep in ctx.attr.deps],
            ).compilation_context,
            linking_context = linking_context,
        ),
        DefaultInfo(files = depset([archive])),
        FortranInfo(modules = modules),
        OutputGroupInfo(modules = depset(ours), objects = depset(objects)),
    ]

fortran_library = rule(
    implementation = _fortran_library_impl,
    doc = """A library in Fortran, for C, C++ and Fortran to link: one action a source.

C calls an external procedure NAME as `NAME_`, with pointers to all arguments and no lengths of CHARACTER arguments;
COMPLEX results come as C's own. See //toolchains/fortran.""",
    attrs = {
        "alwayslink": attr.bool(doc = "Link every object, whether or not anything calls it."),
        "copts": attr.string_list(doc = "Flags for flang, after -O2."),
        "defines": attr.string_list(doc = "Macros for sources that are preprocessed, as NAME or NAME=VALUE."),
        "deps": attr.label_list(
            providers = [CcInfo],
            doc = "Libraries that this one calls; of those in Fortran, the modules are seen too.",
        ),
        "hdrs": attr.label_list(allow_files = True, doc = "Files that sources include."),
        "keep_lengths": attr.string_list(
            doc = "Procedures, as `xerbla_`, that need the lengths of their CHARACTER(*) arguments: here, and in all that " +
                  "calls them. C calls them without all the same.",
        ),
        "module_srcs": attr.label_list(
            allow_files = _EXTENSIONS,
            doc = "Sources that define modules, each after those whose modules it uses.",
        ),
        "srcs": attr.label_list(allow_files = _EXTENSIONS, doc = "All other sources."),
    },
    fragments = ["cpp"],
    provides = [CcInfo, FortranInfo],
    toolchains = use_cpp_toolchain() + [_TOOLCHAIN],
)
