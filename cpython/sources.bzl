"""Which files CPython's build files compile. Written by `./bazelw run //cpython:update_sources`: do not edit."""

# $(PARSER_OBJS) of the Makefile.
PARSER = [
    "Parser/action_helpers.c",
    "Parser/lexer/buffer.c",
    "Parser/lexer/lexer.c",
    "Parser/lexer/state.c",
    "Parser/myreadline.c",
    "Parser/parser.c",
    "Parser/peg_api.c",
    "Parser/pegen.c",
    "Parser/pegen_errors.c",
    "Parser/string_parser.c",
    "Parser/token.c",
    "Parser/tokenizer/file_tokenizer.c",
    "Parser/tokenizer/helpers.c",
    "Parser/tokenizer/readline_tokenizer.c",
    "Parser/tokenizer/string_tokenizer.c",
    "Parser/tokenizer/utf8_tokenizer.c",
]

# $(OBJECT_OBJS) of the Makefile.
OBJECTS = [
    "Objects/abstract.c",
    "Objects/boolobject.c",
    "Objects/bytearrayobject.c",
    "Objects/bytes_methods.c",
    "Objects/bytesobject.c",
    "Objects/call.c",
    "Objects/capsule.c",
    "Objects/cellobject.c",
    "Objects/classobject.c",
    "Objects/codeobject.c",
    "Objects/complexobject.c",
    "Objects/descrobject.c",
    "Objects/dictobject.c",
    "Objects/enumobject.c",
    "Objects/exceptions.c",
    "Objects/fileobject.c",
    "Objects/floatobject.c",
    "Objects/frameobject.c",
    "Objects/funcobject.c",
    "Objects/genericaliasobject.c",
    "Objects/genobject.c",
    "Objects/interpolationobject.c",
    "Objects/iterobject.c",
    "Objects/listobject.c",
    "Objects/longobject.c",
    "Objects/memoryobject.c",
    "Objects/methodobject.c",
    "Objects/moduleobject.c",
    "Objects/namespaceobject.c",
    "Objects/object.c",
    "Objects/obmalloc.c",
    "Objects/odictobject.c",
    "Objects/picklebufobject.c",
    "Objects/rangeobject.c",
    "Objects/setobject.c",
    "Objects/sliceobject.c",
    "Objects/structseq.c",
    "Objects/templateobject.c",
    "Objects/tupleobject.c",
    "Objects/typeobject.c",
    "Objects/typevarobject.c",
    "Objects/unicodectype.c",
    "Objects/unicodeobject.c",
    "Objects/unionobject.c",
    "Objects/weakrefobject.c",
]

# $(PYTHON_OBJS) of the Makefile.
PYTHON = [
    "Python/Python-ast.c",
    "Python/Python-tokenize.c",
    "Python/_contextvars.c",
    "Python/_warnings.c",
    "Python/asdl.c",
    "Python/assemble.c",
    "Python/ast.c",
    "Python/ast_preprocess.c",
    "Python/ast_unparse.c",
    "Python/bltinmodule.c",
    "Python/bootstrap_hash.c",
    "Python/brc.c",
    "Python/ceval.c",
    "Python/ceval_gil.c",
    "Python/codecs.c",
    "Python/codegen.c",
    "Python/compile.c",
    "Python/context.c",
    "Python/critical_section.c",
    "Python/crossinterp.c",
    "Python/dtoa.c",
    "Python/dynamic_annotations.c",
    "Python/dynload_shlib.c",
    "Python/emscripten_signal.c",
    "Python/emscripten_syscalls.c",
    "Python/emscripten_trampoline.c",
    "Python/errors.c",
    "Python/fileutils.c",
    "Python/flowgraph.c",
    "Python/formatter_unicode.c",
    "Python/frame.c",
    "Python/frozenmain.c",
    "Python/future.c",
    "Python/gc.c",
    "Python/gc_free_threading.c",
    "Python/gc_gil.c",
    "Python/getargs.c",
    "Python/getcompiler.c",
    "Python/getcopyright.c",
    "Python/getopt.c",
    "Python/getplatform.c",
    "Python/getversion.c",
    "Python/hamt.c",
    "Python/hashtable.c",
    "Python/import.c",
    "Python/importdl.c",
    "Python/index_pool.c",
    "Python/initconfig.c",
    "Python/instruction_sequence.c",
    "Python/instrumentation.c",
    "Python/interpconfig.c",
    "Python/intrinsics.c",
    "Python/jit.c",
    "Python/legacy_tracing.c",
    "Python/lock.c",
    "Python/marshal.c",
    "Python/modsupport.c",
    "Python/mysnprintf.c",
    "Python/mystrtoul.c",
    "Python/object_stack.c",
    "Python/optimizer.c",
    "Python/optimizer_analysis.c",
    "Python/optimizer_symbols.c",
    "Python/parking_lot.c",
    "Python/pathconfig.c",
    "Python/perf_jit_trampoline.c",
    "Python/perf_trampoline.c",
    "Python/preconfig.c",
    "Python/pyarena.c",
    "Python/pyctype.c",
    "Python/pyfpe.c",
    "Python/pyhash.c",
    "Python/pylifecycle.c",
    "Python/pymath.c",
    "Python/pystate.c",
    "Python/pystrcmp.c",
    "Python/pystrhex.c",
    "Python/pystrtod.c",
    "Python/pythonrun.c",
    "Python/pytime.c",
    "Python/qsbr.c",
    "Python/remote_debugging.c",
    "Python/specialize.c",
    "Python/stackrefs.c",
    "Python/structmember.c",
    "Python/suggestions.c",
    "Python/symtable.c",
    "Python/sysmodule.c",
    "Python/thread.c",
    "Python/traceback.c",
    "Python/tracemalloc.c",
    "Python/uniqueid.c",
]

# $(MODULE_OBJS) of the Makefile.
MAIN = [
    "Modules/gcmodule.c",
    "Modules/main.c",
]

# $(LIBMPDEC_OBJS) of the Makefile.
LIBMPDEC = [
    "Modules/_decimal/libmpdec/basearith.c",
    "Modules/_decimal/libmpdec/constants.c",
    "Modules/_decimal/libmpdec/context.c",
    "Modules/_decimal/libmpdec/convolute.c",
    "Modules/_decimal/libmpdec/crt.c",
    "Modules/_decimal/libmpdec/difradix2.c",
    "Modules/_decimal/libmpdec/fnt.c",
    "Modules/_decimal/libmpdec/fourstep.c",
    "Modules/_decimal/libmpdec/io.c",
    "Modules/_decimal/libmpdec/mpalloc.c",
    "Modules/_decimal/libmpdec/mpdecimal.c",
    "Modules/_decimal/libmpdec/numbertheory.c",
    "Modules/_decimal/libmpdec/sixstep.c",
    "Modules/_decimal/libmpdec/transpose.c",
]

# $(LIBEXPAT_OBJS) of the Makefile.
LIBEXPAT = [
    "Modules/expat/xmlparse.c",
    "Modules/expat/xmlrole.c",
    "Modules/expat/xmltok.c",
]

# $(LIBHACL_HMAC_OBJS) of the Makefile.
LIBHACL = [
    "Modules/_hacl/Hacl_HMAC.c",
    "Modules/_hacl/Hacl_Hash_Blake2b.c",
    "Modules/_hacl/Hacl_Hash_Blake2s.c",
    "Modules/_hacl/Hacl_Hash_MD5.c",
    "Modules/_hacl/Hacl_Hash_SHA1.c",
    "Modules/_hacl/Hacl_Hash_SHA2.c",
    "Modules/_hacl/Hacl_Hash_SHA3.c",
    "Modules/_hacl/Hacl_Streaming_HMAC.c",
    "Modules/_hacl/Lib_Memzero0.c",
]

# Objects of the library that its list names one by one.
ALONE = [
    "Modules/getbuildinfo.c",
    "Modules/getpath.c",
    "Python/frozen.c",
]

# Definitions of one file alone, by the Makefile's rules.
DEFINITIONS = {
    "Modules/getbuildinfo.c": [
        "GITVERSION=\"\"",
        "GITTAG=\"\"",
        "GITBRANCH=\"\"",
    ],
    "Modules/getpath.c": [
        "PYTHONPATH=\"\"",
        "PREFIX=\"/\"",
        "EXEC_PREFIX=\"/\"",
        "VERSION=\"3.14\"",
        "VPATH=\"\"",
        "PLATLIBDIR=\"lib\"",
        "PYTHONFRAMEWORK=\"\"",
    ],
    "Python/dynload_shlib.c": [
        "SOABI=\"cpython-314-wasm32-emscripten\"",
    ],
    "Python/getplatform.c": [
        "PLATFORM=\"emscripten\"",
    ],
    "Python/sysmodule.c": [
        "ABIFLAGS=\"\"",
        "MULTIARCH=\"wasm32-emscripten\"",
    ],
}

# Frozen modules, to their sources.
FROZEN = {
    "__hello__": "Lib/__hello__.py",
    "__phello__": "Lib/__phello__/__init__.py",
    "__phello__.ham": "Lib/__phello__/ham/__init__.py",
    "__phello__.ham.eggs": "Lib/__phello__/ham/eggs.py",
    "__phello__.spam": "Lib/__phello__/spam.py",
    "_collections_abc": "Lib/_collections_abc.py",
    "_sitebuiltins": "Lib/_sitebuiltins.py",
    "abc": "Lib/abc.py",
    "codecs": "Lib/codecs.py",
    "frozen_only": "Tools/freeze/flag.py",
    "genericpath": "Lib/genericpath.py",
    "getpath": "Modules/getpath.py",
    "importlib._bootstrap": "Lib/importlib/_bootstrap.py",
    "importlib._bootstrap_external": "Lib/importlib/_bootstrap_external.py",
    "importlib.machinery": "Lib/importlib/machinery.py",
    "importlib.util": "Lib/importlib/util.py",
    "io": "Lib/io.py",
    "ntpath": "Lib/ntpath.py",
    "os": "Lib/os.py",
    "posixpath": "Lib/posixpath.py",
    "runpy": "Lib/runpy.py",
    "site": "Lib/site.py",
    "stat": "Lib/stat.py",
    "zipimport": "Lib/zipimport.py",
}

# Extension modules, to their sources: Modules/Setup*.
MODULES = {
    "_abc": [
        "Modules/_abc.c",
    ],
    "_asyncio": [
        "Modules/_asynciomodule.c",
    ],
    "_bisect": [
        "Modules/_bisectmodule.c",
    ],
    "_blake2": [
        "Modules/blake2module.c",
    ],
    "_bz2": [
        "Modules/_bz2module.c",
    ],
    "_codecs": [
        "Modules/_codecsmodule.c",
    ],
    "_codecs_cn": [
        "Modules/cjkcodecs/_codecs_cn.c",
    ],
    "_codecs_hk": [
        "Modules/cjkcodecs/_codecs_hk.c",
    ],
    "_codecs_iso2022": [
        "Modules/cjkcodecs/_codecs_iso2022.c",
    ],
    "_codecs_jp": [
        "Modules/cjkcodecs/_codecs_jp.c",
    ],
    "_codecs_kr": [
        "Modules/cjkcodecs/_codecs_kr.c",
    ],
    "_codecs_tw": [
        "Modules/cjkcodecs/_codecs_tw.c",
    ],
    "_collections": [
        "Modules/_collectionsmodule.c",
    ],
    "_csv": [
        "Modules/_csv.c",
    ],
    "_ctypes": [
        "Modules/_ctypes/_ctypes.c",
        "Modules/_ctypes/callbacks.c",
        "Modules/_ctypes/callproc.c",
        "Modules/_ctypes/stgdict.c",
        "Modules/_ctypes/cfield.c",
    ],
    "_ctypes_test": [
        "Modules/_ctypes/_ctypes_test.c",
    ],
    "_curses": [
        "Modules/_cursesmodule.c",
    ],
    "_curses_panel": [
        "Modules/_curses_panel.c",
    ],
    "_datetime": [
        "Modules/_datetimemodule.c",
    ],
    "_dbm": [
        "Modules/_dbmmodule.c",
    ],
    "_decimal": [
        "Modules/_decimal/_decimal.c",
    ],
    "_elementtree": [
        "Modules/_elementtree.c",
    ],
    "_functools": [
        "Modules/_functoolsmodule.c",
    ],
    "_gdbm": [
        "Modules/_gdbmmodule.c",
    ],
    "_hashlib": [
        "Modules/_hashopenssl.c",
    ],
    "_heapq": [
        "Modules/_heapqmodule.c",
    ],
    "_hmac": [
        "Modules/hmacmodule.c",
    ],
    "_interpchannels": [
        "Modules/_interpchannelsmodule.c",
    ],
    "_interpqueues": [
        "Modules/_interpqueuesmodule.c",
    ],
    "_interpreters": [
        "Modules/_interpretersmodule.c",
    ],
    "_io": [
        "Modules/_io/_iomodule.c",
        "Modules/_io/iobase.c",
        "Modules/_io/fileio.c",
        "Modules/_io/bytesio.c",
        "Modules/_io/bufferedio.c",
        "Modules/_io/textio.c",
        "Modules/_io/stringio.c",
    ],
    "_json": [
        "Modules/_json.c",
    ],
    "_locale": [
        "Modules/_localemodule.c",
    ],
    "_lsprof": [
        "Modules/_lsprof.c",
        "Modules/rotatingtree.c",
    ],
    "_lzma": [
        "Modules/_lzmamodule.c",
    ],
    "_md5": [
        "Modules/md5module.c",
    ],
    "_multibytecodec": [
        "Modules/cjkcodecs/multibytecodec.c",
    ],
    "_multiprocessing": [
        "Modules/_multiprocessing/multiprocessing.c",
        "Modules/_multiprocessing/semaphore.c",
    ],
    "_opcode": [
        "Modules/_opcode.c",
    ],
    "_operator": [
        "Modules/_operator.c",
    ],
    "_pickle": [
        "Modules/_pickle.c",
    ],
    "_posixshmem": [
        "Modules/_multiprocessing/posixshmem.c",
    ],
    "_posixsubprocess": [
        "Modules/_posixsubprocess.c",
    ],
    "_queue": [
        "Modules/_queuemodule.c",
    ],
    "_random": [
        "Modules/_randommodule.c",
    ],
    "_remote_debugging": [
        "Modules/_remote_debugging_module.c",
    ],
    "_scproxy": [
        "Modules/_scproxy.c",
    ],
    "_sha1": [
        "Modules/sha1module.c",
    ],
    "_sha2": [
        "Modules/sha2module.c",
    ],
    "_sha3": [
        "Modules/sha3module.c",
    ],
    "_signal": [
        "Modules/signalmodule.c",
    ],
    "_socket": [
        "Modules/socketmodule.c",
    ],
    "_sqlite3": [
        "Modules/_sqlite/blob.c",
        "Modules/_sqlite/connection.c",
        "Modules/_sqlite/cursor.c",
        "Modules/_sqlite/microprotocols.c",
        "Modules/_sqlite/module.c",
        "Modules/_sqlite/prepare_protocol.c",
        "Modules/_sqlite/row.c",
        "Modules/_sqlite/statement.c",
        "Modules/_sqlite/util.c",
    ],
    "_sre": [
        "Modules/_sre/sre.c",
    ],
    "_ssl": [
        "Modules/_ssl.c",
    ],
    "_stat": [
        "Modules/_stat.c",
    ],
    "_statistics": [
        "Modules/_statisticsmodule.c",
    ],
    "_struct": [
        "Modules/_struct.c",
    ],
    "_suggestions": [
        "Modules/_suggestions.c",
    ],
    "_symtable": [
        "Modules/symtablemodule.c",
    ],
    "_sysconfig": [
        "Modules/_sysconfig.c",
    ],
    "_testbuffer": [
        "Modules/_testbuffer.c",
    ],
    "_testcapi": [
        "Modules/_testcapimodule.c",
        "Modules/_testcapi/vectorcall.c",
        "Modules/_testcapi/heaptype.c",
        "Modules/_testcapi/abstract.c",
        "Modules/_testcapi/unicode.c",
        "Modules/_testcapi/dict.c",
        "Modules/_testcapi/set.c",
        "Modules/_testcapi/list.c",
        "Modules/_testcapi/tuple.c",
        "Modules/_testcapi/getargs.c",
        "Modules/_testcapi/datetime.c",
        "Modules/_testcapi/docstring.c",
        "Modules/_testcapi/mem.c",
        "Modules/_testcapi/watchers.c",
        "Modules/_testcapi/long.c",
        "Modules/_testcapi/float.c",
        "Modules/_testcapi/complex.c",
        "Modules/_testcapi/numbers.c",
        "Modules/_testcapi/structmember.c",
        "Modules/_testcapi/exceptions.c",
        "Modules/_testcapi/code.c",
        "Modules/_testcapi/buffer.c",
        "Modules/_testcapi/pyatomic.c",
        "Modules/_testcapi/run.c",
        "Modules/_testcapi/file.c",
        "Modules/_testcapi/codec.c",
        "Modules/_testcapi/immortal.c",
        "Modules/_testcapi/gc.c",
        "Modules/_testcapi/hash.c",
        "Modules/_testcapi/time.c",
        "Modules/_testcapi/bytes.c",
        "Modules/_testcapi/object.c",
        "Modules/_testcapi/monitoring.c",
        "Modules/_testcapi/config.c",
        "Modules/_testcapi/import.c",
        "Modules/_testcapi/frame.c",
        "Modules/_testcapi/type.c",
        "Modules/_testcapi/function.c",
        "Modules/_testcapi/weakref.c",
    ],
    "_testclinic": [
        "Modules/_testclinic.c",
    ],
    "_testclinic_limited": [
        "Modules/_testclinic_limited.c",
    ],
    "_testimportmultiple": [
        "Modules/_testimportmultiple.c",
    ],
    "_testinternalcapi": [
        "Modules/_testinternalcapi.c",
        "Modules/_testinternalcapi/test_lock.c",
        "Modules/_testinternalcapi/pytime.c",
        "Modules/_testinternalcapi/set.c",
        "Modules/_testinternalcapi/test_critical_sections.c",
        "Modules/_testinternalcapi/complex.c",
    ],
    "_testlimitedcapi": [
        "Modules/_testlimitedcapi.c",
        "Modules/_testlimitedcapi/abstract.c",
        "Modules/_testlimitedcapi/bytearray.c",
        "Modules/_testlimitedcapi/bytes.c",
        "Modules/_testlimitedcapi/capsule.c",
        "Modules/_testlimitedcapi/codec.c",
        "Modules/_testlimitedcapi/complex.c",
        "Modules/_testlimitedcapi/dict.c",
        "Modules/_testlimitedcapi/eval.c",
        "Modules/_testlimitedcapi/float.c",
        "Modules/_testlimitedcapi/heaptype_relative.c",
        "Modules/_testlimitedcapi/import.c",
        "Modules/_testlimitedcapi/list.c",
        "Modules/_testlimitedcapi/long.c",
        "Modules/_testlimitedcapi/object.c",
        "Modules/_testlimitedcapi/pyos.c",
        "Modules/_testlimitedcapi/set.c",
        "Modules/_testlimitedcapi/sys.c",
        "Modules/_testlimitedcapi/tuple.c",
        "Modules/_testlimitedcapi/unicode.c",
        "Modules/_testlimitedcapi/vectorcall_limited.c",
        "Modules/_testlimitedcapi/version.c",
        "Modules/_testlimitedcapi/file.c",
        "Modules/_testlimitedcapi/weakref.c",
        "Modules/_testlimitedcapi/run.c",
    ],
    "_testmultiphase": [
        "Modules/_testmultiphase.c",
    ],
    "_testsinglephase": [
        "Modules/_testsinglephase.c",
    ],
    "_thread": [
        "Modules/_threadmodule.c",
    ],
    "_tkinter": [
        "Modules/_tkinter.c",
        "Modules/tkappinit.c",
    ],
    "_tracemalloc": [
        "Modules/_tracemalloc.c",
    ],
    "_types": [
        "Modules/_typesmodule.c",
    ],
    "_typing": [
        "Modules/_typingmodule.c",
    ],
    "_uuid": [
        "Modules/_uuidmodule.c",
    ],
    "_weakref": [
        "Modules/_weakref.c",
    ],
    "_xxtestfuzz": [
        "Modules/_xxtestfuzz/_xxtestfuzz.c",
        "Modules/_xxtestfuzz/fuzzer.c",
    ],
    "_zoneinfo": [
        "Modules/_zoneinfo.c",
    ],
    "_zstd": [
        "Modules/_zstd/_zstdmodule.c",
        "Modules/_zstd/zstddict.c",
        "Modules/_zstd/compressor.c",
        "Modules/_zstd/decompressor.c",
    ],
    "array": [
        "Modules/arraymodule.c",
    ],
    "atexit": [
        "Modules/atexitmodule.c",
    ],
    "binascii": [
        "Modules/binascii.c",
    ],
    "cmath": [
        "Modules/cmathmodule.c",
    ],
    "errno": [
        "Modules/errnomodule.c",
    ],
    "faulthandler": [
        "Modules/faulthandler.c",
    ],
    "fcntl": [
        "Modules/fcntlmodule.c",
    ],
    "grp": [
        "Modules/grpmodule.c",
    ],
    "itertools": [
        "Modules/itertoolsmodule.c",
    ],
    "math": [
        "Modules/mathmodule.c",
    ],
    "mmap": [
        "Modules/mmapmodule.c",
    ],
    "posix": [
        "Modules/posixmodule.c",
    ],
    "pwd": [
        "Modules/pwdmodule.c",
    ],
    "pyexpat": [
        "Modules/pyexpat.c",
    ],
    "readline": [
        "Modules/readline.c",
    ],
    "resource": [
        "Modules/resource.c",
    ],
    "select": [
        "Modules/selectmodule.c",
    ],
    "syslog": [
        "Modules/syslogmodule.c",
    ],
    "termios": [
        "Modules/termios.c",
    ],
    "time": [
        "Modules/timemodule.c",
    ],
    "unicodedata": [
        "Modules/unicodedata.c",
    ],
    "xxlimited": [
        "Modules/xxlimited.c",
    ],
    "xxlimited_35": [
        "Modules/xxlimited_35.c",
    ],
    "xxsubtype": [
        "Modules/xxsubtype.c",
    ],
    "zlib": [
        "Modules/zlibmodule.c",
    ],
}
