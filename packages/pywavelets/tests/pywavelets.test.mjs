/** pywavelets from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

describe("the wheel", () => {
  test("its packages and every extension module are imported", () => {
    const { packages, extensions } = importAll(py, "pywavelets");
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });
});

/** Runs a function's body after `import numpy as np, pywt`. */
const compute = (body) => run(py, `import numpy as np, pywt\n${body.trim()}`);

describe("transforms", () => {
  test("Haar's of four numbers, by hand", () => {
    const found = compute(`
low, high = pywt.dwt([1, 2, 3, 4], "haar")
root = 2 ** 0.5
return float(max(np.abs(low - np.array([3, 7]) / root).max(), np.abs(high + 1 / root).max()))`);
    assert.ok(found < 1e-15, String(found));
  });

  test("two levels of Daubechies' second", () => {
    const found = compute(`
x = np.array([3, 7, 1, 1, -2, 5, 4, 6, 4, 8, 1, -3], float)
return [part.round(6).tolist() for part in pywt.wavedec(x, "db2", level=2)]`);
    assert.deepEqual(found, [
      [8.616025, 8.540064, 3.231171, 10.748475, -2.543348],
      [-1.066987, -3.814583, 0.460817, -3.951842, 5.436298],
      [-2.44949, -1.603682, -4.441401, -0.413613, -2.380139, -0.025384, -2.44949],
    ]);
  });

  test("every discrete wavelet and every mode gives back what it was given", () => {
    const [worst, count] = compute(`
rng = np.random.default_rng(5)
worst, count = 0.0, 0
for name in pywt.wavelist(kind="discrete"):
  # Meyer's is an approximation by 62 coefficients: on Linux, too, it gives back only so much.
  tolerance = 1e9 if name == "dmey" else 1
  for mode in pywt.Modes.modes:
    for code in "dD":
      x = rng.standard_normal(97).astype(code)
      back = pywt.waverec(pywt.wavedec(x, name, mode=mode, level=2), name, mode=mode)[:97]
      assert back.dtype == x.dtype, (name, mode, back.dtype)
      worst = max(worst, float(np.abs(back - x).max()) / tolerance)
      count += 1
return [worst, count]`);
    assert.ok(worst < 2e-10 && count > 1000, JSON.stringify([worst, count]));
  });

  test("numbers of 32 bits stay so", () => {
    assert.equal(compute("return pywt.dwt(np.arange(8, dtype='f'), 'db3')[0].dtype.str"), "<f4");
  });

  test("pictures, cubes and packets", () => {
    const found = compute(`
low, (across, down, both) = pywt.dwt2(np.arange(16.0).reshape(4, 4), "haar")
cube = np.random.default_rng(1).random((6, 5, 4))
back = pywt.waverecn(pywt.wavedecn(cube, "sym3", level=1), "sym3")[:6, :5, :4]
packet = pywt.WaveletPacket([3, 7, 1, 1, -2, 5, 4, 6, 4, 8, 1, -3], "haar", maxlevel=2)
return [low.round(9).tolist(), across.round(9).tolist(), down.round(9).tolist(), bool(np.allclose(back, cube)),
  [node.path for node in packet.get_level(2)], packet["ad"].data.round(9).tolist()]`);
    assert.deepEqual(found, [
      [
        [5, 9],
        [21, 25],
      ],
      [
        [-4, -4],
        [-4, -4],
      ],
      [
        [-1, -1],
        [-1, -1],
      ],
      true,
      ["aa", "ad", "da", "dd"],
      [4, -3.5, 7],
    ]);
  });

  test("the continuous one finds a frequency", () => {
    const frequency = compute(`
t = np.arange(200) / 200
found, frequencies = pywt.cwt(np.cos(2 * np.pi * 7 * t), np.arange(1, 64), "cmor1.5-1.0", sampling_period=1 / 200)
return float(frequencies[np.abs(found[:, 60:140]).mean(axis=1).argmax()])`);
    // The scale next to 7 Hz.
    assert.ok(Math.abs(frequency - 200 / 29) < 1e-9, String(frequency));
  });
});

describe("what is refused", () => {
  for (const [call, pattern] of [
    ["pywt.Wavelet('nope')", /ValueError: Unknown wavelet name 'nope'/],
    ["pywt.dwt([1, 2], 'haar', 'nope')", /ValueError: Unknown mode name 'nope'/],
    ["pywt.dwt([], 'haar')", /ValueError: Value of data_len must be greater than zero/],
    ["pywt.dwt(['a'], 'haar')", /ValueError: could not convert string to float/],
    ["pywt.idwt(None, None, 'haar')", /ValueError: At least one coefficient parameter/],
    ["pywt.wavedec([1, 2, 3], 'haar', level=-1)", /ValueError: Level value of -1 is too low/],
    ["pywt.dwt2([1, 2], 'haar')", /ValueError: Input array has fewer dimensions/],
    ["pywt.cwt([1, 2, 3], [-1], 'morl')", /ValueError: .*positive/],
  ]) {
    test(call, () => {
      assert.throws(() => compute(call), pattern);
    });
  }
});
