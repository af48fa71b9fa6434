"""How C files of CPython are compiled: with the flags of upstream's Makefile."""

load("@rules_cc//cc:defs.bzl", "cc_library")
load("//cpython:extensions.bzl", "BUILT_IN", "EXTENSIONS", "SIDE_MODULE", "with_state")
load("//cpython:sources.bzl", "DEFINITIONS")
load("//rules:defs.bzl", "wasm_side_module")

# PY_STDMODULE_CFLAGS. The toolchain's own flags come before; PY_CALL_TRAMPOLINE makes calls of functions of another
# type than they are called by, which C lets pass on other machines and WebAssembly does not, go through a trampoline.
_COPTS = [
    "-std=c11",
    "-fno-strict-overflow",
    "-fvisibility=hidden",
    "-Werror=implicit-function-declaration",
    # __EMSCRIPTEN_major__, in sysmodule.c.
    "-Wno-deprecated-pragma",
]

# Upstream's level for the interpreter.
CORE_COPTS = ["-O3"]

_LOCAL_DEFINES = ["PY_CALL_TRAMPOLINE"]

def _labels(srcs):
    return [src if src.startswith(":") else "@cpython//:" + src for src in srcs]

def _quoted(defines):
    # A definition goes through the shell's rules of quoting once.
    return [define.replace("\"", "\\\"") for define in defines]

def cpython_library(name, srcs, deps, copts = [], local_defines = [], alwayslink = True, **kwargs):
    """A cc_library of files of CPython; files with definitions of their own become libraries of their own.

    Args:
      name: of the target.
      srcs: paths in the source archive, or labels of generated files (`:name`).
      deps: libraries and headers.
      copts: flags beside upstream's for everything.
      local_defines: definitions, as PY_CORE.
      alwayslink: False for a library of which only what is used is linked.
      **kwargs: of cc_library.
    """
    alone = [src for src in srcs if src in DEFINITIONS]
    for src in alone:
        cpython_library_of_one(
            name = "%s/%s" % (name, src.split("/")[-1].removesuffix(".c")),
            src = src,
            copts = copts,
            local_defines = local_defines,
            deps = deps,
        )
    cc_library(
        name = name,
        srcs = _labels([src for src in srcs if src not in DEFINITIONS]),
        alwayslink = alwayslink,
        copts = _COPTS + copts,
        linkstatic = True,
        local_defines = _LOCAL_DEFINES + _quoted(local_defines),
        target_compatible_with = ["@platforms//cpu:wasm32"],
        deps = deps + ["%s/%s" % (name, src.split("/")[-1].removesuffix(".c")) for src in alone],
        **kwargs
    )

def cpython_library_of_one(name, src, deps, copts = [], local_defines = []):
    """A cc_library of one file of CPython, with what upstream's Makefile defines for it alone.

    Args:
      name: of the target.
      src: path in the source archive.
      deps: libraries and headers.
      copts: flags beside upstream's for everything.
      local_defines: definitions beside those of sources.bzl.
    """
    cc_library(
        name = name,
        srcs = _labels([src]),
        alwayslink = True,
        copts = _COPTS + copts,
        linkstatic = True,
        local_defines = _LOCAL_DEFINES + _quoted(local_defines + DEFINITIONS.get(src, [])),
        target_compatible_with = ["@platforms//cpu:wasm32"],
        deps = deps,
    )

def cpython_extensions(name, deps):
    """Targets for the extension modules: `extension/NAME`, and for side modules `side/NAME` too.

    Args:
      name: of a filegroup of the side modules.
      deps: headers.
    """
    native.filegroup(
        name = name,
        testonly = True,
        srcs = [":side/" + module for module in with_state(SIDE_MODULE)],
    )
    for record in EXTENSIONS.values():
        if record.state not in (BUILT_IN, SIDE_MODULE):
            continue
        cpython_library(
            name = "extension/" + record.name,
            srcs = record.srcs,
            copts = ["-Iexternal/cpython/" + folder for folder in record.includes],
            local_defines = record.defines + (["Py_BUILD_CORE_BUILTIN"] if record.state == BUILT_IN else []),
            deps = deps + record.deps,
        )
        if record.state == SIDE_MODULE:
            wasm_side_module(
                name = "side/" + record.name,
                testonly = True,
                exports = ["PyInit_" + record.name],
                # Some have more than one module in them: PyInit_… is all that is not hidden.
                linkopts = ["-Wl,--export-dynamic"],
                module_name = "side/%s.cpython-314-wasm32-emscripten.so" % record.name,
                deps = [":extension/" + record.name],
            )
