/** Python's file system, and the host's in it. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { runInNewContext } from "node:vm";
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
    assert.throws(() => py.mountNodeFS("/host", folder), /FS\.unmount/);
    assert.throws(() => py.mountNodeFS("/other", join(folder, "none")), /no such folder/);
    assert.throws(() => py.mountNodeFS("/other", join(folder, "in.txt")), /is a file/);
    py.mountNodeFS("/other", mkdtempSync(join(folder, "empty-")));
    assert.throws(() => py.mountNodeFS("/other", folder), /FS\.unmount/);
  });

  test("what JavaScript makes in a mounted folder has the mode that the process's umask leaves", () => {
    const before = process.umask(0o27);
    process.umask(before);
    py.mountNodeFS("/modes", mkdtempSync(join(folder, "modes-")));
    const mode = (path) => py.FS.stat(path).mode & 0o777;
    py.FS.writeFile("/modes/a", "");
    py.FS.mkdirTree("/modes/b/c");
    assert.equal(mode("/modes/a"), 0o666 & ~before);
    assert.equal(mode("/modes/b/c"), 0o777 & ~before);
    // Python's own umask is none of the process's business.
    assert.equal(py.runPython("os.umask(0o077)"), before);
    py.runPython("open('/modes/d', 'w').close()");
    py.FS.mkdir("/modes/e");
    assert.deepEqual([mode("/modes/d"), mode("/modes/e")], [0o600, 0o700]);
    py.runPython("os.umask(0); os.mkdir('/modes/f')");
    assert.equal(mode("/modes/f"), 0o777);
    py.runPython("os.chmod('/modes/f', 0o2777); os.mkdir('/modes/f/g'); os.umask(0o70); os.mkdir('/modes/f/h')");
    assert.deepEqual(
      ["g", "h"].map((name) => (py.FS.stat(`/modes/f/${name}`).mode & 0o7777).toString(8)),
      ["2777", "2707"],
    );
    assert.equal(process.umask(), before);
    py.runPython(`os.umask(${before})`);
  });

  test("modules are imported from the current folder, and leave no bytecode there", () => {
    py.FS.writeFile("/home/me/mine.py", "x = 7");
    assert.equal(py.runPython("import mine; mine.x"), 7);
    assert.equal(py.FS.analyzePath("/home/me/__pycache__").exists, false);
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
    assert.throws(() => py.unpackArchive("text", "zip"), /ArrayBuffer/);
    // As of another frame, or of a test runner that has a realm for each file.
    const foreign = runInNewContext("new Uint8Array(bytes).buffer", { bytes: [...zip("c.txt")] });
    assert.equal(foreign instanceof ArrayBuffer, false);
    py.unpackArchive(foreign, "zip", { extractDir: "/tmp/unpacked" });
    assert.equal(py.FS.analyzePath("/tmp/unpacked/c.txt").exists, true);
  });
});
