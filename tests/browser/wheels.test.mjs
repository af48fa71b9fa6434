/**
 * Extension modules that others published, in a page, which may not compile anything large while it waits: Z3 is a
 * library of 20 MB in C++ for ctypes, pydantic-core is in Rust.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { inPython } from "./support.mjs";

/** The wheel that the variable of this name says. */
function wheel(/** @type {string} */ variable) {
  const path = process.env[variable];
  assert.ok(path, `set ${variable} to the path of the wheel: see BUILD.bazel`);
  return { name: basename(path), bytes: readFileSync(path) };
}

const Z3 = wheel("WHEEL_Z3");
const PYDANTIC = [wheel("WHEEL_TYPING_EXTENSIONS"), wheel("WHEEL_PYDANTIC_CORE")];

/**
 * Serves wheels to the page from its own site, and loads them.
 *
 * @param {import("./support.mjs").Fixture} fixture
 * @param {{ name: string, bytes: Buffer }[]} wheels
 */
async function load({ page, site }, wheels) {
  for (const { name, bytes } of wheels) {
    await page.route(`${site.url}wheels/${name}`, (route) =>
      route.fulfill({ body: bytes, contentType: "application/zip" }),
    );
  }
  const names = wheels.map(({ name }) => `./wheels/${name}`);
  const loaded = await page.evaluate(async (names) => {
    const loaded = await globalThis.py.loadPackage(names, { messageCallback: () => {} });
    return loaded.map((/** @type {{ fileName: string }} */ { fileName }) => fileName);
  }, names);
  assert.deepEqual(
    loaded,
    wheels.map(({ name }) => name),
  );
}

/**
 * @param {import("./support.mjs").Fixture} fixture
 * @param {string} code
 */
function run({ page }, code) {
  return page.evaluate((code) => globalThis.py.runPython(code), code);
}

test(
  "a large library in C++, its exceptions and its callbacks",
  inPython(async (fixture) => {
    await load(fixture, [Z3]);
    const found = await run(
      fixture,
      `
import z3
x, y = z3.Ints("x y")
solver = z3.Solver()
solver.add(x + y == 30, x - y == 12)
found = [str(solver.check()), str(solver.model()[x]), str(solver.model()[y])]
for i in range(50):
  try: z3.parse_smt2_string(f"(assert (unheard-of {i}))")
  except z3.Z3Exception as error: last = "unknown constant" in str(error)
class Watcher(z3.UserPropagateBase):
  def __init__(self, solver):
    super().__init__(solver)
    self.add_fixed(lambda term, value: found.append(f"{term}={value}"))
  def push(self): pass
  def pop(self, count): pass
  def fresh(self, context): return self
solver = z3.SimpleSolver()
watcher = Watcher(solver)
p = z3.Bool("p")
watcher.add(p)
solver.add(p)
found += [str(last), str(solver.check())]
" ".join(found)`,
    );
    assert.equal(found, "sat 21 9 p=True True sat");
  }),
);

test(
  "a module in Rust, its errors and its panics",
  inPython(async (fixture) => {
    await load(fixture, PYDANTIC);
    const found = await run(
      fixture,
      `
import pydantic_core as core
from pydantic_core import core_schema as schema
numbers = core.SchemaValidator(schema.list_schema(schema.int_schema()))
found = [sum(numbers.validate_json(core.to_json(list(range(1000)))))]
try: numbers.validate_json('[1, "x", {}]')
except core.ValidationError as error: found += [(e["loc"], e["type"]) for e in error.errors()]
grown = {0: 0, 1: 1}
grow = schema.no_info_plain_validator_function(lambda value: grown.update({len(grown): value}))
for i in range(50):
  try: core.SchemaValidator(schema.dict_schema(values_schema=grow)).validate_python(grown)
  except BaseException as error: last = type(error).__name__
repr([*found, last])`,
    );
    assert.equal(found, "[499500, ((1,), 'int_parsing'), ((2,), 'int_type'), 'PanicException']");
  }),
);
