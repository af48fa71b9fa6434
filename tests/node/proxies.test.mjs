/** How long proxies live, and how their functions are called. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { loadTerrarium } from "./support.mjs";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

const py = await loadTerrarium();

/** Lets timers, promises and the registry of what is garbage have their turn. */
async function aWhile() {
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    gc();
  }
}

describe("functions", () => {
  test("bind() as JavaScript has it, and with what it is made of garbage", async () => {
    const bound = py.runPython("lambda *args, **kwargs: [args, kwargs]").bind(null, 1);
    const twice = bound.bind("this", 2);
    const copy = twice.captureThis().copy();
    await aWhile();
    assert.deepEqual(twice(3).toJs(), [[1, 2, 3], {}]);
    assert.deepEqual(twice.callRelaxed(3).toJs(), [[1, 2, 3], {}]);
    assert.deepEqual(twice.callKwargs(3, { k: 4 }).toJs(), [[1, 2, 3], { k: 4 }]);
    assert.deepEqual(copy.call("ignored", 3).toJs(), [[null, 1, 2, 3], {}]);
    bound.destroy();
    assert.throws(() => twice(3), /Object has already been destroyed/);
    assert.deepEqual(copy(4).toJs(), [[null, 1, 2, 4], {}]);
  });

  test("capture_this, with what it is made of garbage", async () => {
    globalThis.captured = { name: "it" };
    py.runPython(`
      from js import captured
      from pyodide.ffi import create_proxy
      captured.method = create_proxy(lambda self, x: f"{self.name} {x}", capture_this=True)`);
    await aWhile();
    assert.equal(globalThis.captured.method(1), "it 1");
  });

  test("a function that is async runs, whether JavaScript waits for it or not", async () => {
    const ran = py.runPython(`
      from js import setTimeout
      from pyodide.ffi import create_proxy
      ran = []
      async def later(*args):
          ran.append(args)
          return len(args)
      class Handler:
          async def handle(self): ran.append("method")
      setTimeout(create_proxy(later), 1, 1, 2)
      setTimeout(create_proxy(Handler().handle), 1)
      ran`);
    while (ran.length < 2) {
      await aWhile();
    }
    assert.deepEqual(ran.toJs(), [[1, 2], "method"]);
    assert.equal(await py.globals.get("later")(5, 6, 7), 3, "and once when it does");
    assert.equal(ran.length, 3);
    const factory = py.runPython("def factory(): return later()\nfactory");
    const coroutine = factory();
    await aWhile();
    assert.equal(ran.length, 3, "what a plain function gives is for its caller to run");
    assert.equal(await coroutine, 0);
  });
});

describe("create_proxy()", () => {
  test("gives what stays a proxy when Python gets it back, unless it is told otherwise", () => {
    globalThis.held = {};
    py.runPython(`
      from js import held
      from pyodide.ffi import JsDoubleProxy, create_proxy
      value = [1]
      held.kept, held.plain = create_proxy(value), create_proxy(value, roundtrip=False)
      assert held.plain is value
      assert isinstance(held.kept, JsDoubleProxy) and held.kept.unwrap() is value`);
    globalThis.held.kept.destroy({ destroyRoundtrip: false });
    assert.equal(globalThis.held.kept.length, 1);
    py.runPython("held.kept.destroy()");
    assert.throws(() => globalThis.held.kept.length, /Object has already been destroyed/);
    globalThis.held.plain.destroy({ destroyRoundtrip: false });
    assert.throws(() => globalThis.held.plain.length, /Object has already been destroyed/);
  });
});

describe("arguments of a call from Python", () => {
  test("live until a generator is over", async () => {
    globalThis.each = function* (items) {
      for (const item of items) {
        yield item;
      }
    };
    globalThis.eachLater = async function* (items) {
      yield* items;
    };
    globalThis.gone = (items) => {
      globalThis.items = items;
      return globalThis.each(items);
    };
    const code = `
      from js import each, eachLater, gone
      assert list(each([1, 2, 3])) == [1, 2, 3]
      [x async for x in eachLater([4, 5])]`;
    assert.deepEqual((await py.runPythonAsync(code)).toJs(), [4, 5]);
    py.runPython("g = gone([1, 2]); next(g); g.close()");
    assert.throws(() => globalThis.items.length, /This borrowed proxy was automatically destroyed/);
  });

  test("do not start what is like a promise", async () => {
    let started = 0;
    globalThis.lazy = () => ({
      // biome-ignore lint/suspicious/noThenProperty: such things are what is tested
      then(done) {
        started++;
        done(7);
      },
    });
    assert.equal(await py.runPythonAsync("from js import lazy\nawait lazy([1])"), 7);
    assert.equal(started, 1);
    globalThis.fail = async () => {
      throw new Error("as it fails");
    };
    await assert.rejects(py.runPythonAsync("from js import fail\nawait fail([1])"), /as it fails/);
  });
});

describe("generators of JavaScript", () => {
  test("are resumed with an exception, and closed", () => {
    globalThis.generate = function* () {
      try {
        yield 1;
        yield 2;
      } catch (error) {
        yield error;
      } finally {
        yield* this?.stubborn ? [3] : [];
      }
    };
    py.runPython(`
      from js import generate
      generator = generate()
      assert next(generator) == 1
      error = ValueError("x")
      assert "ValueError: x" in str(generator.throw(error))
      assert generator.close() is None and list(generator) == []
      fresh = generate()
      for thrown in (error, ValueError):
          try:
              fresh.throw(thrown)
          except ValueError as caught:
              assert caught is error or thrown is ValueError
          else:
              raise AssertionError(thrown)
      try:
          fresh.throw(5)
      except TypeError as caught:
          assert "deriving from BaseException, not int" in str(caught), caught
      stubborn = generate.call({"stubborn": True})
      next(stubborn)`);
  });
});

describe("errors", () => {
  test("are the exceptions that they were made of, and no others", async () => {
    const caught = (code, interpreter = py) => {
      try {
        interpreter.runPython(code);
      } catch (error) {
        return error;
      }
    };
    const first = caught("raise ValueError('first')");
    caught("raise KeyError('second')");
    const third = caught("error = IndexError('third')\nraise error");
    const other = caught("raise OSError('of another')", await loadTerrarium());
    globalThis.raise = (which) => {
      throw [first, third, other][which];
    };
    py.runPython(`
      from js import raise_
      from pyodide.ffi import JsException
      for which, text in ((0, "first"), (2, "of another")):
          try:
              raise_(which)
          except JsException as thrown:
              assert text in str(thrown), thrown
          else:
              raise AssertionError(which)
      try:
          raise_(1)
      except IndexError as thrown:
          assert thrown is error`);
  });

  test("know the class by its full name", () => {
    const proxy = py.runPython("import argparse; argparse.Namespace()");
    assert.equal(proxy.type, "argparse.Namespace");
    assert.equal(py.runPython("class A: pass\nA()").type, "A");
    assert.equal(py.runPython("[]").type, "list");
  });
});
