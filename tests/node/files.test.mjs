/** Python's file system, and the host's in it. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { loadTerrarium } from "./support.mjs";

const folder = mkdtempSync(join(tmpdir(), "terrarium-"));
after(() => rmSync(folder, { recursive: true }));

describe("files", async () => {
  const py = await loadTerrarium({ env: { HOME: "/home/me", MINE: "5" } });

  test("HOME is where Python starts, and the environment is what was given", () => {
    assert.equal(py.runPython("import os; os.getcwd()"), "/home/me");
    assert.equal(py.runPython("os.environ['MINE']"), "5");
  });

  test("FS and Python see the same files", () => {
    py.FS.writeFile("/home/me/a.txt", "hello");
    assert.equal(py.runPython("open('a.txt').read()"), "hello");
    py.runPython("open('/tmp/b', 'wb').write(bytes([1, 2]))");
    assert.deepEqual(py.FS.readFile("/tmp/b"), Uint8Array.of(1, 2));
  });

  test("a folder of the host is mounted", () => {
    writeFileSync(join(folder, "in.txt"), "from the host");
    py.mountNodeFS("/host", folder);
    assert.equal(py.runPython("open('/host/in.txt').read()"), "from the host");
    py.runPython("open('/host/out.txt', 'w').write('from Python')");
    assert.equal(readFileSync(join(folder, "out.txt"), "utf8"), "from Python");
    assert.throws(() => py.mountNodeFS("relative", folder), /absolute/);
    assert.throws(() => py.mountNodeFS("/lib", folder), /not empty/);
  });

  test("modules are imported from the current folder", () => {
    py.FS.writeFile("/home/me/mine.py", "x = 7");
    assert.equal(py.runPython("import mine; mine.x"), 7);
  });

  test("archives are unpacked, those with files outside are refused", () => {
    const zip = (name) =>
      py
        .runPython(
          `import io, zipfile\nb = io.BytesIO()\nwith zipfile.ZipFile(b, 'w') as z: z.writestr('${name}', 'x')\nb.getvalue()`,
        )
        .toJs();
    py.unpackArchive(zip("a/b.txt"), "zip", { extractDir: "/tmp/unpacked" });
    assert.equal(py.runPython("open('/tmp/unpacked/a/b.txt').read()"), "x");
    assert.throws(() => py.unpackArchive(zip("../outside.txt"), "zip", { extractDir: "/tmp/unpacked" }), /outside of/);
    assert.equal(py.FS.analyzePath("/tmp/outside.txt").exists, false);
    assert.throws(() => py.unpackArchive(zip("a"), "rar"), /Unknown archive format/);
  });
});
