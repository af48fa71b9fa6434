/** pandas from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

describe("the wheel", () => {
  test("its packages and every extension module are imported", () => {
    const { packages, extensions } = importAll(py, "pandas");
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });
});

/** Runs a function's body in which `frame` is a small table of cities. */
const compute = (body) =>
  run(
    py,
    `
import io
import numpy as np, pandas as pd
frame = pd.DataFrame({"city": ["Oslo", "Rome", "Oslo", "Bern", "Rome"], "n": [1, 2, 3, 4, 5], "x": [1.5, None, 2.5, 0, 3]})
${body.trim()}`,
  );

describe("tables", () => {
  test("kinds of columns", () => {
    assert.deepEqual(compute("return frame.dtypes.astype(str).tolist()"), ["str", "int64", "float64"]);
  });

  test("groups", () => {
    const found = compute(`
found = frame.groupby("city")[["n", "x"]].agg(["sum", "mean"]).to_dict("split")
return [found["index"], found["data"]]`);
    assert.deepEqual(found, [
      ["Bern", "Oslo", "Rome"],
      [
        [4, 4, 0, 0],
        [4, 2, 4, 2],
        [7, 3.5, 3, 3],
      ],
    ]);
  });

  test("joins, pivots, sorting and selection", () => {
    const found = compute(`
lands = pd.DataFrame({"city": ["Oslo", "Bern"], "land": ["NO", "CH"]})
joined = frame.merge(lands, how="left").land.fillna("?").tolist()
wide = frame.pivot_table(index="city", values="n", aggfunc="max").n.to_dict()
return [joined, wide["Rome"], frame.sort_values(["city", "n"], ascending=[True, False]).n.tolist(), frame.query("n > 2 and x > 1").n.tolist()]`);
    assert.deepEqual(found, [["NO", "?", "NO", "CH", "?"], 5, [4, 3, 1, 5, 2], [3, 5]]);
  });

  test("a large one: groups and sums agree with numpy's", () => {
    const same = compute(`
rng = np.random.default_rng(3)
keys, values = rng.integers(0, 500, 200_000), rng.random(200_000)
found = pd.DataFrame({"key": keys, "value": values}).groupby("key").value.sum()
return bool(np.allclose(found.to_numpy(), np.bincount(keys, weights=values)))`);
    assert.equal(same, true);
  });

  test("windows and ranks", () => {
    const found = compute(`
s = pd.Series([3, 1, 2, 1])
return [s.rolling(2).mean().fillna(-1).tolist(), s.rank().tolist(), pd.Series([1, 2, 3, 4]).ewm(alpha=0.5).mean().round(6).tolist(),
  s.rolling(3, center=True).median().fillna(-1).tolist()]`);
    assert.deepEqual(found, [
      [-1, 2, 1.5, 1.5],
      [4, 1.5, 3, 1.5],
      [1, 1.666667, 2.428571, 3.266667],
      [-1, 2, 1, -1],
    ]);
  });
});

describe("time", () => {
  test("zones and leap days", () => {
    const found = compute(`
days = pd.date_range("2024-02-27", periods=4, tz="Europe/Rome")
summer = pd.Timestamp("2024-07-01", tz="Europe/Rome") - pd.Timestamp("2024-01-01", tz="Europe/Rome")
return [days[2].isoformat(), days.tz_convert("UTC")[0].isoformat(), summer.total_seconds() / 3600 % 24]`);
    assert.deepEqual(found, ["2024-02-29T00:00:00+01:00", "2024-02-26T23:00:00+00:00", 23]);
  });

  test("days of 23 and 25 hours, where the clock is put", () => {
    const found = compute(`
hours = pd.date_range("2024-03-30", "2024-04-02", freq="h", tz="Europe/Rome", inclusive="left")
back = pd.date_range("2024-10-26", "2024-10-29", freq="h", tz="Europe/Rome", inclusive="left")
return [pd.Series(1, index=it).resample("D").sum().tolist() for it in (hours, back)]`);
    assert.deepEqual(found, [
      [24, 23, 24],
      [24, 25, 24],
    ]);
  });

  test("dates in words and numbers", () => {
    const found = compute(`
texts = pd.to_datetime(pd.Series(["3.2.2024 14:30", "29.2.2024 00:00"]), format="%d.%m.%Y %H:%M")
return [texts.dt.strftime("%Y-%m-%dT%H:%M").tolist(), texts.dt.day_name().tolist(), str(pd.to_datetime(86400, unit="s")),
  pd.to_datetime(["2024-01-01", "nope"], errors="coerce").isna().tolist(), pd.to_datetime("2024-01-01T00:00+05:30").isoformat()]`);
    assert.deepEqual(found, [
      ["2024-02-03T14:30", "2024-02-29T00:00"],
      ["Saturday", "Thursday"],
      "1970-01-02 00:00:00",
      [false, true],
      "2024-01-01T00:00:00+05:30",
    ]);
  });

  test("by days, from hours; periods and differences", () => {
    const found = compute(`
hours = pd.Series(range(48), index=pd.date_range("2024-01-01", periods=48, freq="h"))
return [hours.resample("D").sum().tolist(), str(pd.Period("2024Q1", freq="Q").end_time.date()), str(pd.Timedelta("1D 3h") / 3)]`);
    assert.deepEqual(found, [[276, 852], "2024-03-31", "0 days 09:00:00"]);
  });
});

describe("files", () => {
  test("CSV, by its own reader in C and by Python's", () => {
    for (const engine of ["c", "python"]) {
      const found = compute(`
table = pd.read_csv(io.StringIO("day,b,c\\n2024-01-02,2.5,x\\n2024-01-03,,y z\\n"), parse_dates=["day"], engine="${engine}")
return [table.day.dt.day.tolist(), table.b.fillna(-1).tolist(), table.c.tolist(), table.to_csv(index=False)]`);
      assert.deepEqual(found, [[2, 3], [2.5, -1], ["x", "y z"], "day,b,c\n2024-01-02,2.5,x\n2024-01-03,,y z\n"]);
    }
  });

  test("JSON, pickles, SQL", () => {
    const found = compute(`
import pickle, sqlite3
with sqlite3.connect(":memory:") as connection:
  frame.to_sql("cities", connection, index=False)
  large = pd.read_sql("select city from cities where n > 3 order by n", connection).city.tolist()
return [frame.head(2).to_json(), pd.read_json(io.StringIO(frame.to_json())).n.tolist(),
  pickle.loads(pickle.dumps(frame)).equals(frame), large]`);
    assert.equal(found[0], '{"city":{"0":"Oslo","1":"Rome"},"n":{"0":1,"1":2},"x":{"0":1.5,"1":null}}');
    assert.deepEqual(found.slice(1), [[1, 2, 3, 4, 5], true, ["Bern", "Rome"]]);
  });
});

describe("what is refused", () => {
  for (const [call, pattern] of [
    ["pd.DataFrame({'a': [1, 2], 'b': [1]})", /ValueError: All arrays must be of the same length/],
    ["frame.loc[99]", /KeyError: 99/],
    ["frame['nope']", /KeyError: 'nope'/],
    ["frame.groupby('nope').sum()", /KeyError: 'nope'/],
    ["pd.concat([])", /ValueError: No objects to concatenate/],
    ["pd.Series(['a']).astype(int)", /ValueError: invalid literal for int/],
    ["pd.to_datetime('no date')", /DateParseError: Unknown datetime string format/],
    ["pd.Timestamp('2024-13-01')", /DateParseError: month must be in 1..12/],
    ["pd.Timestamp('2024-03-31 02:30', tz='Europe/Rome')", /ValueError: .*nonexistent time due to daylight savings/],
    ["pd.read_csv(io.StringIO(''))", /EmptyDataError: No columns to parse from file/],
    ["pd.read_csv(io.StringIO('a,b\\n1,2\\n1,2,3\\n'))", /ParserError: .*Expected 2 fields in line 3, saw 3/],
    ["pd.read_json(io.StringIO('{'))", /ValueError/],
  ]) {
    test(call, () => {
      assert.throws(() => compute(call), pattern);
    });
  }
});
