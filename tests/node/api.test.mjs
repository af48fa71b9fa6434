/** The object that loadTerrarium gives, beside the one that Pyodide documents. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadTerrarium } from "./support.mjs";

/** What Pyodide 314 documents of its object. */
const DOCUMENTED = `
  ERRNO_CODES FS PATH canvas checkInterrupt ffi globals loadPackage loadPackagesFromImports loadedPackages lockfile
  lockfileBaseUrl makeMemorySnapshot mountNativeFS mountNodeFS pyimport pyodide_py registerComlink registerJsModule
  runPython runPythonAsync setDebug setInterruptBuffer setStderr setStdin setStdout toPy unpackArchive
  unregisterJsModule useNodeSockFS version`
  .trim()
  .split(/\s+/);

/** Of that, what is not there yet. */
const MISSING = ["canvas", "makeMemorySnapshot", "registerComlink", "setDebug", "useNodeSockFS"];

const CLASSES = `
  PyAsyncGenerator PyAsyncIterable PyAsyncIterator PyAwaitable PyBuffer PyBufferView PyCallable PyDict PyGenerator
  PyIterable PyIterator PyMutableSequence PyProxy PyProxyWithGet PyProxyWithHas PyProxyWithLength PyProxyWithSet
  PySequence PythonError`
  .trim()
  .split(/\s+/);

const py = await loadTerrarium();

describe("the interface", () => {
  test("has what Pyodide's has, but for what is listed here", () => {
    assert.deepEqual(
      DOCUMENTED.filter((name) => !(name in py)),
      MISSING,
    );
    assert.deepEqual(Object.keys(py.ffi).sort(), CLASSES);
  });

  test("has methods that need no object before them, also in Python", () => {
    const { runPython, toPy, checkInterrupt } = py;
    checkInterrupt();
    const list = toPy([1]);
    assert.equal(runPython("from pyodide_js import runPython, version; runPython('1 + 1')"), 2);
    assert.equal(list.type, "list");
    list.destroy();
  });

  test("knows its proxies and its classes", () => {
    const bytes = py.runPython("bytearray(b'ab')");
    const view = bytes.getBuffer();
    assert.ok(view instanceof py.ffi.PyBufferView);
    assert.ok(bytes instanceof py.ffi.PyBuffer && !(bytes instanceof py.ffi.PyDict));
    assert.deepEqual([py.isPyProxy(bytes), py.isPyProxy({}), py.isPyProxy(null)], [true, false, false]);
    view.release();
    bytes.destroy();
  });
});

describe("runPython", () => {
  test("runs in the locals that it is given", () => {
    const [globals, locals] = [py.toPy({ a: 1 }), py.toPy({ b: 4 })];
    assert.equal(py.runPython("c = a + b; c", { globals, locals }), 5);
    assert.deepEqual([globals.has("c"), locals.get("c")], [false, 5]);
    globals.destroy();
    locals.destroy();
  });

  test("leaves white space in its place without dedent", () => {
    assert.throws(() => py.runPython("  1 + 1", { dedent: false }), { type: "IndentationError" });
    assert.equal(py.runPython("  1 + 1", { dedent: true }), 2);
  });

  test("shows lines of the code when it has a file name", () => {
    assert.throws(() => py.runPython("x = 0\n1 / x", { filename: "mine.py" }), {
      message: /File "mine\.py", line 2, in <module>\n {4}1 \/ x\n/,
    });
    assert.throws(() => py.runPython("1/0", { filename: "<mine>" }), { message: /File "<mine>", line 1/ });
  });

  test("refuses what is no code", async () => {
    assert.throws(() => py.runPython(5), { type: "TypeError" });
    await assert.rejects(py.runPythonAsync(undefined), { type: "TypeError" });
  });
});

describe("toPy", () => {
  const repr = (...args) => {
    const value = py.toPy(...args);
    const show = py.runPython("lambda x: repr(x)");
    try {
      return show(value);
    } finally {
      value.destroy();
      show.destroy();
    }
  };

  test("gives back what has no other form in Python, and proxies of Python", () => {
    const dict = py.runPython("{}");
    for (const value of [undefined, null, true, 1, 10n, "a", dict, Symbol("s"), new Date(0)]) {
      assert.equal(py.toPy(value), value);
    }
    dict.destroy();
  });

  test("goes as deep as it is told", () => {
    const value = [1, [2, { a: 3 }]];
    assert.equal(repr(value), "[1, [2, {'a': 3}]]");
    assert.equal(repr(value, { depth: 1 }), "[1, 2,[object Object]]");
    assert.equal(py.toPy(value, { depth: 0 }), value);
  });

  test("asks the default converter about the rest", () => {
    const defaultConverter = (value, convert, cache) => {
      const result = convert([value.getTime()]);
      cache(value, result);
      return result;
    };
    const date = new Date(7);
    assert.equal(repr([date, date], { defaultConverter }), "[[7], [7]]");
    const throws = () => {
      throw new RangeError("no");
    };
    assert.throws(() => py.toPy([date], { defaultConverter: throws }), { name: "RangeError", message: "no" });
  });
});

describe("interrupts", () => {
  test("are taken out of the buffer, by checkInterrupt and by running code", () => {
    for (const buffer of [new Uint8Array(1), new Int32Array(new SharedArrayBuffer(4))]) {
      py.setInterruptBuffer(buffer);
      buffer[0] = 2;
      assert.throws(() => py.checkInterrupt(), { type: "KeyboardInterrupt" });
      assert.equal(buffer[0], 0);
      py.checkInterrupt();
      buffer[0] = 2;
      assert.throws(() => py.runPython("while True: pass"), { type: "KeyboardInterrupt" });
      assert.equal(buffer[0], 0);
    }
    py.setInterruptBuffer();
    py.checkInterrupt();
  });

  test("can be other signals, which call Python's handlers", () => {
    const buffer = new Uint8Array(1);
    py.setInterruptBuffer(buffer);
    py.runPython("import signal; got = []; signal.signal(signal.SIGUSR1, lambda number, frame: got.append(number))");
    buffer[0] = py.runPython("int(signal.SIGUSR1)");
    py.runPython("for i in range(100_000): pass");
    assert.equal(py.runPython("got == [signal.SIGUSR1]"), true);
    py.setInterruptBuffer(undefined);
  });
});

describe("JavaScript modules", () => {
  test("can be replaced, and need a name and an object", () => {
    py.registerJsModule("replaced", { x: 1 });
    assert.equal(py.runPython("import replaced; replaced.x"), 1);
    py.registerJsModule("replaced", { x: 2 });
    assert.equal(py.runPython("import sys; del sys.modules['replaced']; import replaced; replaced.x"), 2);
    py.unregisterJsModule("replaced");
    assert.throws(() => py.unregisterJsModule("replaced"), { type: "ValueError", message: /no JavaScript module/ });
    assert.throws(() => py.registerJsModule(5, {}), { type: "TypeError" });
    assert.throws(() => py.registerJsModule("name", 5), { type: "TypeError" });
  });
});

describe("packages", () => {
  test("are in the lock file, and none is loaded", () => {
    assert.equal(typeof py.lockfile.info.python, "string");
    assert.deepEqual(py.loadedPackages, {});
    assert.ok(new URL(py.lockfileBaseUrl));
  });

  test("a lock file that is not there is no obstacle until a package is asked for", async () => {
    const without = await loadTerrarium({ lockFileURL: "file:///no/such/lock.json" });
    assert.equal(without.lockfile, undefined);
    assert.equal(without.runPython("1 + 1"), 2);
    await assert.rejects(without.loadPackage("some", { errorCallback() {} }), /lockFileURL/);
  });
});
