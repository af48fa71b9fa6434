/**
 * Extension modules that others published for pyemscripten_2026_0_wasm32 (PEP 783), as they are: msgspec is in C, Z3 a
 * library in C++ for ctypes, pydantic-core is in Rust. What goes wrong inside them has to come out as Python exceptions.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { loadTerrarium } from "./support.mjs";

const SITE = "/lib/python3.14/site-packages";
const quiet = { messageCallback: () => {}, errorCallback: () => {} };

/** The path of a wheel: what the variable of this name says. */
function wheel(name) {
  assert.ok(process.env[name], `set ${name} to the path of the wheel: see BUILD.bazel`);
  return process.env[name];
}

const MSGSPEC = wheel("WHEEL_MSGSPEC");
const PYDANTIC_CORE = wheel("WHEEL_PYDANTIC_CORE");
const TYPING_EXTENSIONS = wheel("WHEEL_TYPING_EXTENSIONS");
const Z3 = wheel("WHEEL_Z3");

const folder = mkdtempSync(join(tmpdir(), "terrarium-wheels-"));
after(() => rmSync(folder, { recursive: true }));

/** Python with some wheels loaded from this machine's files; `errors` gets the lines of its standard error. */
async function withWheels(paths, errors = []) {
  const py = await loadTerrarium({ stderr: (line) => errors.push(line) });
  const loaded = await py.loadPackage(
    paths.map((path) => pathToFileURL(path).href),
    quiet,
  );
  assert.deepEqual(
    loaded.map(({ fileName }) => fileName),
    paths.map((path) => basename(path)),
  );
  return py;
}

/** Everything under site-packages. */
const installed = (py) =>
  run(py, `import os\nreturn "\\n".join(sorted(os.path.join(a, x) for a, b, c in os.walk("${SITE}") for x in b + c))`);

/** Runs code in a fresh namespace; it is a body of statements with one `return`. */
function run(py, body) {
  const globals = py.toPy({});
  try {
    const lines = body.trim().split("\n");
    return py.runPython(`def main():\n${lines.map((line) => `  ${line}`).join("\n")}\nmain()`, { globals });
  } finally {
    globals.destroy();
  }
}

describe("a wheel in C", () => {
  let py;
  before(async () => {
    py = await withWheels([MSGSPEC]);
  });

  test("is a package with a version and an extension module", () => {
    assert.equal(
      run(
        py,
        "import importlib.metadata, msgspec\nreturn importlib.metadata.version('msgspec') == msgspec.__version__",
      ),
      true,
    );
    assert.match(run(py, "import msgspec._core\nreturn msgspec._core.__file__"), /\/msgspec\/_core\..*\.so$/);
  });

  test("100000 records there and back, as JSON and as MessagePack", () => {
    const sizes = run(
      py,
      `
import json, msgspec
Point = msgspec.defstruct("Point", [("x", int), ("y", float), ("name", str)])
points = [Point(i, i / 3, f"p{i}ä") for i in range(100_000)]
sizes = []
for format in (msgspec.json, msgspec.msgpack):
  data = format.encode(points)
  assert format.decode(data, type=list[Point]) == points
  sizes.append(len(data))
assert json.loads(msgspec.json.encode(points))[99_999] == {"x": 99_999, "y": 33333.0, "name": "p99999ä"}
return sizes`,
    ).toJs();
    assert.ok(sizes[0] > 4_000_000 && sizes[1] > 3_000_000, String(sizes));
  });

  test("its own errors, again and again", () => {
    assert.equal(
      run(
        py,
        `
import msgspec
seen = set()
for data in [b'[1, "two"]', b"[1, 2", b"\\xff"] * 1000:
  try: msgspec.json.decode(data, type=list[int])
  except msgspec.DecodeError as error: seen.add(f"{type(error).__name__}: {error}")
return "; ".join(sorted(seen))`,
      ),
      "DecodeError: Input data was truncated; DecodeError: JSON is malformed: invalid character (byte 0); " +
        "ValidationError: Expected `int`, got `str` - at `$[1]`",
    );
  });

  test("calls back, and lets the callback's exception through", () => {
    assert.equal(
      run(
        py,
        `
import msgspec
data = msgspec.json.encode({"z": 1 + 2j}, enc_hook=lambda value: [value.real, value.imag])
back = msgspec.json.decode(data, type=dict[str, complex], dec_hook=lambda kind, value: kind(*value))
try: msgspec.json.encode(1j, enc_hook=lambda value: 1 / 0)
except ZeroDivisionError as error: return f"{data.decode()} {back} {error}"`,
      ),
      "{\"z\":[1.0,2.0]} {'z': (1+2j)} division by zero",
    );
  });

  test("its objects are collected with all that they refer to", () => {
    assert.equal(
      run(
        py,
        `
import gc, msgspec, weakref
class Node(msgspec.Struct, weakref=True):
  other: object = None
node = Node(Node())
node.other.other = node
gone = weakref.ref(node)
del node
gc.collect()
return gone() is None`,
      ),
      true,
    );
  });
});

describe("a wheel in C++", () => {
  let py;
  const errors = [];
  before(async () => {
    py = await withWheels([Z3], errors);
  });

  test("places eight queens", () => {
    const queens = run(
      py,
      `
import z3
queens = [z3.Int(f"queen{row}") for row in range(8)]
solver = z3.Solver()
solver.add([z3.And(0 <= queen, queen < 8) for queen in queens])
solver.add(z3.Distinct(queens))
solver.add([z3.And(queens[i] - queens[j] != i - j, queens[i] - queens[j] != j - i) for i in range(8) for j in range(i)])
assert solver.check() == z3.sat
return [solver.model()[queen].as_long() for queen in queens]`,
    ).toJs();
    assert.equal(new Set(queens).size, 8);
    for (const sign of [1, -1]) {
      assert.equal(new Set(queens.map((column, row) => column + sign * row)).size, 8, String(queens));
    }
  });

  test("64-bit, rational and unlimited numbers", () => {
    assert.equal(
      run(
        py,
        `
import z3
a, b = z3.BitVecs("a b", 64)
solver = z3.Solver()
solver.add(a * b == 1009 * 2003, z3.ULT(1, a), z3.ULT(a, b), z3.ULT(b, 4096))
assert solver.check() == z3.sat
factors = [solver.model()[n].as_long() for n in (a, b)]
x = z3.Real("x")
solver = z3.Solver()
solver.add(x * x == 2, x > 0)
assert solver.check() == z3.sat
root = solver.model()[x].approx(40).as_fraction()
assert abs(root * root - 2) < 10**-35
assert z3.simplify(z3.IntVal(3**2000) * z3.IntVal(7**1000)).as_long() == 3**2000 * 7**1000
return str(factors)`,
      ),
      "[1009, 2003]",
    );
  });

  test("says which of what was asked for contradict each other", () => {
    assert.equal(
      run(
        py,
        `
import z3
x = z3.Int("x")
solver = z3.Solver()
for name, fact in {"more": x > 3, "less": x < 2, "unneeded": x < 100}.items():
  solver.assert_and_track(fact, name)
return f"{solver.check()} {sorted(map(str, solver.unsat_core()))}"`,
      ),
      "unsat ['less', 'more']",
    );
  });

  test("C++ exceptions are Python's, 500 times, and the library goes on", () => {
    assert.equal(
      run(
        py,
        `
import z3
for i in range(500):
  try: z3.parse_smt2_string(f"(assert (unheard-of {i}))")
  except z3.Z3Exception as error: assert "unknown constant unheard-of" in str(error), error
  else: raise AssertionError("accepted")
x = z3.Int("x")
return str(z3.simplify(x + x))`,
      ),
      "2*x",
    );
  });

  test("an exception that C++ throws and catches deep inside: the limit of resources", () => {
    assert.equal(
      run(
        py,
        `
import z3
a, b = z3.BitVecs("a b", 64)
solver = z3.SolverFor("QF_BV")
solver.set("rlimit", 20000)
solver.add(a * b == 2**64 - 61, z3.UGT(a, 2**20), z3.UGT(b, 2**20))
return f"{solver.check()}: {solver.reason_unknown()}"`,
      ),
      "unknown: max. resource limit exceeded",
    );
  });

  test("calls back into Python while it searches", () => {
    assert.equal(
      run(
        py,
        `
import z3
class Watcher(z3.UserPropagateBase):
  def __init__(self, solver):
    super().__init__(solver)
    self.seen, self.depth = set(), 0
    self.add_fixed(self.note)
  def push(self): self.depth += 1
  def pop(self, count): self.depth -= count
  def fresh(self, context): return self
  def note(self, term, value): self.seen.add(f"{term}={value}")
solver = z3.SimpleSolver()
watcher = Watcher(solver)
p, q = z3.Bools("p q")
watcher.add(p)
watcher.add(q)
solver.add(z3.Or(p, q), z3.Not(p))
assert solver.check() == z3.sat
return ", ".join(sorted(watcher.seen))`,
      ),
      "p=False, q=True",
    );
  });

  test("nothing of that was written to standard error", () => {
    assert.deepEqual(errors, []);
  });
});

describe("a wheel in Rust", () => {
  let py;
  const errors = [];
  before(async () => {
    py = await withWheels([TYPING_EXTENSIONS, PYDANTIC_CORE], errors);
  });

  const SETUP = "import pydantic_core as core\nfrom pydantic_core import core_schema as schema\n";

  test("100000 numbers there and back", () => {
    assert.equal(
      run(
        py,
        `${SETUP}
validator = core.SchemaValidator(schema.list_schema(schema.union_schema([schema.int_schema(), schema.float_schema()])))
numbers = [i if i % 2 else i / 8 for i in range(100_000)] + [2**200]
assert validator.validate_json(core.to_json(numbers)) == numbers
return True`,
      ),
      true,
    );
  });

  test("every error in the data, with its place", () => {
    assert.equal(
      run(
        py,
        `${SETUP}
field = schema.typed_dict_field
person = schema.typed_dict_schema({"name": field(schema.str_schema(min_length=2)), "born": field(schema.date_schema())})
try: core.SchemaValidator(schema.list_schema(person)).validate_json('[{"name": "Ada", "born": "1815-12-10"}, {"name": "A", "born": "x"}]')
except core.ValidationError as error: return "; ".join(f"{e['loc']} {e['type']}" for e in error.errors())`,
      ),
      "(1, 'name') string_too_short; (1, 'born') date_from_datetime_parsing",
    );
  });

  test("calls back, and lets the callback's exception through", () => {
    assert.equal(
      run(
        py,
        `${SETUP}
double = core.SchemaValidator(schema.no_info_after_validator_function(lambda x: x * 2, schema.int_schema()))
divide = core.SchemaValidator(schema.no_info_plain_validator_function(lambda x: 1 / x))
try: divide.validate_python(0)
except ZeroDivisionError as error: return f"{double.validate_python('21')} {divide.validate_python(4)} {error}"`,
      ),
      "42 0.25 division by zero",
    );
  });

  test("data without an end are an error, not the end", () => {
    assert.equal(
      run(
        py,
        `${SETUP}
nested = core.SchemaValidator(schema.definitions_schema(
  schema.definition_reference_schema("list"), [schema.list_schema(schema.definition_reference_schema("list"), ref="list")]))
endless = []
endless.append(endless)
found = []
for call in (lambda: nested.validate_python(endless), lambda: nested.validate_json("[" * 100_000)):
  try: call()
  except core.ValidationError as error: found.append(error.errors()[0]["type"])
try: core.to_json(endless)
except ValueError as error: found.append("circular" if "Circular reference" in str(error) else str(error))
return " ".join(found)`,
      ),
      "recursion_loop json_invalid circular",
    );
  });

  test("a panic is an exception, 500 times, and the library goes on", () => {
    errors.length = 0;
    // PyO3's loop over a dict panics when the dict grows under it.
    const found = run(
      py,
      `${SETUP}
grown = dict.fromkeys(range(5))
def grow(value):
  grown[len(grown)] = None
validator = core.SchemaValidator(schema.dict_schema(values_schema=schema.no_info_plain_validator_function(grow)))
found = set()
for _ in range(500):
  try: validator.validate_python(grown)
  except BaseException as error: found.add((type(error).__name__, isinstance(error, Exception), str(error)))
assert core.SchemaValidator(schema.int_schema()).validate_python("3") == 3
return repr(found)`,
    );
    assert.equal(found, "{('PanicException', False, 'dictionary changed size during iteration')}");
    assert.equal(errors.filter((line) => line.includes("panicked at")).length, 500);
    assert.equal(py.runPython("1 + 1"), 2);
  });

  test("a panic that nobody catches is a PythonError of its type", () => {
    assert.throws(
      () =>
        run(
          py,
          `${SETUP}
grown = {0: 0, 1: 1}
grow = schema.no_info_plain_validator_function(lambda value: grown.update({len(grown): value}))
core.SchemaValidator(schema.dict_schema(values_schema=grow)).validate_python(grown)`,
        ),
      { type: "PanicException" },
    );
  });
});

describe("wheels in three languages, in one Python", () => {
  test("exceptions and panics pass through each other's frames", async () => {
    const py = await withWheels([Z3, TYPING_EXTENSIONS, MSGSPEC, PYDANTIC_CORE]);
    assert.equal(
      run(
        py,
        `
import msgspec, pydantic_core as core, z3
from pydantic_core import core_schema as schema
grown = {1: 1}
def panic(value):
  grow = schema.no_info_plain_validator_function(lambda value: grown.update({len(grown) + 1: 1}))
  core.SchemaValidator(schema.dict_schema(values_schema=grow)).validate_python(grown)
def throw(value):
  z3.parse_smt2_string("(")
def called_by_rust(function):
  core.SchemaValidator(schema.no_info_plain_validator_function(function)).validate_python(1)
def called_by_c(function):
  msgspec.json.encode(object(), enc_hook=function)
found = []
for outer in (called_by_c, called_by_rust):
  for inner in (throw, panic, lambda value: called_by_c(throw), lambda value: called_by_rust(panic)):
    try: outer(inner)
    except BaseException as error: found.append(type(error).__name__)
return " ".join(found)`,
      ),
      Array(2).fill("Z3Exception PanicException Z3Exception PanicException").join(" "),
    );
  });
});

describe("wheels that are refused", () => {
  const bytes = readFileSync(MSGSPEC);
  const name = basename(MSGSPEC);
  let py;
  let server;
  let url;
  /** What the server has, by name, and what it was asked for. */
  const files = new Map();
  const requests = [];

  before(async () => {
    server = createServer((request, response) => {
      const file = request.url.slice(1);
      requests.push(file);
      const data = files.get(file);
      if (data) {
        response.end(data);
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${server.address().port}/`;
    const digest = createHash("sha256").update(bytes).digest("hex");
    const locked = (sha256) => ({
      name: "msgspec",
      version: "0",
      file_name: name,
      install_dir: "site",
      sha256,
      package_type: "package",
      imports: ["msgspec"],
      depends: [],
    });
    py = await loadTerrarium({
      lockFileContents: {
        info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten", python: "3.14" },
        packages: { wrong: { ...locked("0".repeat(64)), name: "wrong" }, right: { ...locked(digest), name: "right" } },
      },
      packageBaseUrl: url,
    });
  });
  after(() => server.close());

  /** Loading fails with this message, and leaves nothing. */
  async function refuses(what, message) {
    const before = installed(py);
    const loaded = { ...py.loadedPackages };
    await assert.rejects(py.loadPackage(what, quiet), message);
    assert.equal(installed(py), before);
    assert.deepEqual({ ...py.loadedPackages }, loaded);
  }

  test("for another platform, or another version of this one: says what it is for and what this is", async () => {
    requests.length = 0;
    for (const tags of [
      "cp314-cp314-manylinux_2_17_x86_64.manylinux2014_x86_64",
      "cp314-cp314-macosx_11_0_arm64",
      "cp312-cp312-pyodide_2024_0_wasm32",
      "cp313-cp313-pyemscripten_2025_0_wasm32",
      "cp314-cp314-emscripten_5_0_3_wasm32",
    ]) {
      const file = `msgspec-0.22.0-${tags}.whl`;
      const platform = tags.split("-")[2];
      await refuses(
        url + file,
        new RegExp(
          `^PythonError: ValueError: ${file} is for ${platform}: this is pyemscripten_2026_0_wasm32; [^.]*\\n?$`,
        ),
      );
    }
    assert.deepEqual(requests, [], "nothing is fetched for that");
  });

  test("for another Python: says for which, and which this is", async () => {
    await refuses(
      `${url}msgspec-0.22.0-cp315-cp315-pyemscripten_2026_0_wasm32.whl`,
      /is for the Python cp315 and its ABI [a-z0-9]+: this is cp314; find a wheel for that/,
    );
  });

  test("cut off, damaged, or with a hash that is not the lock file's", async () => {
    for (const size of [bytes.length - 1, bytes.length >> 1, 10, 0]) {
      files.set(name, bytes.subarray(0, size));
      await refuses(url + name, /is no whole zip file .*: nothing was installed; fetch it again/);
    }
    // In the middle of the library.
    const damaged = Buffer.from(bytes);
    damaged[bytes.length >> 1] ^= 1;
    files.set(name, damaged);
    await refuses(url + name, /_core\..*\.so' in .* is damaged: nothing was installed; fetch the file again/);
    await refuses("right", /has the SHA-256 [0-9a-f]{64}, not [0-9a-f]{64} as the lock file says/);
    files.set(name, bytes);
    await refuses("wrong", new RegExp(`has the SHA-256 [0-9a-f]{64}, not ${"0".repeat(64)} as the lock file says`));
    files.delete(name);
    await refuses(url + name, /404/);
  });

  test("after all that, the whole one loads, over HTTP", async () => {
    files.set(name, bytes);
    assert.deepEqual(
      (await py.loadPackage("right", quiet)).map((each) => each.name),
      ["right"],
    );
    assert.equal(run(py, "import msgspec\nreturn msgspec.json.decode(b'[6, 7]')[1]"), 7);
  });
});

describe("libraries in wheels", () => {
  const leb = (number) => (number < 128 ? [number] : [(number & 127) | 128, ...leb(number >>> 7)]);
  const vector = (items) => [...leb(items.length), ...items.flat()];
  const sized = (id, bytes) => [id, ...leb(bytes.length), ...bytes];
  const string = (text) => sized([], [...Buffer.from(text)]).flat();

  /**
   * A shared library with one function `() -> int`: without `calls` it counts, else it calls that function of `needs`,
   * which is found along `runPath`.
   */
  function library({ exports, calls, needs, runPath }) {
    const memory = sized(1, [0, 0, 0, 0]);
    const needed = needs ? [...sized(2, vector([string(needs)])), ...sized(5, vector([string(runPath)]))] : [];
    // global.get 0; i32.const 1; i32.add; global.set 0; global.get 0
    const body = [0, ...(calls ? [0x10, 0] : [0x23, 0, 0x41, 1, 0x6a, 0x24, 0, 0x23, 0]), 0x0b];
    return new Uint8Array([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...sized(0, [...string("dylink.0"), ...memory, ...needed]),
      ...sized(1, vector([[0x60, 0, 1, 0x7f]])),
      ...(calls ? sized(2, vector([[...string("env"), ...string(calls), 0, 0]])) : []),
      ...sized(3, vector([[0]])),
      ...(calls ? [] : sized(6, vector([[0x7f, 1, 0x41, 0, 0x0b]]))),
      ...sized(7, vector([[...string(exports), 0, calls ? 1 : 0]])),
      ...sized(10, vector([sized([], body).flat()])),
    ]);
  }

  /** The address of a wheel with these files. */
  function makeWheel(py, name, files) {
    const globals = py.toPy({ files });
    const data = py.runPython(
      `
import io, zipfile
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w") as archive:
  for name, content in files.items():
    archive.writestr(name, bytes(content))
buffer.getvalue()`,
      { globals },
    );
    globals.destroy();
    const path = join(folder, `${name}-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl`);
    writeFileSync(path, data.toJs());
    data.destroy();
    return pathToFileURL(path).href;
  }

  test("what several modules need is there once, whatever path leads to it", async () => {
    const py = await loadTerrarium();
    const files = {
      "shared/_a.so": library({
        exports: "a",
        calls: "count",
        needs: "libcount.so",
        runPath: "$ORIGIN/../shared.libs",
      }),
      "shared/deep/_b.so": library({
        exports: "b",
        calls: "count",
        needs: "libcount.so",
        runPath: "$ORIGIN/../../shared.libs",
      }),
      "shared.libs/libcount.so": library({ exports: "count" }),
    };
    await py.loadPackage(makeWheel(py, "shared", files), quiet);
    assert.equal(
      run(
        py,
        `
import ctypes
a, b, c = (ctypes.CDLL(f"${SITE}/{name}") for name in ("shared/_a.so", "shared/deep/_b.so", "shared.libs/libcount.so"))
return str([a.a(), b.b(), c.count(), a.a()])`,
      ),
      "[1, 2, 3, 4]",
    );
  });

  test("one that is none is named, the second time too", async () => {
    const py = await loadTerrarium();
    const missing = library({ exports: "a", calls: "count", needs: "libnone.so", runPath: "$ORIGIN" });
    for (const [name, content, reason] of [
      ["elf", new Uint8Array(Buffer.from("\x7fELF".padEnd(64, "\0"), "latin1")), "magic number"],
      ["plain", new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), "dylink"],
      ["lost", missing, "libnone\\.so"],
    ]) {
      const address = makeWheel(py, name, { [`${name}/_x.so`]: content });
      const message = new RegExp(
        `^${SITE}/${name}/_x\\.so cannot be loaded \\(.*${reason}.*\\): find a wheel for pyemscripten_2026_0_wasm32$`,
      );
      for (let time = 0; time < 2; time++) {
        await assert.rejects(py.loadPackage(address, quiet), { message });
      }
      assert.ok(!(name in py.loadedPackages));
      assert.equal(installed(py), "");
    }
    assert.equal(py.runPython("1 + 1"), 2);
  });

  test("of a wheel with a broken one nothing stays, and a good one of the same name installs", async () => {
    const py = await loadTerrarium();
    await py.loadPackage(makeWheel(py, "earlier", { "common.py": Buffer.from("text = 'earlier'") }), quiet);
    const before = installed(py);
    const files = (exports, last) => ({
      "common.py": Buffer.from(`text = '${exports}'`),
      "mended-1.0.dist-info/METADATA": Buffer.from("Name: mended\nVersion: 1.0\n"),
      "mended/__init__.py": Buffer.from(""),
      // Loaded before the broken one, with another that it needs.
      "mended/deep/_a.so": library({
        exports,
        calls: "count",
        needs: "libcount.so",
        runPath: "$ORIGIN/../../mended.libs",
      }),
      "mended/deep/_b.so": last,
      "mended.libs/libcount.so": library({ exports: "count" }),
    });
    const bad = makeWheel(py, "mended", files("bad", new Uint8Array(64)));
    for (let time = 0; time < 2; time++) {
      await assert.rejects(py.loadPackage(bad, quiet), {
        message: /mended\/deep\/_b\.so cannot be loaded \(.*magic number/,
      });
      assert.equal(installed(py), before);
      assert.deepEqual(Object.keys(py.loadedPackages), ["earlier"]);
    }
    assert.equal(
      run(
        py,
        `
import common, importlib.metadata, importlib.util
assert importlib.util.find_spec("mended") is None
try: importlib.metadata.version("mended")
except importlib.metadata.PackageNotFoundError: return common.text`,
      ),
      "earlier",
    );
    await py.loadPackage(makeWheel(py, "mended", files("good", library({ exports: "b" }))), quiet);
    assert.equal(
      run(
        py,
        `
import ctypes, importlib, importlib.metadata, common, mended
assert importlib.reload(common).text == "good"
assert importlib.metadata.version("mended") == "1.0"
a = ctypes.CDLL("${SITE}/mended/deep/_a.so")
assert not hasattr(a, "bad")
return str([a.good(), a.good(), ctypes.CDLL("${SITE}/mended/deep/_b.so").b()])`,
      ),
      "[1, 2, 1]",
    );
  });

  test("of a wheel that cannot be unpacked to its end nothing stays", async () => {
    const py = await loadTerrarium();
    // A file that would be a folder, too.
    const files = { "half/a.py": Buffer.from("x"), "half/b": Buffer.from("x"), "half/b/c": Buffer.from("x") };
    await assert.rejects(py.loadPackage(makeWheel(py, "half", files), quiet), {
      type: /FileExistsError|NotADirectoryError/,
    });
    assert.equal(installed(py), "");
  });
});
