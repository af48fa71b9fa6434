/** Folders of the File System API. The origin's own one stands for those that a user would choose. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inPython } from "./support.mjs";

/**
 * In the page: `folder`, a handle; `tree(handle)`, what is in it; `put(path, text)`; `native`, what mountNativeFS gave.
 *
 * @param {import("playwright-core").Page} page
 */
function prepare(page) {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    globalThis.folder = await root.getDirectoryHandle("chosen", { create: true });
    globalThis.put = async (path, text) => {
      const parts = path.split("/");
      const name = parts.pop();
      let handle = globalThis.folder;
      for (const part of parts) {
        handle = await handle.getDirectoryHandle(part, { create: true });
      }
      const writer = await (await handle.getFileHandle(name, { create: true })).createWritable();
      await writer.write(text);
      await writer.close();
    };
    globalThis.tree = async (handle = globalThis.folder) => {
      const entries = {};
      for await (const [name, child] of handle.entries()) {
        entries[name] = child.kind === "file" ? await (await child.getFile()).text() : await globalThis.tree(child);
      }
      return entries;
    };
    await globalThis.put("note.txt", "ünïcödé");
    await globalThis.put("a/b/deep.txt", "deep");
  });
}

test(
  "a folder is seen by Python, and gets what Python changes at syncfs()",
  inPython(async ({ page }) => {
    await prepare(page);
    const result = await page.evaluate(async () => {
      const { folder, py, tree } = globalThis;
      const native = await py.mountNativeFS("/mnt/chosen", folder);
      const read = py.runPython(`
        import os
        from pathlib import Path
        root = Path("/mnt/chosen")
        repr([(root / "note.txt").read_text(), (root / "a/b/deep.txt").read_text()])`);
      py.runPython(`
        (root / "note.txt").write_text("changed")
        (root / "a/b/deep.txt").unlink()
        (root / "a/b").rmdir()
        (root / "new/empty").mkdir(parents=True)
        (root / "new/file.bin").write_bytes(b"xyz")`);
      const before = await tree();
      await native.syncfs();
      const after = await tree();
      // Again in the same millisecond, and of the same size.
      py.runPython(`(root / "note.txt").write_text("CHANGED")`);
      await native.syncfs();
      // What is a file now was a folder.
      py.runPython(`import shutil; shutil.rmtree(root / "new"); (root / "new").write_text("file")`);
      await native.syncfs();
      return { read, before, after, last: await tree() };
    });
    assert.deepEqual(result, {
      read: "['ünïcödé', 'deep']",
      before: { "note.txt": "ünïcödé", a: { b: { "deep.txt": "deep" } } },
      after: { "note.txt": "changed", a: {}, new: { empty: {}, "file.bin": "xyz" } },
      last: { "note.txt": "CHANGED", a: {}, new: "file" },
    });
  }),
);

test(
  "what others do in the folder stays, and reaches Python at FS.syncfs(true)",
  inPython(async ({ page }) => {
    await prepare(page);
    const result = await page.evaluate(async () => {
      const { folder, py, put, tree } = globalThis;
      const native = await py.mountNativeFS("/chosen", folder);
      await put("others.txt", "of others");
      await put("a/b/others.txt", "of others");
      await put("note.txt", "newer");
      py.runPython(`import os, shutil; shutil.rmtree("/chosen/a"); open("/chosen/mine.txt", "w").write("mine")`);
      await native.syncfs();
      const written = await tree();
      await new Promise((resolve, reject) =>
        py.FS.syncfs(true, (error) => {
          error ? reject(error) : resolve();
        }),
      );
      const seen = py.runPython(`
        repr({os.path.join(at, name)[8:]: open(os.path.join(at, name)).read()
              for at, _, names in os.walk("/chosen") for name in sorted(names)})`);
      await folder.removeEntry("note.txt");
      await new Promise((resolve) => py.FS.syncfs(true, resolve));
      return { written, seen, gone: !py.FS.analyzePath("/chosen/note.txt").exists };
    });
    assert.deepEqual(result, {
      written: {
        "note.txt": "newer",
        "others.txt": "of others",
        "mine.txt": "mine",
        a: { b: { "others.txt": "of others" } },
      },
      seen: "{'mine.txt': 'mine', 'note.txt': 'newer', 'others.txt': 'of others', 'a/b/others.txt': 'of others'}",
      gone: true,
    });
  }),
);

test(
  "what cannot be mounted or synchronized is an error, after which things are as they were",
  inPython(async ({ page }) => {
    await prepare(page);
    const errors = await page.evaluate(async () => {
      const { folder, py, put, tree } = globalThis;
      const message = (promise) => promise.then(() => "no error", String);
      const file = await folder.getFileHandle("note.txt");
      const wrong = [
        await message(py.mountNativeFS("/file", file)),
        await message(py.mountNativeFS("relative", folder)),
        await message(py.mountNativeFS("/lib", folder)),
      ];
      const native = await py.mountNativeFS("/chosen", folder);
      wrong.push(await message(py.mountNativeFS("/chosen", folder)));
      py.runPython(`import os; os.symlink("note.txt", "/chosen/link"); open("/chosen/more", "w").close()`);
      wrong.push(await message(native.syncfs()));
      py.runPython(`os.unlink("/chosen/link"); open("/chosen/other", "w").close()`);
      // Somebody else has made a folder where Python has a file.
      await put("other/file", "");
      wrong.push(await message(native.syncfs()));
      await folder.removeEntry("other", { recursive: true });
      await native.syncfs();
      return [wrong, Object.keys(await tree()).sort()];
    });
    const [wrong, names] = errors;
    const expected = [
      /TypeError: .*FileSystemDirectoryHandle/,
      /must be absolute/,
      /not empty/,
      /FS\.unmount/,
      /\/chosen\/link is no file and no folder.*delete it/,
      /Cannot write \/chosen\/other to the folder that is mounted at \/chosen: TypeMismatchError/,
    ];
    assert.equal(wrong.length, expected.length);
    for (const [index, pattern] of expected.entries()) {
      assert.match(wrong[index], pattern);
    }
    assert.deepEqual(names, ["a", "more", "note.txt", "other"]);
  }),
);
