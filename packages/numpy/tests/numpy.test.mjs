/** numpy from its wheel, in the release: what it computes, and how it refuses. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { loadWheels, run as runIn } from "../../testing/wheels.mjs";

// WITH_BLAS says that the wheel is the one with libraries for linear algebra.
const { WITH_BLAS } = process.env;

const errors = [];
let py;

before(async () => {
  py = await loadWheels({ stderr: (line) => errors.push(line) });
});

/** Runs a function's body in Python, with numpy as `np`, and gives what it returns. */
function run(body) {
  return runIn(py, `import numpy as np\n${body.trim()}`);
}

describe("the wheel", () => {
  test("has the linear algebra that the target asks for", () => {
    const config = run("import json\nreturn json.dumps(np.show_config(mode='dicts'))");
    // numpy leaves out what is false.
    const { blas, lapack } = JSON.parse(config)["Build Dependencies"];
    assert.deepEqual([blas?.found === true, lapack?.found === true], WITH_BLAS ? [true, true] : [false, false]);
  });

  test("is the version that it says, without the tests", () => {
    assert.equal(run("import importlib.metadata\nreturn importlib.metadata.version('numpy') == np.__version__"), true);
    assert.equal(run("import os\nreturn os.path.exists(os.path.join(np.__path__[0], '_core', 'tests'))"), false);
  });

  test("says how it was built, with no folder of any machine", () => {
    const config = run("import json\nreturn json.dumps(np.show_config(mode='dicts'))");
    const facts = JSON.parse(config);
    assert.equal(facts["Machine Information"].host.cpu, "wasm32");
    assert.equal(facts.Compilers.c.commands, "emcc");
    assert.doesNotMatch(config, /\/tmp\/|\/home\/|execroot|sandbox/);
  });

  test("every extension module is imported", () => {
    const names = run(`
import importlib, pathlib
root = pathlib.Path(np.__path__[0])
names = sorted(".".join(("numpy", *path.relative_to(root).parts)).split(".cpython-")[0] for path in root.rglob("*.so"))
for name in names: importlib.import_module(name)
return names`);
    assert.ok(names.includes("numpy._core._multiarray_umath"), String(names));
    assert.ok(names.includes("numpy.linalg._umath_linalg") && names.includes("numpy.random._generator"), String(names));
  });
});

describe("arrays", () => {
  test("ufuncs of every kind of number, contiguous and strided", () => {
    const wrong = run(`
wrong = []
for code in np.typecodes["AllInteger"] + np.typecodes["Float"] + np.typecodes["Complex"]:
  a = np.arange(1, 101).astype(code)
  for x in (a, a[::3], a[::-1], a.reshape(10, 10).T):
    want = sum(int(v.real) ** 2 for v in (a if x.size == 100 else x).tolist())
    got = int((x.astype("D") * x.astype("D")).sum().real)
    if got != want or not (np.add(x, x) == 2 * x).all() or not (x - x == 0).all(): wrong.append(code)
return wrong`);
    assert.deepEqual(wrong, []);
  });

  test("elementary functions agree with the math module's", () => {
    const worst = run(`
import math
x = np.linspace(-0.99, 0.99, 10_001)
pairs = {"sin": 1, "cos": 1, "tan": 1, "exp": 1, "expm1": 1, "log1p": 1, "tanh": 1, "arcsin": "asin", "arctan": "atan", "cbrt": 1}
worst = 0.0
for name, other in pairs.items():
  reference = getattr(math, name if other == 1 else other)
  for scale in (0.999, 30.0 if name in ("sin", "cos", "tan", "exp", "tanh", "arctan", "cbrt") else 0.5):
    want = np.array([reference(v) for v in (x * scale).tolist()])
    got = getattr(np, name)(x * scale)
    worst = max(worst, float(np.max(np.abs(got - want) / np.maximum(np.abs(want), 1e-300))))
return worst`);
    assert.ok(worst < 1e-14, String(worst));
  });

  test("long doubles have 113 bits, and are printed so", () => {
    assert.equal(
      run('return f"{np.finfo(np.longdouble).nmant} {np.longdouble(1) / 3!s}"'),
      "112 0.3333333333333333333333333333333333",
    );
  });

  test("sizes of types are those of 32-bit machines", () => {
    assert.equal(
      run("return ' '.join(str(np.dtype(t).itemsize) for t in (np.intp, np.long, np.longlong, np.longdouble))"),
      "4 4 8 16",
    );
  });

  test("sorting, searching and sets", () => {
    assert.equal(
      run(`
rng = np.random.default_rng(7)
for kind in ("quicksort", "stable", "heapsort"):
  for code in "bBhHiIlLqQefdg":
    x = (rng.random(5000) * 120).astype(code)
    y = np.sort(x, kind=kind)
    assert (y[1:] >= y[:-1]).all() and y.sum(dtype="g") == x.sum(dtype="g"), (kind, code)
    assert (x[np.argsort(x, kind=kind)] == y).all(), (kind, code)
x = rng.integers(0, 1000, 10_000)
values, counts = np.unique(x, return_counts=True)
assert counts.sum() == x.size and values.tolist() == sorted(set(x.tolist()))
return int(np.partition(x, 5000)[5000]) == sorted(x.tolist())[5000]`),
      true,
    );
  });

  test("strings: fixed and variable width, beyond ASCII", () => {
    assert.deepEqual(
      run(`
fixed = np.array(["tomato", "крот", "🐍"])
flexible = np.array(["a" * 300, "Ωmega", ""], dtype=np.dtypes.StringDType())
return [
  str(fixed.dtype), np.strings.upper(fixed).tolist()[1], np.strings.str_len(fixed).tolist()[2],
  (flexible + "!").tolist()[1], int(np.strings.str_len(flexible).sum()), np.array([b"ab", b"c"]).dtype.str,
]`),
      ["<U6", "КРОТ", 1, "Ωmega!", 305, "|S2"],
    );
  });

  test("records, dates and casts", () => {
    assert.deepEqual(
      run(`
people = np.array([("Ada", 36, 1.65), ("Alan", 41, 1.8)], dtype=[("name", "U10"), ("age", "u1"), ("height", "f4")])
days = np.arange("2024-02-27", "2024-03-03", dtype="datetime64[D]")
return [people[people["age"] > 40]["name"].item(), str(days[2]), int((days[-1] - days[0]).astype(int)),
        np.array([1.9, -1.9]).astype("i4").tolist(), np.array([300]).astype("u1").item()]`),
      ["Alan", "2024-02-29", 4, [1, -1], 44],
    );
  });

  test("what is saved is what is loaded, compressed and mapped", () => {
    assert.equal(
      run(`
import io
a, b = np.arange(1000).reshape(10, 100), np.linspace(0, 1, 50) + 2j
buffer = io.BytesIO()
np.savez_compressed(buffer, a=a, b=b)
buffer.seek(0)
back = np.load(buffer)
np.save("/tmp/a.npy", a)
mapped = np.load("/tmp/a.npy", mmap_mode="r")
return bool((back["a"] == a).all() and (back["b"] == b).all() and (mapped == a).all())`),
      true,
    );
  });
});

describe("linear algebra", () => {
  test("solve, inv, det, eig, svd, qr and cholesky, real and complex", () => {
    const worst = run(`
rng = np.random.default_rng(1)
worst = 0.0
for code in "fdFD":
  unit = np.finfo(code).eps
  for n in (1, 2, 7, 60):
    a = rng.standard_normal((n, n)).astype(code)
    if code in "FD": a = (a + 1j * rng.standard_normal((n, n))).astype(code)
    b = rng.standard_normal((n, 3)).astype(code)
    eye, conj = np.eye(n), a.conj().T
    w, v = np.linalg.eig(a)
    u, s, vh = np.linalg.svd(a)
    q, r = np.linalg.qr(a)
    positive = a @ conj + n * eye.astype(code)
    factor = np.linalg.cholesky(positive)
    e, z = np.linalg.eigh(positive)
    scale = unit * n * 50 * max(1.0, float(np.linalg.cond(a)))
    for residual in (
      a @ np.linalg.solve(a, b) - b, a @ np.linalg.inv(a) - eye, a @ v - v * w, (u * s) @ vh - a, q @ r - a,
      (factor @ factor.conj().T - positive) / n, (z * e @ z.conj().T - positive) / n,
    ):
      worst = max(worst, float(np.abs(residual).max()) / scale)
    assert residual.dtype.char == code, (residual.dtype, code)
    assert n > 7 or abs(np.linalg.det(a) - np.prod(w)) <= scale * max(1.0, abs(np.prod(w))), (code, n)
return worst`);
    assert.ok(worst < 1, String(worst));
  });

  test("products of every shape and order agree with the sums that define them", () => {
    assert.equal(
      run(`
rng = np.random.default_rng(2)
for code in "fdFDil":
  for m, k, n in ((1, 1, 1), (3, 5, 2), (17, 33, 9), (64, 64, 64), (1, 100, 1), (100, 1, 100)):
    a, b = (rng.integers(-9, 9, shape).astype(code) for shape in ((m, k), (k, n)))
    want = np.einsum("ik,kj->ij", a.astype("D"), b.astype("D"), optimize=False)
    for x in (a, np.asfortranarray(a)):
      for y in (b, np.asfortranarray(b), np.repeat(b, 2, axis=1)[:, ::2]):
        assert (x @ y == want).all(), (code, m, k, n)
  v = np.arange(50).astype(code)
  assert np.vdot(v, v) == sum(i * i for i in range(50)) and v[::2] @ v[::2] == sum(i * i for i in range(0, 50, 2))
return True`),
      true,
    );
  });

  test("zero times NaN is NaN, wherever it lies", () => {
    const wrong = run(`
wrong = []
for kind in "fdFD":
  for order in "CF":
    for n in (1, 3, 8, 9, 20, 70):
      for column in range(n):
        a = np.ones((n, n), dtype=kind, order=order)
        a[n // 2, column] = np.nan
        for b in (np.zeros(n, kind), np.zeros((n, 2), kind)):
          if np.isnan(a @ b).reshape(n, -1).all(axis=1).tolist() != [i == n // 2 for i in range(n)]:
            wrong.append((kind, order, n, column, b.ndim))
return wrong`);
    assert.deepEqual(wrong, []);
  });

  test("stacks of matrices, and least squares", () => {
    assert.equal(
      run(`
rng = np.random.default_rng(3)
a, b = rng.standard_normal((4, 5, 6, 6)), rng.standard_normal((4, 5, 6, 1))
assert np.allclose(a @ np.linalg.solve(a, b), b)
x = np.linspace(0, 1, 50)
solution, residual, rank, singular = np.linalg.lstsq(np.vander(x, 3), 3 * x**2 - 2 * x + 1, rcond=None)
assert rank == 3 and np.allclose(solution, [3, -2, 1])
return bool(np.allclose(np.linalg.matrix_power(a[0, 0], -2) @ a[0, 0] @ a[0, 0], np.eye(6)))`),
      true,
    );
  });
});

describe("fft and random", () => {
  test("transforms of smooth, prime and odd lengths agree with their definition", () => {
    const worst = run(`
rng = np.random.default_rng(4)
worst = 0.0
for code in "FD":
  for n in (1, 2, 8, 30, 97, 128, 211, 1000):
    x = (rng.standard_normal(n) + 1j * rng.standard_normal(n)).astype(code)
    k = np.arange(n)
    want = np.exp(-2j * np.pi * (np.outer(k, k) % n) / n) @ x.astype("D")
    got = np.fft.fft(x)
    unit = np.finfo(got.dtype).eps * n
    worst = max(worst, float(np.abs(got - want).max() / unit), float(np.abs(np.fft.ifft(got) - x).max() / unit))
    real = np.fft.rfft(x.real)
    worst = max(worst, float(np.abs(np.fft.irfft(real, n) - x.real).max() / unit))
return worst`);
    assert.ok(worst < 10, String(worst));
  });

  test("a seed gives the numbers that it gives everywhere", () => {
    assert.deepEqual(
      run(`
rng = np.random.default_rng(12345)
old = np.random.RandomState(42)
return [rng.random(), int(rng.integers(1000)), rng.standard_normal(), old.rand(), int(old.randint(1 << 30, dtype="i8"))]`),
      [0.22733602246716966, 788, -0.8706617379590857, 0.3745401188473625, 862061404],
    );
  });

  test("distributions have their means", () => {
    assert.equal(
      run(`
for generator in (np.random.PCG64, np.random.Philox, np.random.SFC64, np.random.MT19937):
  rng = np.random.Generator(generator(5))
  for draw, mean in ((rng.normal(3, 1, 40_000), 3), (rng.gamma(2, 2, 40_000), 4), (rng.poisson(7, 40_000), 7), (rng.binomial(20, 0.25, 40_000), 5)):
    assert abs(draw.mean() - mean) < 0.1, (generator, draw.mean(), mean)
return sorted(rng.permutation(100).tolist()) == list(range(100))`),
      true,
    );
  });
});

describe("errors", () => {
  test("are numpy's own, again and again", () => {
    assert.deepEqual(
      run(`
def name(action):
  seen = set()
  for _ in range(200):
    try: action()
    except Exception as error: seen.add(type(error).__name__)
    else: seen.add("nothing")
  return ", ".join(sorted(seen))
return [
  name(lambda: np.linalg.solve(np.ones((3, 2)), np.ones(3))),
  name(lambda: np.ones(3) + np.ones(4)),
  name(lambda: np.ones(3)[5]),
  name(lambda: np.array(["x"]).astype(float)),
  name(lambda: np.empty((1 << 20, 1 << 20))),
  name(lambda: np.array(object()) + 1),
  name(lambda: np.random.default_rng(-1)),
]`),
      ["LinAlgError", "ValueError", "IndexError", "ValueError", "ValueError", "TypeError", "ValueError"],
    );
  });

  // numpy.linalg tells of these by flags of floating-point exceptions, which the main module keeps.
  test("a matrix that is singular, and one that is not positive definite", () => {
    const seen = run(`
seen = []
for code in "fdFD":
  zeros, stack = np.zeros((3, 3), code), np.stack([np.eye(3), np.zeros((3, 3)), np.eye(3)]).astype(code)
  for action in (
    lambda: np.linalg.solve(zeros, np.ones(3, code)),
    lambda: np.linalg.inv(stack),
    lambda: np.linalg.cholesky(-np.eye(3, dtype=code)),
    lambda: np.linalg.svd(np.full((3, 3), np.nan, code)),
    lambda: np.linalg.inv(stack[:1]),
  ):
    try: seen.append(str(np.array_equal(action(), stack[:1])))
    except np.linalg.LinAlgError as error: seen.append(str(error))
return seen`);
    const each = [
      "Singular matrix",
      "Singular matrix",
      "Matrix is not positive definite",
      "SVD did not converge",
      "True",
    ];
    assert.deepEqual(seen, [...each, ...each, ...each, ...each]);
  });

  test("np.errstate sees what numpy finds out by itself", () => {
    const seen = run(`
seen = []
def see(action):
  with np.errstate(all="raise"):
    try: action()
    except FloatingPointError as error: seen.append(str(error).replace(" encountered in ", ": "))
    else: seen.append("nothing")
for code in "bhilqBHILQ":
  one, zero = np.ones(9, code), np.zeros(9, code)
  for action in (np.floor_divide, np.remainder, np.divmod, np.fmod):
    before = len(seen)
    see(lambda: action(one, zero))
    assert seen.pop() == f"divide by zero: {action.__name__}", (code, action)
    see(lambda: action(one, one))
    assert seen.pop() == "nothing" and len(seen) == before, (code, action)
see(lambda: np.int32(1) // np.int32(0))
see(lambda: np.int32(2**31 - 1) + np.int32(1))
see(lambda: np.array([-128], "i1") // np.array([-1], "i1"))
see(lambda: np.array([1], "m8[s]") // np.array([0], "m8[s]"))
see(lambda: np.array([6e4], "f2") * np.array([10], "f2"))
see(lambda: np.array([6e-5], "f2") * np.array([1e-4], "f2"))
see(lambda: np.array([1e10]).astype("f2"))
see(lambda: np.spacing(np.array([np.inf], "f2")))
import warnings
with warnings.catch_warnings(record=True) as warned, np.errstate(divide="warn"):
  warnings.simplefilter("always")
  np.array([1]) // 0
with np.errstate(divide="call", call=lambda kind, flag: seen.append(kind)):
  np.array([1]) // 0
with np.errstate(divide="ignore"):
  np.array([1]) // 0
return seen + [str(one.message) for one in warned]`);
    assert.deepEqual(seen, [
      "divide by zero: scalar floor_divide",
      "overflow: scalar add",
      "overflow: floor_divide",
      "divide by zero: floor_divide",
      "overflow: multiply",
      "underflow: multiply",
      "overflow: cast",
      "invalid value: spacing",
      "divide by zero",
      "divide by zero encountered in floor_divide",
    ]);
  });

  // WebAssembly's instructions raise no flags. Where one of these begins to be seen, README.md is to say so.
  test("np.errstate sees nothing of arithmetic in 32 bits and more", () => {
    assert.equal(
      run(`
zero, one = np.zeros(9), np.ones(9)
with np.errstate(all="raise"):
  for code in "fdgFD":
    one.astype(code) / zero.astype(code), zero.astype(code) / zero.astype(code), one.astype(code) * np.finfo(code).max * 10
  np.log(zero), np.log(-one), np.sqrt(-one), np.exp(1000 * one), zero**-1, one // zero, one % zero, one.astype("i4") / 0
  np.float64(1) / np.float64(0), (1e300 * one).astype("f4"), np.array([np.nan]).astype("i4")
return True`),
      true,
    );
  });

  test("no more memory is a MemoryError, and numpy goes on", () => {
    assert.equal(
      run(`
try: many = [np.empty(1 << 30, dtype="u1") for _ in range(5)]
except MemoryError: pass
else: raise AssertionError("there was enough")
return float(np.ones(1000).sum())`),
      1000,
    );
  });

  test("an exception in a callback comes through", () => {
    assert.equal(
      run(`
try: np.vectorize(lambda x: 1 // x)(np.array([2, 1, 0]))
except ZeroDivisionError as error: return str(error)`),
      "division by zero",
    );
  });

  test("nothing of all that was written to standard error", () => {
    assert.deepEqual(errors, []);
  });
});
