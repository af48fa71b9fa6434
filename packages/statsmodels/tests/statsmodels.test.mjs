/** statsmodels from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

describe("the wheel", () => {
  test("its packages and every extension module are imported", () => {
    const { packages, extensions } = importAll(py, "statsmodels");
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });
});

/** Runs a function's body with statsmodels' two interfaces, and the series `lh` of R's datasets. */
const compute = (body) =>
  run(
    py,
    `
import warnings
import numpy as np, pandas as pd
import statsmodels.api as sm, statsmodels.formula.api as smf
from statsmodels.tsa.arima.model import ARIMA
lh = [2.4, 2.4, 2.4, 2.2, 2.1, 1.5, 2.3, 2.3, 2.5, 2.0, 1.9, 1.7, 2.2, 1.8, 3.2, 3.2, 2.7, 2.2, 2.2, 1.9, 1.9, 1.8, 2.7, 3.0,
  2.3, 2.0, 2.0, 2.9, 2.9, 2.7, 2.7, 2.3, 2.6, 2.4, 1.8, 1.7, 1.5, 1.4, 2.1, 3.3, 3.5, 3.5, 3.1, 2.6, 2.1, 3.4, 3.0, 2.9]
${body.trim()}`,
  );

/** Each number is the known one, but for a relative difference; zeros, but for that difference. */
function near(found, known, tolerance) {
  assert.equal(found.length, known.length);
  known.forEach((value, index) => {
    const off = Math.abs(found[index] - value) / (Math.abs(value) || 1);
    assert.ok(off <= tolerance, `number ${index} is ${found[index]}, not ${value}`);
  });
}

describe("linear models", () => {
  test("Longley's data: NIST's certified values", () => {
    const [params, deviations, rest] = compute(`
data = sm.datasets.longley.load()
found = sm.OLS(data.endog, sm.add_constant(data.exog)).fit()
return [found.params.tolist(), found.bse.tolist(), [float(it) for it in (found.rsquared, found.scale**0.5, found.fvalue)]]`);
    near(
      params,
      [
        -3482258.63459582, 15.0618722713733, -0.035819179292591, -2.02022980381683, -1.03322686717359,
        -0.0511041056535807, 1829.15146461355,
      ],
      1e-7,
    );
    near(
      deviations,
      [
        890420.383607373, 84.9149257747669, 0.0334910077722432, 0.488399681651699, 0.214274163161675, 0.22607320006937,
        455.478499142212,
      ],
      1e-7,
    );
    near(rest, [0.995479004577296, 304.854073561965, 330.285339234588], 1e-8);
  });

  test("weights, robust deviations and a formula agree with the closed form", () => {
    const [same, robust] = compute(`
rng = np.random.default_rng(5)
x, weights = rng.normal(size=200), rng.uniform(0.5, 2, 200)
table = pd.DataFrame({"x": x, "y": 1 + 2 * x + rng.normal(size=200) / weights ** 0.5, "kind": np.arange(200) % 2})
found = smf.wls("y ~ x + C(kind)", table, weights=weights).fit()
design = np.column_stack([np.ones(200), table.kind, x])
known = np.linalg.solve(design.T @ (design * weights[:, None]), design.T @ (weights * table.y))
ordinary = sm.OLS(table.y, design).fit()
bread = np.linalg.inv(design.T @ design)
meat = design.T @ (design * (ordinary.resid.to_numpy() ** 2)[:, None])
return [bool(np.allclose(found.params, known)),
  bool(np.allclose(ordinary.get_robustcov_results("HC0").cov_params(), bread @ meat @ bread))]`);
    assert.deepEqual([same, robust], [true, true]);
  });

  test("Dobson's counts by a Poisson regression: R's values", () => {
    const [params, rest] = compute(`
table = pd.DataFrame({"counts": [18, 17, 15, 20, 10, 20, 25, 13, 12], "outcome": list("123") * 3, "treatment": list("111222333")})
found = smf.glm("counts ~ outcome + treatment", table, family=sm.families.Poisson()).fit()
return [found.params.tolist(), [float(it) for it in (found.deviance, found.aic, *found.bse[:3])]]`);
    near(params, [3.0445, -0.45426, -0.29299, 0, 0], 2e-5);
    near(rest, [5.1291, 56.76, 0.1709, 0.2022, 0.1927], 4e-4);
  });

  test("Spector's students by a logit: Greene's values", () => {
    const [params, likelihood] = compute(`
data = sm.datasets.spector.load()
found = sm.Logit(data.endog, sm.add_constant(data.exog)).fit(disp=0)
return [found.params.tolist(), float(found.llf)]`);
    near(params, [-13.021, 2.826, 0.0952, 2.379], 5e-4);
    near([likelihood], [-12.8896], 1e-5);
  });

  test("quantiles, robust and mixed models find what the data were made with", () => {
    const [quantile, robust, mixed] = compute(`
rng = np.random.default_rng(11)
x, group = rng.normal(size=600), np.repeat(np.arange(30), 20)
table = pd.DataFrame({"x": x, "group": group, "y": 3 + 2 * x + rng.normal(size=30)[group] + rng.normal(size=600) / 2})
wild = table.assign(y=table.y.where(np.arange(600) % 20 > 0, 99.0))
with warnings.catch_warnings():
  warnings.simplefilter("ignore")
  models = [smf.quantreg("y ~ x", wild), smf.rlm("y ~ x", wild), smf.mixedlm("y ~ x", table, groups="group")]
  return [float(model.fit().params["x"]) for model in models]`);
    near([quantile, robust], [2, 2], 0.05);
    near([mixed], [2], 0.03);
  });
});

describe("time series", () => {
  test("R's arima(lh, order = c(1,0,0)) and c(3,0,0)", () => {
    const [[first, one], [third, three]] = compute(`
found = [ARIMA(lh, order=(lags, 0, 0)).fit() for lags in (1, 3)]
return [[it.params.tolist(), [float(it.llf), float(it.aic)]] for it in found]`);
    near(first, [2.4133, 0.5739, 0.1975], 2e-4);
    near(one, [-29.38, 64.76], 1e-4);
    near(third, [2.3931, 0.6448, -0.0634, -0.2198, 0.1787], 5e-4);
    near(three, [-27.09, 64.18], 1e-4);
  });

  test("the summary says so, and what comes next", () => {
    const [text, forecast] = compute(`
found = ARIMA(lh, order=(3, 0, 0)).fit()
return [str(found.summary()), found.forecast(3).tolist()]`);
    for (const line of [
      /Model: +ARIMA\(3, 0, 0\) +Log Likelihood +-27\.092/,
      /AIC +64\.185/,
      /const +2\.3931 /,
      /ar\.L1 +0\.6448 /,
      /sigma2 +0\.1787 /,
    ]) {
      assert.match(text, line);
    }
    // predict(arima(lh, order = c(3,0,0)), n.ahead = 3) of R.
    near(forecast, [2.460173, 2.270829, 2.198597], 2e-5);
  });

  test("a walk has a unit root, noise has none; seasons are found again", () => {
    const [walk, noise, season, trend] = compute(`
from statsmodels.tsa.seasonal import STL
from statsmodels.tsa.stattools import adfuller
noise = np.random.default_rng(7).normal(size=400)
months = np.arange(120)
series = pd.Series(0.5 * months + 10 * np.sin(months * np.pi / 6), index=pd.period_range("2010-01", periods=120, freq="M").to_timestamp())
found = STL(series, period=12).fit()
walk, still = (adfuller(it, result_object=False)[1] for it in (noise.cumsum(), noise))
return [float(walk), float(still), float(np.abs(found.seasonal - 10 * np.sin(months * np.pi / 6)).max()),
  float(np.diff(found.trend).mean())]`);
    assert.ok(walk > 0.1 && noise < 1e-6, `${walk} ${noise}`);
    assert.ok(season < 0.2, String(season));
    near([trend], [0.5], 0.01);
  });

  test("smoothing goes on with a trend and its seasons", () => {
    const found = compute(`
from statsmodels.tsa.holtwinters import ExponentialSmoothing
series = np.tile([10.0, 20.0, 30.0, 40.0], 10) + np.arange(40)
with warnings.catch_warnings():
  warnings.simplefilter("ignore")
  return ExponentialSmoothing(series, trend="add", seasonal="add", seasonal_periods=4).fit().forecast(4).round(3).tolist()`);
    near(found, [50, 61, 72, 83], 1e-3);
  });
});

describe("without a model", () => {
  test("a local regression and a density", () => {
    const [line, mass] = compute(`
x = np.linspace(0, 1, 101)
density = sm.nonparametric.KDEUnivariate(np.random.default_rng(1).normal(size=500))
density.fit()
step = density.support[1] - density.support[0]
return [float(np.abs(sm.nonparametric.lowess(3 * x + 1, x)[:, 1] - 3 * x - 1).max()), float(density.density.sum() * step)]`);
    assert.ok(line < 1e-9, String(line));
    near([mass], [1], 0.01);
  });

  test("a test of means: Student's sleep", () => {
    // t.test(extra ~ group, data = sleep, var.equal = TRUE) of R.
    const [t, p, freedom] = compute(`
from statsmodels.stats.weightstats import ttest_ind
found = ttest_ind([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
return [float(it) for it in found]`);
    near([t, p, freedom], [-1.8608, 0.07919, 18], 1e-4);
  });
});

describe("what is refused", () => {
  for (const [call, pattern] of [
    ["sm.OLS([1, 2, 3], [[1], [2]])", /ValueError: endog and exog matrices are different sizes/],
    ["sm.OLS([1, 2, 3], [1, np.nan, 3])", /MissingDataError: exog contains inf or nans/],
    [
      "smf.ols('y ~ nope', pd.DataFrame({'y': [1.0, 2.0]}))",
      /PatsyError: Error evaluating factor: NameError: name 'nope' is not defined/,
    ],
    ["sm.GLM([1.0, 2.0], [1.0, 2.0], family='poisson')", /AttributeError: 'str' object has no attribute 'link'/],
    ["ARIMA(lh, order=(1, 0))", /ValueError: `order` argument must be an iterable with three elements/],
    ["ARIMA(lh, order=(-1, 0, 0))", /ValueError: Terms in the AR order cannot be negative/],
    ["sm.Logit([0, 1, 2], [1, 2, 3]).fit(disp=0)", /ValueError: endog must be in the unit interval/],
  ]) {
    test(call, () => {
      assert.throws(() => compute(call), pattern);
    });
  }
});
