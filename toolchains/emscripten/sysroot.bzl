"""Rules that build Emscripten's sysroot: its headers, each of its libraries, and the cache that emcc links from.

Each library is an action of its own, run by Emscripten's own `embuilder`, so that a cache can share it.
"""

EmscriptenCacheInfo = provider(
    doc = "A complete Emscripten cache folder, usable as EM_CACHE with FROZEN_CACHE.",
    fields = {
        "cache": "File: the tree artifact, with the subfolder `sysroot`.",
        "headers": "File: a tree artifact that holds the headers alone, at `sysroot/include`.",
    },
)

_TOOL_ATTRS = {
    "_emscripten": attr.label(
        default = "//toolchains/emscripten:compile_driver_files",
        cfg = "exec",
    ),
    "_emscripten_system": attr.label(
        default = "@debian_emscripten//:emscripten_system",
        cfg = "exec",
    ),
    "_python": attr.label(
        default = "//toolchains/python:interpreter",
        cfg = "exec",
        executable = True,
    ),
    "_tool": attr.label(
        default = "//toolchains/emscripten/private:build_sysroot.py",
        allow_single_file = True,
    ),
}

def _run(ctx, mnemonic, message, arguments, outputs, inputs = []):
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = ["-B", ctx.file._tool.path] + arguments,
        inputs = depset(
            inputs + [ctx.file._tool],
            transitive = [
                ctx.attr._emscripten[DefaultInfo].files,
                ctx.attr._emscripten_system[DefaultInfo].files,
            ],
        ),
        outputs = outputs,
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = mnemonic,
        progress_message = message,
    )

def _emscripten_headers_impl(ctx):
    out = ctx.actions.declare_directory(ctx.label.name)
    _run(ctx, "EmscriptenHeaders", "Installing Emscripten's headers", ["headers", out.path], [out])
    return [DefaultInfo(files = depset([out]))]

emscripten_headers = rule(
    implementation = _emscripten_headers_impl,
    doc = "Installs the headers of Emscripten's sysroot into a tree artifact.",
    attrs = _TOOL_ATTRS,
)

def _emscripten_library_impl(ctx):
    out = ctx.actions.declare_directory(ctx.label.name)
    arguments = ["library", out.path, ctx.attr.library]
    if ctx.attr.pic:
        arguments.append("--pic")
    _run(
        ctx,
        "EmscriptenLibrary",
        "Building Emscripten's %s%s" % (ctx.attr.library, " (position-independent)" if ctx.attr.pic else ""),
        arguments,
        [out],
    )
    return [DefaultInfo(files = depset([out]))]

emscripten_library = rule(
    implementation = _emscripten_library_impl,
    doc = "Builds one library of Emscripten's sysroot, as `embuilder build LIBRARY` does.",
    attrs = dict(
        _TOOL_ATTRS,
        library = attr.string(mandatory = True, doc = "embuilder's name of the library, as `libc++-wasmexcept`."),
        pic = attr.bool(doc = "Build the variant for main and side modules."),
    ),
)

def _emscripten_cache_impl(ctx):
    out = ctx.actions.declare_directory(ctx.label.name)
    headers = ctx.file.headers
    parts = [headers] + ctx.files.libraries
    _run(
        ctx,
        "EmscriptenCache",
        "Assembling Emscripten's sysroot",
        ["merge", out.path] + [part.path for part in parts],
        [out],
        inputs = parts,
    )
    return [
        DefaultInfo(files = depset([out])),
        EmscriptenCacheInfo(cache = out, headers = headers),
    ]

emscripten_cache = rule(
    implementation = _emscripten_cache_impl,
    doc = "Merges headers and libraries into the folder that emcc takes as EM_CACHE.",
    attrs = dict(
        _TOOL_ATTRS,
        headers = attr.label(mandatory = True, allow_single_file = True),
        libraries = attr.label_list(mandatory = True),
    ),
    provides = [EmscriptenCacheInfo],
)

def _emscripten_archive_impl(ctx):
    out = ctx.actions.declare_file("lib%s.a" % ctx.label.name)
    cache = ctx.attr.cache[EmscriptenCacheInfo].cache
    ctx.actions.run(
        executable = ctx.executable._python,
        arguments = [
            "-B",
            ctx.file._tool.path,
            ctx.file._ar.path,
            "%s/sysroot/lib/wasm32-emscripten/pic/%s.a" % (cache.path, ctx.attr.library),
            out.path,
        ] + ctx.attr.drop,
        inputs = depset([cache, ctx.file._tool], transitive = [ctx.attr._llvm[DefaultInfo].files]),
        outputs = [out],
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "EmscriptenArchive",
        progress_message = "Taking %{output} from Emscripten's sysroot",
    )
    return [DefaultInfo(files = depset([out]))]

emscripten_archive = rule(
    implementation = _emscripten_archive_impl,
    doc = "libNAME.a: one of Emscripten's position-independent libraries, without some of its members.",
    attrs = {
        "cache": attr.label(mandatory = True, providers = [EmscriptenCacheInfo], doc = "Emscripten's sysroot."),
        "drop": attr.string_list(doc = "Members to leave out, as patterns of shell's kind."),
        "library": attr.string(mandatory = True, doc = "Name of the archive, as `libclang_rt.builtins-legacysjlj`."),
        "_ar": attr.label(default = "@debian_emscripten//:bin/llvm-ar", allow_single_file = True, cfg = "exec"),
        "_llvm": attr.label(default = "@debian_emscripten//:llvm", cfg = "exec"),
        "_python": attr.label(default = "//toolchains/python:interpreter", cfg = "exec", executable = True),
        "_tool": attr.label(
            default = "//toolchains/emscripten/private:drop_members.py",
            allow_single_file = True,
        ),
    },
)
