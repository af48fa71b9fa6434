/** contourpy from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

describe("the wheel", () => {
  test("its packages and every extension module are imported", () => {
    const { packages, extensions } = importAll(py, "contourpy");
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });
});

/** Runs a function's body in which `make` is contourpy.contour_generator, and x, y, z are x² + y² on a grid. */
const compute = (body) =>
  run(
    py,
    `
import numpy as np
from contourpy import contour_generator as make, max_threads
x, y = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-2, 2, 81))
z = x * x + y * y
${body.trim()}`,
  );

describe("contours", () => {
  for (const name of ["serial", "threaded", "mpl2005", "mpl2014"]) {
    test(`a circle, by the algorithm ${name}`, () => {
      const [lines, closed, off, length, area] = compute(`
generator = make(x, y, z, name="${name}", line_type="${name.startsWith("mpl") ? "SeparateCode" : "Separate"}")
lines = generator.lines(1.0)
lines = lines[0] if isinstance(lines, tuple) else lines
line = lines[0]
steps = np.diff(line, axis=0)
area = (line[:-1, 0] * line[1:, 1] - line[1:, 0] * line[:-1, 1]).sum() / 2
return [len(lines), bool((line[0] == line[-1]).all()), float(np.abs(np.hypot(*line.T) - 1).max()),
  float(np.hypot(*steps.T).sum()), float(abs(area))]`);
      assert.deepEqual([lines, closed], [1, true]);
      assert.ok(off < 4e-4, String(off));
      assert.ok(Math.abs(length - 2 * Math.PI) < 3e-3 && Math.abs(area - Math.PI) < 3e-3, `${length} ${area}`);
    });
  }

  test("a saddle has two lines, where they cross its edges", () => {
    assert.deepEqual(compute("return [line.tolist() for line in make(z=[[0, 1], [1, 0]]).lines(0.5)]"), [
      [
        [0, 0.5],
        [0.5, 1],
      ],
      [
        [1, 0.5],
        [0.5, 0],
      ],
    ]);
  });

  test("a ring between two levels is a polygon with a hole", () => {
    const [count, rings, area] = compute(`
polygons, offsets = make(x, y, z, fill_type="OuterOffset").filled(1, 2)
area = 0
for start, end in zip(offsets[0], offsets[0][1:]):
  ring = polygons[0][start:end]
  area += (ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1]).sum() / 2
return [len(polygons), len(offsets[0]) - 1, float(abs(area))]`);
    assert.deepEqual([count, rings], [1, 2]);
    assert.ok(Math.abs(area - Math.PI) < 5e-3, String(area));
  });

  test("what is masked is left out", () => {
    const found = compute(`
masked = np.ma.array(np.add.outer(np.arange(3.0), np.arange(3.0)), mask=np.eye(3)[::-1][:, ::-1] * [[0, 0, 0], [0, 0, 0], [0, 0, 1]])
return [[len(line) for line in make(z=masked, corner_mask=corner).lines(2.5)] for corner in (True, False)]`);
    assert.deepEqual(found, [[4], [2, 2]]);
  });

  test("there is one thread", () => {
    assert.equal(compute("return max_threads()"), 1);
  });
});

describe("what is refused", () => {
  for (const [call, pattern] of [
    ["make(z=[1, 2, 3])", /TypeError: Input z must be 2D, not 1D/],
    ["make(z=[[0]])", /TypeError: Input z must be at least a \(2, 2\) shaped array/],
    ["make(z=[['a', 'b'], ['c', 'd']])", /ValueError: could not convert string to float/],
    ["make(x=[0, 1, 2], y=[0, 1], z=[[0, 1], [1, 0]])", /TypeError/],
    ["make(z=z, name='nope')", /ValueError: Unrecognised contour generator name: nope/],
    ["make(z=z, line_type='nope')", /ValueError: 'nope' is not a valid LineType/],
    [
      "make(z=z, name='mpl2014', quad_as_tri=True)",
      /ValueError: mpl2014 contour generator does not support quad_as_tri=True/,
    ],
    ["make(z=z).filled(2, 1)", /ValueError: upper_level must be larger than lower_level/],
  ]) {
    test(call, () => {
      assert.throws(() => compute(call), pattern);
    });
  }
});
