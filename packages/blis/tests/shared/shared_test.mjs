// Both builds of the shared BLAS load into a program and work, and each is for the engines that it is said to be for.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";

const { default: createLoader } = await import(`${process.env.LOADER}`);

const BUILDS = { simd128: process.env.BLAS_SIMD128, relaxed: process.env.BLAS_RELAXED };

// A function of the instruction f32x4.relaxed_madd alone: what a loader asks the engine about, with WebAssembly.validate.
const PROBE = new Uint8Array([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7b, 0x7b, 0x7b, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x01, 0x20, 0x02, 0xfd, 0x85, 0x02, 0x0b],
]);

// How often an instruction's opcode is in a file. By chance, three bytes are once in 16 MB.
function count(bytes, opcode) {
  let found = 0;
  for (let i = bytes.indexOf(opcode); i !== -1; i = bytes.indexOf(opcode, i + 1)) found++;
  return found;
}

const RELAXED_MADD_S = Buffer.from([0xfd, 0x85, 0x02]);
const RELAXED_MADD_D = Buffer.from([0xfd, 0x87, 0x02]);

async function open(build) {
  const loader = await createLoader();
  loader.FS.writeFile("/libblas.so", fs.readFileSync(BUILDS[build]));
  const library = loader.ccall("loader_open", "number", ["string"], ["/libblas.so"]);
  assert.notEqual(library, 0);
  return { loader, library };
}

test("this engine has relaxed SIMD, as the probe for it finds out", () => {
  assert.equal(WebAssembly.validate(PROBE), true);
});

test("only one of the builds has instructions of relaxed SIMD", () => {
  for (const opcode of [RELAXED_MADD_S, RELAXED_MADD_D]) {
    assert.equal(count(fs.readFileSync(BUILDS.simd128), opcode), 0);
    assert.ok(count(fs.readFileSync(BUILDS.relaxed), opcode) > 100);
  }
});

for (const build of Object.keys(BUILDS)) {
  test(`${build}: matrices are multiplied`, async () => {
    const { loader, library } = await open(build);
    const error = loader.ccall("loader_multiply", "number", ["number"], [library]);
    assert.ok(error >= 0 && error < 1, `error ${error}`);
  });

  test(`${build}: complex results come as C's do`, async () => {
    const { loader, library } = await open(build);
    assert.equal(loader.ccall("loader_length", "number", ["number"], [library]), 5);
  });

  test(`${build}: what LAPACK and CBLAS name is there`, async () => {
    const { loader, library } = await open(build);
    for (const name of ["zgemmtr_", "csrot_", "cblas_zrotg", "cblas_dgemm", "dnrm2_", "ztpsv_"])
      assert.equal(loader.ccall("loader_has", "number", ["number", "string"], [library, name]), 1, name);
  });
}
