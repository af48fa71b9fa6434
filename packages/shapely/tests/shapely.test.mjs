/** shapely from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

/** Runs a function's body in which `near` and `far` are squares of area 4 that overlap in one of area 1. */
const compute = (body) =>
  run(
    py,
    `
import numpy as np
import shapely
from shapely import box, from_wkb, from_wkt, LineString, MultiPoint, Point, Polygon, STRtree, to_wkb, to_wkt
near, far = box(0, 0, 2, 2), box(1, 1, 3, 3)
bow = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
${body.trim()}`,
  );

describe("the wheel", () => {
  test("its packages and every extension module are imported", () => {
    const { packages, extensions } = importAll(py, "shapely");
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });

  test("its GEOS is the one of //packages/geos", () => {
    assert.deepEqual(compute("return [shapely.geos_version_string, shapely.geos_capi_version_string]"), [
      "3.13.1",
      "3.13.1-CAPI-1.19.2",
    ]);
  });
});

describe("geometry", () => {
  test("the buffer of a point nears a circle", () => {
    const [coarse, fine, points] = compute(`
circles = [Point(1, 2).buffer(3, quad_segs=count) for count in (8, 256)]
return [*(circle.area / (np.pi * 9) for circle in circles), len(circles[0].exterior.coords)]`);
    assert.ok(coarse > 0.99 && coarse < fine && fine > 0.99999 && fine < 1, `${coarse} ${fine}`);
    assert.equal(points, 4 * 8 + 1);
  });

  test("what two squares have in common, together, and apart", () => {
    const found = compute(`
both = near & far
return [to_wkt(both.normalize()), both.area, (near | far).area, (near - far).area, (near ^ far).area]`);
    assert.deepEqual(found, ["POLYGON ((1 1, 1 2, 2 2, 2 1, 1 1))", 1, 7, 3, 6]);
  });

  test("relations, by elements of an array", () => {
    const found = compute(`
points = shapely.points([[1, 1], [2, 2], [3, 3]])
return [near.relate(far), *(function(near, points).tolist() for function in (shapely.contains, shapely.touches, shapely.disjoint)),
  (shapely.distance(near, points) ** 2).round(9).tolist()]`);
    assert.deepEqual(found, ["212101212", [true, false, false], [false, true, false], [false, false, true], [0, 0, 2]]);
  });

  test("hulls, simplified lines, centroids", () => {
    const found = compute(`
cloud = MultiPoint([(0, 0), (4, 0), (4, 4), (0, 4), (1, 2), (3, 3)])
line = LineString([(0, 0), (1, 0.01), (2, 0), (3, 2)])
return [cloud.convex_hull.area, to_wkt(line.simplify(0.1)), to_wkt((near | far).centroid), line.interpolate(0.5, normalized=True).distance(line) < 1e-12]`);
    assert.deepEqual(found, [16, "LINESTRING (0 0, 2 0, 3 2)", "POINT (1.5 1.5)", true]);
  });
});

describe("trees", () => {
  test("a window finds the points in it, in ten thousand", () => {
    const found = compute(`
x, y = np.meshgrid(np.arange(100.0), np.arange(100.0))
tree = STRtree(shapely.points(x.ravel(), y.ravel()))
inside = tree.query(box(9.5, 9.5, 19.5, 12.5))
index, distance = tree.query_nearest(Point(50.2, 20.1), return_distance=True)
return [len(tree), len(inside), sorted(set((inside // 100).tolist())), index.tolist(), round(float(distance[0]), 6)]`);
    assert.deepEqual(found, [10000, 30, [10, 11, 12], [2050], 0.223607]);
  });

  test("pairs that intersect", () => {
    assert.deepEqual(
      compute(`
tree = STRtree([near, far, box(5, 5, 6, 6)])
return tree.query([Point(1.5, 1.5), Point(9, 9)], predicate="intersects").T.tolist()`),
      [
        [0, 0],
        [0, 1],
      ],
    );
  });
});

describe("formats", () => {
  for (const text of [
    "POINT (1 2)",
    "POINT EMPTY",
    "POINT Z (1 2 3)",
    "LINESTRING (0 0, 1 1, 0.1234567890123456 5)",
    "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 2 1, 2 2, 1 1))",
    "GEOMETRYCOLLECTION (POINT (1 2), MULTIPOINT ((0 0), (1 1)))",
  ]) {
    test(`WKT and WKB of ${text}`, () => {
      const found = compute(`
shape = from_wkt("${text}")
again = from_wkb(to_wkb(shape))
return [to_wkt(again, rounding_precision=-1), shapely.equals_exact(shape, again).item() or shape.is_empty]`);
      assert.deepEqual(found, [text, true]);
    });
  }

  test("bytes of a point", () => {
    assert.equal(compute("return to_wkb(Point(1, 2), hex=True)"), "0101000000000000000000F03F0000000000000040");
  });

  test("GeoJSON", () => {
    assert.equal(
      compute("return shapely.to_geojson(shapely.from_geojson(shapely.to_geojson(near))) == shapely.to_geojson(near)"),
      true,
    );
  });
});

describe("what is not valid", () => {
  test("is told why, and mended", () => {
    const found = compute(`
from shapely.validation import explain_validity, make_valid
mended = make_valid(bow)
return [bow.is_valid, explain_validity(bow), mended.is_valid, mended.geom_type, mended.area]`);
    assert.deepEqual(found, [false, "Self-intersection[1 1]", true, "MultiPolygon", 2]);
  });

  for (const [call, pattern] of [
    ["bow.intersection(near)", /GEOSException: TopologyException: side location conflict/],
    ["from_wkt('POINT (1')", /GEOSException: ParseException: Expected/],
    ["from_wkb(b'\\x01\\x01')", /GEOSException: ParseException/],
    ["LineString([(0, 0)])", /GEOSException: IllegalArgumentException/],
    ["Polygon([(0, 0), (1, 1)])", /ValueError: A linearring requires at least 4 coordinates/],
    ["Point('a')", /ValueError|TypeError/],
    ["shapely.area(['a'])", /TypeError/],
    ["near.x = 1", /AttributeError/],
    ["STRtree([near]).query('a')", /TypeError/],
  ]) {
    test(call, () => {
      assert.throws(() => compute(call), pattern);
    });
  }

  test("Python is usable after an error", () => {
    assert.equal(
      compute(`
for _ in range(100):
  try:
    bow.intersection(near)
  except shapely.GEOSException:
    pass
return near.area`),
      4,
    );
  });
});
