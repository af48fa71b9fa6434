/** Values on their way between the languages. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { loadTerrarium } from "./support.mjs";

const py = await loadTerrarium();

/** Calls a Python function with one argument, and destroys what there is to destroy. */
function call(source, argument) {
  const fn = py.runPython(source);
  try {
    return fn(argument);
  } finally {
    fn.destroy();
  }
}

describe("single values", () => {
  const same = [
    ["undefined", undefined],
    ["null", null],
    ["true", true],
    ["zero", 0],
    ["the largest safe integer", Number.MAX_SAFE_INTEGER],
    ["a negative number", -7],
    ["a fraction", 0.1],
    ["infinity", Number.POSITIVE_INFINITY],
    ["not a number", Number.NaN],
    ["a BigInt", 2n ** 200n + 1n],
    ["a negative BigInt", -(2n ** 64n)],
    ["a small BigInt", 5n],
    ["no text", ""],
    ["a text", "é 日本 😀"],
    ["an unpaired high surrogate", "a\ud83d"],
    ["an unpaired low surrogate", "\ude00b"],
    ["a long text", "日".repeat(100_000)],
  ];
  for (const [name, value] of same) {
    test(`${name} comes back the same`, () => {
      assert.ok(Object.is(call("lambda x: x", value), value));
    });
  }

  test("have Python's types", () => {
    const types = [undefined, null, true, 1, 2 ** 53, 1.5, 1n, "a", [], {}].map((value) =>
      call("lambda x: type(x).__name__", value),
    );
    assert.deepEqual(types, [
      "NoneType",
      "JsNull",
      "bool",
      "int",
      "float",
      "float",
      "JsBigInt",
      "str",
      "JsProxy",
      "JsProxy",
    ]);
    assert.equal(call("lambda x: isinstance(x, __import__('pyodide.ffi').ffi.JsArray)", []), true);
  });

  test("an int beyond the safe integers is a BigInt", () => {
    assert.equal(py.runPython("2**53 - 1"), 2 ** 53 - 1);
    assert.equal(py.runPython("2**53"), 2n ** 53n);
    assert.equal(py.runPython("-10**30"), -(10n ** 30n));
  });
});

describe("proxies of Python objects", () => {
  test("a list is read and changed", () => {
    const list = py.runPython("[1, 'a', None]");
    assert.equal(list.length, 3);
    assert.deepEqual([...list], [1, "a", undefined]);
    list.push(4);
    assert.equal(list.get(3), 4);
    assert.deepEqual(list.toJs(), [1, "a", undefined, 4]);
    list.destroy();
    assert.throws(() => list.length, /destroyed/);
  });

  test("a dict becomes an object, a set a Set, nested and with cycles", () => {
    const dict = py.runPython("d = {'a': [1, {2, 3}]}; d['self'] = d; d");
    const object = dict.toJs();
    assert.deepEqual(object.a, [1, new Set([2, 3])]);
    assert.equal(object.self, object);
    assert.equal(dict.get("a").length, 2);
    assert.equal(dict.has("b"), false);
    dict.destroy();
  });

  test("a function takes keyword arguments", () => {
    const f = py.runPython("def f(a, *, b=2): return a * b\nf");
    assert.equal(f(3), 6);
    assert.equal(f.callKwargs(3, { b: 5 }), 15);
    f.destroy();
  });

  test("an object's attributes are the proxy's", () => {
    const object = py.runPython("class A: x = 1\nA()");
    assert.equal(object.x, 1);
    object.y = 2;
    assert.equal(object.y, 2);
    assert.equal("z" in object, false);
    assert.equal(object.type, "A");
    assert.ok(object instanceof py.ffi.PyProxy);
    object.destroy();
  });

  test("a buffer is a view of Python's memory", () => {
    const array = py.runPython("import array; a = array.array('d', [1.5, 2.5]); a");
    const view = array.getBuffer();
    view.data[view.offset] = 9;
    view.release();
    assert.equal(py.runPython("a[0]"), 9);
    assert.deepEqual(array.toJs(), Float64Array.of(9, 2.5));
    array.destroy();
  });

  test("a generator is iterated over", () => {
    const generator = py.runPython("(x * x for x in range(4))");
    assert.deepEqual([...generator], [0, 1, 4, 9]);
    generator.destroy();
  });
});

describe("proxies of JavaScript objects", () => {
  test("attributes, items, calls and constructors", () => {
    const object = { a: 1, f: (x) => x + 1, from: "reserved", list: [1, 2, 3], map: new Map([["k", "v"]]) };
    call("lambda o: globals().update(o=o)", object);
    assert.equal(py.runPython("o.a + o.f(1)"), 3);
    assert.equal(py.runPython("o.from_"), "reserved");
    assert.equal(py.runPython("sum(o.list)"), 6);
    assert.equal(py.runPython("o.list[-1]"), 3);
    assert.deepEqual(py.runPython("o.list[::2]"), [1, 3]);
    assert.equal(py.runPython("o.map['k']"), "v");
    assert.throws(() => py.runPython("o.map['none']"), { type: "KeyError" });
    assert.throws(() => py.runPython("o.none"), { type: "AttributeError" });
    py.runPython("o.b = 5; del o.a");
    assert.deepEqual([object.b, "a" in object], [5, false]);
    assert.equal(py.runPython("from js import Date; Date.new(0).toISOString()"), "1970-01-01T00:00:00.000Z");
  });

  test("an object as a mapping of its own properties", () => {
    const object = { a: 1, from: "reserved", inner: { b: 2 }, map: new Map(), list: [{ c: 3 }] };
    const inherits = Object.assign(Object.create({ inherited: 1 }), object);
    globalThis.object = inherits;
    const code = `
      from js import object
      from pyodide.ffi import JsMutableMap
      m = object.as_object_map()
      assert isinstance(m, JsMutableMap)
      assert list(m) == list(m.keys()) == ["a", "from", "inner", "map", "list"] and len(m) == 5, list(m)
      assert "a" in m and "inherited" not in m and "toString" not in m and 1 not in m and None not in m
      assert m["a"] == 1 and m["from"] == "reserved" and m.get("none", 7) == 7
      assert m["inner"] == object.inner and not isinstance(m["inner"], JsMutableMap)
      m["new"] = 5
      del m["a"]
      assert m.pop("from") == "reserved" and m.pop("from", None) is None
      for wrong in ("a", "inherited", 1):
          for act in (m.__getitem__, m.__delitem__, m.pop):
              try:
                  act(wrong)
              except KeyError:
                  assert wrong != 1 or act != m.__delitem__
              except TypeError as error:
                  assert wrong == 1 and str(error) == "the name of a property is a string, not int"
              else:
                  raise AssertionError(wrong)
      assert m == object and m.js_id == object.js_id
      deep = object.as_object_map(hereditary=True)
      assert deep["inner"]["b"] == 2 and dict(deep["inner"].items()) == {"b": 2}
      assert type(deep["map"]) is type(object.map) and deep["new"] == 5
      m`;
    assert.equal(py.runPython(code), inherits);
    assert.deepEqual(Object.keys(inherits), ["inner", "map", "list", "new"]);
    assert.throws(() => py.runPython("object.as_object_map(True)"), { type: "TypeError" });
  });

  test("objects and arrays as JSON has them, in whatever depth", () => {
    globalThis.data = { a: [1, 2, { b: 7 }], f: () => 1, bytes: new Uint8Array(2), map: new Map([["a", 1]]) };
    const code = `
      from js import JSON, Object, data
      from pyodide.code import run_js
      from pyodide.ffi import JsArray, JsMutableMap
      m = data.as_py_json()
      assert isinstance(m, JsMutableMap) and isinstance(m["a"], JsArray)
      assert len(m["a"]) == 3 and m["a"][0] == 1 and m["a"][-1]["b"] == 7 and m["a"][1:][1]["b"] == 7
      assert [dict(item) for item in m["a"] if isinstance(item, JsMutableMap)] == [{"b": 7}]
      assert [item["b"] for item in reversed(m["a"]) if isinstance(item, JsMutableMap)] == [7]
      for name in ("f", "bytes", "map"):
          assert type(m[name]) is type(getattr(data, name)), name
      import json
      def plain(view):
          return dict(view) if isinstance(view, JsMutableMap) else list(view)
      del m["f"], m["bytes"], m["map"]
      m["c"] = data.a
      assert json.loads(json.dumps(m, default=plain)) == {"a": [1, 2, {"b": 7}], "c": [1, 2, {"b": 7}]}
      m["a"].append(5)
      m["__proto__"] = 6
      assert m["__proto__"] == 6 and "__proto__" in m
      del m["__proto__"]
      small = run_js("({size: 0})").as_py_json()
      assert small and not Object.new().as_py_json()
      small.clear()
      assert len(small) == 0
      for wrong in (Object, m["a"].push, data.a.slice, JSON.parse):
          try:
              wrong.as_py_json()
          except TypeError as error:
              assert str(error).startswith("as_py_json() is for arrays and objects of data, not for "), error
          else:
              raise AssertionError(wrong)`;
    py.runPython(code);
    assert.deepEqual(globalThis.data.a, [1, 2, { b: 7 }, 5]);
  });

  test("maps are mappings", () => {
    globalThis.maps = [new Map([["a", 1]]), new URLSearchParams("a=1")];
    const code = `
      from collections.abc import Mapping, MutableMapping
      from js import Headers, Map, WeakMap, maps
      from pyodide.ffi import JsIndexable, JsMap, JsMutableIndexable, JsMutableMap
      for m in maps:
          one = type(m["a"])(1)
          assert isinstance(m, JsMutableMap) and isinstance(m, MutableMapping), m
          assert list(m) == list(m.keys()) == ["a"] and list(m.values()) == [one] and "a" in m and "b" not in m
          assert dict(m) == dict(m.items()) == {"a": one}
          assert m.get("b", 7) == 7 and m.get("b") is None and m.get("a") == one
          m.update({"b": "2"}, c="3")
          assert m.pop("b") == "2" and m.pop("b", None) is None and m.setdefault("c", "4") == "3" and len(m) == 2
          for act in (m.pop, m.__getitem__, m.__delitem__):
              try:
                  act("none")
              except KeyError as error:
                  assert error.args == ("none",)
              else:
                  # URLSearchParams.delete() does not tell whether there was one.
                  assert act == m.__delitem__ and m == maps[1]
      maps[0][(1, 2)] = 3
      maps[0].clear()
      assert not maps[0] and maps[0].size == 0
      headers = Headers.new()
      headers["a"] = "1"
      assert headers["a"] == headers.get("a") == "1" and isinstance(headers, JsMutableIndexable)
      assert not isinstance(headers, Mapping)
      key = Map.new()
      weak = WeakMap.new()
      weak[key] = 5
      assert weak[key] == 5 and key in weak
      del weak[key]
      assert key not in weak`;
    py.runPython(code);
    assert.equal(String(globalThis.maps[1]), "a=1&c=3");
    globalThis.readonly = {
      get: (key) => (key === "a" ? 1 : undefined),
      has: (key) => key === "a",
      size: 1,
      *keys() {},
    };
    readonly[Symbol.iterator] = () => ["a"].values();
    py.runPython(`
      from js import readonly
      from pyodide.code import run_js
      assert isinstance(readonly, JsMap) and isinstance(readonly, Mapping) and not isinstance(readonly, MutableMapping)
      assert readonly.get("a") == 1 and list(readonly) == [] and not hasattr(readonly, "pop")
      getter = run_js("({get: (x) => x})")
      assert isinstance(getter, JsIndexable) and not isinstance(getter, JsMap) and getter[5] == getter.get(5) == 5
      for wrong in (readonly, getter):
          try:
              wrong["a"] = 1
          except TypeError as error:
              assert "does not support item assignment" in str(error), error
          else:
              raise AssertionError(wrong)`);
  });

  test("arrays are sequences", () => {
    globalThis.array = [1, "a", 2, "a"];
    const code = `
      from collections.abc import MutableSequence
      from js import Uint8Array, array
      assert isinstance(array, MutableSequence)
      assert array.index("a") == 1 and array.count("a") == 2 and list(reversed(array)) == ["a", 2, "a", 1]
      assert array.pop() == "a" and array.pop(0) == 1
      for index, item in ((0, 0), (99, 9), (-1, 8), (-99, -1)):
          array.insert(index, item)
      before = array
      array += [10]
      assert array is before
      array.remove("a")
      array.reverse()
      for act, wrong in ((array.pop, 99), (array.index, "none"), (array.remove, "none")):
          try:
              act(wrong)
          except (IndexError, ValueError):
              pass
          else:
              raise AssertionError(wrong)
      list(array)`;
    assert.deepEqual(py.runPython(code).toJs(), [10, 9, 8, 2, 0, -1]);
    assert.deepEqual(globalThis.array, [10, 9, 8, 2, 0, -1]);
    py.runPython("array.clear()");
    assert.deepEqual(globalThis.array, []);
    assert.throws(() => py.runPython("Uint8Array.new(2).insert(0, 1)"), /A typed array cannot change its length/);
    py.runPython(`
      from js import Buffer, Object, array
      assert dict(Object.entries(Object.fromEntries([["a", 1], ["b", 2]]))) == {"a": 1, "b": 2}
      assert not hasattr(array, "keys") and "keys" not in dir(array)
      buffer = Buffer.from_("abc")
      part = buffer[0:2]
      part[0] = 9
      assert buffer[0] == 97`);
  });

  test("what is like an array has its items by index, and keeps its own methods", () => {
    globalThis.files = Object.assign(Object.create({ [Symbol.iterator]: Array.prototype[Symbol.iterator] }), {
      length: 3,
      0: "a",
      1: "b",
      2: "a",
      remove: (name) => `removed ${name}`,
    });
    py.runPython(`
      from collections.abc import MutableSequence, Sequence
      from js import files
      from pyodide.ffi import JsArray, JsArrayLike
      assert isinstance(files, JsArrayLike) and isinstance(files, Sequence)
      assert not isinstance(files, JsArray) and not isinstance(files, MutableSequence)
      assert files[0] == files[-1] == "a" and list(files[1:]) == ["b", "a"] and len(files) == 3 and "b" in files
      assert files.count("a") == 2 and files.index("b") == 1 and files.remove("b") == "removed b"`);
  });

  test("only containers are false when they are empty", () => {
    const empty = [[], new Map(), new Set(), new Uint8Array(), new ArrayBuffer(0), { size: 0 }];
    class HTMLSelectElement extends Array {
      get [Symbol.toStringTag]() {
        return "HTMLSelectElement";
      }
    }
    const others = [
      {},
      { length: 0 },
      Object.create(null, { length: { value: 0 } }),
      () => {},
      new HTMLSelectElement(),
    ];
    const truth = "lambda values: [bool(value) for value in values]";
    const result = call(truth, [...empty, ...others]);
    assert.deepEqual(result.toJs(), [...empty.map(() => false), ...others.map(() => true)]);
    result.destroy();
  });

  test("nothing that an object does ends the interpreter", () => {
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    const detached = new DataView(new ArrayBuffer(8));
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    const unspeakable = new Error("x");
    Object.defineProperty(unspeakable, "message", {
      get() {
        throw unspeakable;
      },
    });
    class Awkward extends Error {
      get length() {
        throw new Error("no length");
      }
    }
    globalThis.nasty = {
      revoked: () => {
        throw revoked;
      },
      unprototyped: () => {
        throw new Proxy(
          {},
          {
            getPrototypeOf: () => {
              throw new Error("none");
            },
          },
        );
      },
      unspeakable: () => {
        throw unspeakable;
      },
      awkward: () => {
        throw new Awkward("awkward");
      },
      detached,
      held: { inner: revoked },
      keywords: {
        get x() {
          throw new Error("no x");
        },
      },
    };
    py.runPython(`
      from js import nasty
      from pyodide.ffi import JsException
      for name in ("revoked", "unprototyped", "unspeakable", "awkward"):
          try:
              getattr(nasty, name)()
          except JsException:
              pass
          else:
              raise AssertionError(name)
      try:
          nasty.detached.to_bytes()
      except JsException as error:
          assert "TypeError" in str(error), error
      assert type(nasty.held.as_py_json()["inner"]) is type(nasty.held.inner)
      assert repr(nasty.held.inner) == "[object Object]"
      for length in ({"length": -1}, {"size": 3e9}, {"length": 2**32 + 1}):
          from js import Object
          try:
              len(Object.fromEntries(list(length.items())))
          except JsException as error:
              assert "RangeError" in str(error), error
          else:
              raise AssertionError(length)`);
    const f = py.runPython("ran = []\ndef f(*args, **kwargs): ran.append(kwargs)\nf");
    assert.throws(() => f.callKwargs(1, 2, 3, 4, 5, 6, 7, 8, globalThis.nasty.keywords), /no x/);
    assert.equal(py.runPython("len(ran)"), 0);
    f.destroy();
  });

  test("objects of other realms are what they are", () => {
    const source =
      "({m: new Map([['a', 1]]), s: new Set([1]), b: new ArrayBuffer(2), d: Float64Array.of(1.5), v: new DataView(new ArrayBuffer(1))})";
    globalThis.foreign = runInNewContext(source);
    py.runPython(`
      from js import foreign
      assert foreign.m.to_py() == {"a": 1} and foreign.s.to_py() == {1} and foreign.b.to_bytes() == bytes(2)
      assert foreign.d.to_memoryview().format == "d" and foreign.d[0] == 1.5 and foreign.v.to_bytes() == bytes(1)
      assert foreign.to_py()["m"] == {"a": 1}`);
  });

  test("proxies of one object are equal and have one hash, those of another have not", () => {
    globalThis.things = [
      {},
      [1],
      () => 1,
      new Map(),
      new Error("e"),
      Symbol("s"),
      Symbol.for("registered"),
      Promise.resolve(),
    ];
    const code = `
      from js import things
      seen = {thing: i for i, thing in enumerate(things)}
      assert len(seen) == len(things) == len({thing.js_id for thing in things})
      for i, thing in enumerate(things):
          assert thing == things[i] and not thing != things[i] and hash(thing) == hash(things[i]), i
          assert seen[things[i]] == i
          assert thing != things[i - 1] and thing not in (1, "a", None), i
      from unittest.mock import ANY
      assert things[0] == ANY
      len(seen)`;
    assert.equal(py.runPython(code), 8);
  });

  test("to_py and to_js convert in depth", () => {
    assert.equal(call("lambda o: repr(o.to_py())", { a: [1, new Map([["b", null]])] }), "{'a': [1, {'b': jsnull}]}");
    assert.deepEqual(py.runPython("from pyodide.ffi import to_js; to_js({'a': [1, (2, 3)], 'b': b'xy'})"), {
      a: [1, [2, 3]],
      b: Uint8Array.of(120, 121),
    });
  });

  test("a converter's objects are told apart, though each is gone when the next one comes", () => {
    const code = `
      from pyodide.ffi import to_js
      class P:
          def __init__(self, x): self.x = x
      to_js([P(1), P(2), P(3)], default_converter=lambda o, convert, cache: convert([o.x]))`;
    assert.deepEqual(py.runPython(code), [[1], [2], [3]]);
  });

  test("what to_js cannot convert is a proxy, which lives as long as JavaScript has it", async () => {
    const code = `
      from js import setTimeout
      from pyodide.ffi import JsDoubleProxy, to_js
      called = []
      proxy = to_js(called.append)
      assert isinstance(proxy, JsDoubleProxy) and proxy.unwrap() == called.append
      assert to_js(5) == 5 and to_js(setTimeout) is setTimeout
      setTimeout(proxy, 1, 7)
      called`;
    const called = py.runPython(code);
    while (called.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    assert.deepEqual(called.toJs(), [7]);
    called.destroy();
  });

  test("registered objects are modules", () => {
    py.registerJsModule("mine", { x: 5, sub: { y: 6 } });
    assert.equal(py.runPython("import mine; from mine.sub import y; mine.x + y"), 11);
    py.unregisterJsModule("mine");
    assert.throws(() => py.runPython("import sys; del sys.modules['mine']; import mine"), {
      type: "ModuleNotFoundError",
    });
  });
});
