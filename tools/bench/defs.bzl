"""What benchmarks are made of: a library for the machine that runs them."""

def _native_library_impl(ctx):
    library = ctx.actions.declare_file(ctx.label.name + ".so")
    object = ctx.actions.declare_file(ctx.label.name + ".o")
    ctx.actions.run(
        executable = ctx.file._clang,
        arguments = [
            "-target",
            "x86_64-unknown-linux-gnu",
            "-no-canonical-prefixes",
            "-resource-dir",
            ctx.file._resource_include.dirname.removesuffix("/include"),
            "-ffreestanding",
            "-fPIC",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-iquote",
            ".",
            "-c",
            ctx.file.src.path,
            "-o",
            object.path,
        ],
        inputs = depset([ctx.file.src] + ctx.files.hdrs, transitive = [ctx.attr._clang_files.files]),
        outputs = [object],
        mnemonic = "NativeCompile",
        progress_message = "Compiling %s for the machine" % ctx.file.src.short_path,
    )
    ctx.actions.run(
        executable = ctx.file._lld,
        arguments = ["-flavor", "gnu", "-shared", "-o", library.path, object.path],
        inputs = depset([object], transitive = [ctx.attr._lld_files.files]),
        outputs = [library],
        mnemonic = "NativeLink",
        progress_message = "Linking %{output}",
    )
    return [DefaultInfo(files = depset([library]))]

native_library = rule(
    implementation = _native_library_impl,
    doc = "NAME.so for Linux on x86-64, of one source in C that needs no C library. The compiler is the one that compiles for WebAssembly.",
    attrs = {
        "hdrs": attr.label_list(allow_files = [".h"]),
        "src": attr.label(mandatory = True, allow_single_file = [".c"]),
        "_clang": attr.label(default = "@debian_emscripten//:bin/clang", allow_single_file = True, cfg = "exec"),
        "_clang_files": attr.label(default = "@debian_emscripten//:clang", cfg = "exec"),
        "_lld": attr.label(default = "@debian_emscripten//:bin/lld", allow_single_file = True, cfg = "exec"),
        "_lld_files": attr.label(default = "@debian_emscripten//:linker", cfg = "exec"),
        "_resource_include": attr.label(
            default = "@debian_emscripten//:usr/lib/llvm-22/lib/clang/22/include/stddef.h",
            allow_single_file = True,
            cfg = "exec",
        ),
    },
)
