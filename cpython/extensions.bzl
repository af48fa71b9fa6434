"""The extension modules of the standard library: one record each.

A module is BUILT_IN (in the main program), a SIDE_MODULE (a .so of its own, for the regression suite) or ABSENT, which
needs a reason. Its sources are those that upstream's Modules/Setup files name (sources.bzl); what upstream's configure
finds out or its Makefile says about flags stands in the record.
"""

load(":sources.bzl", "MODULES")

BUILT_IN = "built-in"
SIDE_MODULE = "side module"
ABSENT = "absent"

def _extension(name, state = BUILT_IN, defines = [], includes = [], srcs = [], deps = [], reason = ""):
    """One record.

    Args:
      name: of the module.
      state: BUILT_IN, SIDE_MODULE or ABSENT.
      defines: preprocessor definitions.
      includes: folders of the source to search for headers.
      srcs: sources beside those of Modules/Setup*.
      deps: libraries.
      reason: why it is absent.

    Returns:
      A struct.
    """
    if name not in MODULES:
        fail("extensions.bzl: upstream's Modules/Setup* have no module %s: remove its record" % name)
    if (state == ABSENT) != bool(reason):
        fail("extensions.bzl: %s: a module has a reason if it is absent, and only then" % name)
    return struct(
        defines = defines,
        deps = deps,
        includes = includes,
        name = name,
        reason = reason,
        srcs = MODULES[name] + srcs,
        state = state,
    )

def _absent(name, reason):
    return _extension(name, ABSENT, reason = reason)

_HACL_INCLUDES = [
    "Modules/_hacl",
    "Modules/_hacl/include",
]

_HACL_DEFINES = [
    "_BSD_SOURCE",
    "_DEFAULT_SOURCE",
]

def _hash(name):
    return _extension(name, defines = _HACL_DEFINES, deps = [":hacl"], includes = _HACL_INCLUDES)

_CURSES = "There is no terminal in a page, and no curses library to drive one."
_DBM = "No database library of the dbm family is built; dbm.sqlite3 and dbm.dumb work."
_OPENSSL = "Needs OpenSSL. hashlib has its own implementations; TLS is the browser's."
_PROCESSES = "The platform has one process: nothing can be forked, spawned or shared with another."
_STUBS = "Emscripten only has stubs of the C functions, so that upstream leaves the module out too."
_SUBINTERPRETERS = "Upstream leaves it out on this platform: isolated interpreters are made for threads of their own."

_RECORDS = [
    # The interpreter does not start without these.
    _extension("_abc"),
    _extension("_codecs"),
    _extension("_collections"),
    _extension("_datetime"),
    _extension("_functools"),
    _extension("_io", includes = ["Modules/_io"]),
    _extension("_locale"),
    _extension("_opcode"),
    _extension("_operator"),
    _extension("_signal"),
    _extension("_sre"),
    _extension("_stat"),
    _extension("_suggestions"),
    _extension("_symtable"),
    _extension("_sysconfig"),
    _extension("_thread"),
    _extension("_tracemalloc"),
    _extension("_types"),
    _extension("_typing"),
    _extension("_weakref"),
    _extension("atexit"),
    _extension("errno"),
    _extension("faulthandler"),
    _extension("itertools"),
    _extension("posix"),
    _extension("time"),

    # The rest of the standard library.
    _extension("_asyncio"),
    _extension("_bisect"),
    _extension("_csv"),
    _extension("_decimal", defines = [
        "ANSI=1",
        "CONFIG_32=1",
    ], includes = ["Modules/_decimal/libmpdec"], deps = [":libmpdec"]),
    _extension("_elementtree", includes = ["Modules/expat"], deps = [":libexpat"]),
    _extension("_heapq"),
    _extension("_json"),
    _extension("_lsprof"),
    _extension("_pickle"),
    _extension("_queue"),
    _extension("_random"),
    _extension("_remote_debugging"),
    _extension("_socket"),
    _extension("_statistics"),
    _extension("_struct"),
    _extension("_zoneinfo"),
    _extension("array"),
    _extension("cmath"),
    _extension("fcntl"),
    _extension("math"),
    _extension("mmap"),
    _extension("pyexpat", includes = ["Modules/expat"], deps = [":libexpat"]),
    _extension("select"),
    _extension("termios"),
    _extension("unicodedata"),

    # Codecs.
    _extension("_codecs_cn"),
    _extension("_codecs_hk"),
    _extension("_codecs_iso2022"),
    _extension("_codecs_jp"),
    _extension("_codecs_kr"),
    _extension("_codecs_tw"),
    _extension("_multibytecodec"),

    # Hashes.
    _hash("_blake2"),
    # Upstream leaves it out on this platform because its build links one archive of HACL* to each module, and this
    # module's has the objects of all the others in it. There is only one here.
    _hash("_hmac"),
    _hash("_md5"),
    _hash("_sha1"),
    _hash("_sha2"),
    _hash("_sha3"),

    # What needs a library.
    _extension("_bz2", deps = ["//packages/bzip2"]),
    _extension("_ctypes", deps = ["//packages/libffi"]),
    _extension("_lzma", deps = ["//packages/xz"]),
    _extension(
        "_sqlite3",
        # configure asks the library for it, and has none to ask.
        defines = ["PY_SQLITE_HAVE_SERIALIZE=1"],
        includes = ["Modules/_sqlite"],
        deps = ["//packages/sqlite"],
    ),
    _extension("_zstd", deps = ["//packages/zstd"]),
    _extension("binascii", defines = ["USE_ZLIB_CRC32"], deps = ["//packages/zlib"]),
    _extension("zlib", deps = ["//packages/zlib"]),

    # What the regression suite needs, and nobody else.
    _extension("_ctypes_test", SIDE_MODULE),
    _extension("_testbuffer", SIDE_MODULE),
    _extension("_testcapi", SIDE_MODULE),
    _extension("_testclinic", SIDE_MODULE),
    _extension("_testclinic_limited", SIDE_MODULE),
    _extension("_testimportmultiple", SIDE_MODULE),
    _extension("_testinternalcapi", SIDE_MODULE),
    _extension("_testlimitedcapi", SIDE_MODULE),
    _extension("_testmultiphase", SIDE_MODULE),
    _extension("_testsinglephase", SIDE_MODULE),
    _extension("_xxtestfuzz", SIDE_MODULE),
    _extension("xxlimited", SIDE_MODULE),
    _extension("xxlimited_35", SIDE_MODULE),
    _extension("xxsubtype", SIDE_MODULE),

    # What there is not.
    _absent("_curses", _CURSES),
    _absent("_curses_panel", _CURSES),
    _absent("_dbm", _DBM),
    _absent("_gdbm", _DBM),
    _absent("_hashlib", _OPENSSL),
    _absent("_interpchannels", _SUBINTERPRETERS),
    _absent("_interpqueues", _SUBINTERPRETERS),
    _absent("_interpreters", _SUBINTERPRETERS),
    _absent("_multiprocessing", _PROCESSES),
    _absent("_posixshmem", _PROCESSES),
    _absent("_posixsubprocess", _PROCESSES),
    _absent("_scproxy", "For macOS."),
    _absent("_ssl", _OPENSSL),
    _absent("_tkinter", "There is no Tk."),
    _absent("_uuid", "Emscripten's uuid library makes random identifiers only, for which Lib/uuid.py needs no help."),
    _absent("grp", _STUBS),
    _absent("pwd", _STUBS),
    _absent("readline", "There is no terminal in a page."),
    _absent("resource", _STUBS),
    _absent("syslog", _STUBS),
]

EXTENSIONS = {record.name: record for record in _RECORDS}

def _check():
    if len(EXTENSIONS) != len(_RECORDS):
        fail("extensions.bzl: a module has two records")
    missing = [name for name in MODULES if name not in EXTENSIONS]
    if missing:
        fail("extensions.bzl: no record for %s: upstream's Modules/Setup* have these modules" % ", ".join(missing))

_check()

def with_state(state):
    """Returns the names of the modules of one state, sorted."""
    return sorted([record.name for record in EXTENSIONS.values() if record.state == state])
