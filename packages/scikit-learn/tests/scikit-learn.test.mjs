/** scikit-learn from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

describe("the wheel", () => {
  test("its packages and every extension module are imported", () => {
    const { packages, extensions } = importAll(py, "scikit-learn");
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });

  test("there is no OpenMP, and one thread", () => {
    assert.deepEqual(
      compute(`
from sklearn.utils._openmp_helpers import _openmp_effective_n_threads, _openmp_parallelism_enabled
import joblib
return [_openmp_parallelism_enabled(), _openmp_effective_n_threads(), joblib.effective_n_jobs(1)]`),
      [false, 1, 1],
    );
  });
});

/** Runs a function's body with Fisher's irises in x and y, which come with the wheel. */
const compute = (body) =>
  run(
    py,
    `
import warnings
import numpy as np
from sklearn.datasets import load_diabetes, load_iris, make_blobs, make_moons
x, y = load_iris(return_X_y=True)
${body.trim()}`,
  );

/** Each number is the known one, but for a difference. */
function near(found, known, tolerance) {
  assert.equal(found.length, known.length);
  known.forEach((value, index) => {
    assert.ok(Math.abs(found[index] - value) <= tolerance, `number ${index} is ${found[index]}, not ${value}`);
  });
}

describe("classes", () => {
  // Of 150 irises, how many each learns to tell: none of these is far from the others.
  for (const [module, made] of [
    ["ensemble", "GradientBoostingClassifier(random_state=0)"],
    ["ensemble", "HistGradientBoostingClassifier(random_state=0)"],
    ["ensemble", "RandomForestClassifier(random_state=0)"],
    ["linear_model", "LogisticRegression(max_iter=1000)"],
    ["naive_bayes", "GaussianNB()"],
    ["neighbors", "KNeighborsClassifier()"],
    ["neural_network", "MLPClassifier(random_state=0, max_iter=2000)"],
    ["svm", "LinearSVC(random_state=0)"],
    ["svm", "SVC()"],
    ["tree", "DecisionTreeClassifier(random_state=0)"],
  ]) {
    test(made, () => {
      const [score, kinds, again] = compute(`
import pickle
from sklearn.${module} import ${made.split("(")[0]}
model = ${made}.fit(x[::2], y[::2])
return [float(model.score(x[1::2], y[1::2])), model.classes_.tolist(),
  bool((pickle.loads(pickle.dumps(model)).predict(x) == model.predict(x)).all())]`);
      assert.ok(score >= 0.85, String(score));
      assert.deepEqual([kinds, again], [[0, 1, 2], true]);
    });
  }

  test("cross-validation, and the best of a grid", () => {
    const [scores, best] = compute(`
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
model = make_pipeline(StandardScaler(), SVC(kernel="linear"))
grid = GridSearchCV(model, {"svc__C": [1e-4, 1]}, cv=3, n_jobs=None).fit(x, y)
return [cross_val_score(SVC(kernel="linear", C=1), x, y, cv=5, n_jobs=None).tolist(), grid.best_params_["svc__C"]]`);
    // As scikit-learn's own guide to cross-validation has them.
    near(scores, [0.96, 1, 0.96, 0.96, 1], 0.008);
    assert.equal(best, 1);
  });

  test("a descent by steps parts two heaps", () => {
    const score = compute(`
from sklearn.linear_model import SGDClassifier
points, heap = make_blobs(200, centers=[[-5, 0], [5, 0]], random_state=0)
return float(SGDClassifier(random_state=0).fit(points, heap).score(points, heap))`);
    assert.equal(score, 1);
  });

  test("machines with a kernel part what no line parts", () => {
    const [line, kernel] = compute(`
from sklearn.svm import SVC
moons, side = make_moons(300, noise=0.05, random_state=0)
return [float(SVC(kernel=it).fit(moons, side).score(moons, side)) for it in ("linear", "rbf")]`);
    assert.ok(line < 0.95 && kernel === 1, `${line} ${kernel}`);
  });
});

describe("numbers", () => {
  test("least squares, with and without a penalty, agree with the closed form", () => {
    const same = compute(`
from sklearn.linear_model import LinearRegression, Ridge
data, known = load_diabetes(return_X_y=True)
design = np.column_stack([np.ones(len(data)), data])
line = LinearRegression().fit(data, known)
ridge = Ridge(alpha=0.5).fit(data, known)
middle = data - data.mean(0)
return [bool(np.allclose([line.intercept_, *line.coef_], np.linalg.lstsq(design, known)[0])),
  bool(np.allclose(ridge.coef_, np.linalg.solve(middle.T @ middle + 0.5 * np.eye(10), middle.T @ (known - known.mean()))))]`);
    assert.deepEqual(same, [true, true]);
  });

  test("the lasso meets its conditions, in a dense and a sparse table", () => {
    const [off, zeros, alike] = compute(`
import scipy.sparse
from sklearn.linear_model import Lasso
data, known = load_diabetes(return_X_y=True)
data, known = data - data.mean(0), known - known.mean()
model = Lasso(alpha=0.5, fit_intercept=False, tol=1e-10, max_iter=100000).fit(data, known)
slope = data.T @ (known - data @ model.coef_) / len(data)
on = model.coef_ != 0
sparse = Lasso(alpha=0.5, fit_intercept=False, tol=1e-10, max_iter=100000).fit(scipy.sparse.csc_array(data), known)
return [float(np.abs(slope[on] - 0.5 * np.sign(model.coef_[on])).max()), bool((np.abs(slope[~on]) <= 0.5).all() and (~on).any()),
  bool(np.allclose(sparse.coef_, model.coef_))]`);
    assert.ok(off < 1e-6, String(off));
    assert.deepEqual([zeros, alike], [true, true]);
  });

  for (const [module, made] of [
    ["ensemble", "HistGradientBoostingRegressor(random_state=0)"],
    ["ensemble", "RandomForestRegressor(random_state=0)"],
    ["gaussian_process", "GaussianProcessRegressor(random_state=0)"],
    ["isotonic", "IsotonicRegression(out_of_bounds='clip')"],
    ["svm", "SVR(C=100)"],
  ]) {
    test(`${made.split("(")[0]} follows a curve`, () => {
      const score = compute(`
from sklearn.${module} import ${made.split("(")[0]}
points = np.random.default_rng(2).uniform(-1.5, 1.5, 400)
model = ${made}.fit(points[:300, None], np.sin(points[:300]))
return float(model.score(points[300:, None], np.sin(points[300:])))`);
      assert.ok(score > 0.98 && score <= 1, String(score));
    });
  }
});

describe("without classes", () => {
  test("the main components of the irises", () => {
    const [ratio, same] = compute(`
from sklearn.decomposition import PCA
model = PCA().fit(x)
axes = np.linalg.svd(x - x.mean(0), full_matrices=False)[2]
return [model.explained_variance_ratio_.tolist(), bool(np.allclose(np.abs(model.components_), np.abs(axes)))]`);
    near(ratio, [0.92461872, 0.05306648, 0.01710261, 0.00521218], 1e-8);
    assert.equal(same, true);
  });

  for (const [module, made] of [
    ["cluster", "AgglomerativeClustering(4)"],
    ["cluster", "DBSCAN(eps=1.5)"],
    ["cluster", "HDBSCAN(copy=True)"],
    ["cluster", "KMeans(4, random_state=0)"],
    ["cluster", "MiniBatchKMeans(4, random_state=0)"],
    ["mixture", "GaussianMixture(4, random_state=0, n_init=3)"],
  ]) {
    test(`${made.split("(")[0]} finds four heaps`, () => {
      const score = compute(`
from sklearn.${module} import ${made.split("(")[0]}
from sklearn.metrics import adjusted_rand_score
points, heap = make_blobs(400, centers=[[0, 0], [9, 0], [0, 9], [9, 9]], cluster_std=0.8, random_state=1)
return float(adjusted_rand_score(heap, ${made}.fit_predict(points)))`);
      assert.ok(score > 0.97, String(score));
    });
  }

  test("neighbours by trees are those of all distances", () => {
    const same = compute(`
from sklearn.neighbors import NearestNeighbors
points = np.random.default_rng(4).random((300, 3))
far = ((points[:, None] - points) ** 2).sum(2)
return [bool((NearestNeighbors(n_neighbors=5, algorithm=how).fit(points).kneighbors(points)[1] == far.argsort(1)[:, :5]).all())
  for how in ("ball_tree", "kd_tree", "brute")]`);
    assert.deepEqual(same, [true, true, true]);
  });

  test("maps of neighbourhoods keep heaps apart", () => {
    const score = compute(`
from sklearn.manifold import TSNE
from sklearn.metrics import silhouette_score
points, heap = make_blobs(120, n_features=8, centers=3, cluster_std=0.5, random_state=3)
return float(silhouette_score(TSNE(random_state=0, perplexity=20).fit_transform(points), heap))`);
    assert.ok(score > 0.5, String(score));
  });

  test("words are counted", () => {
    const [words, counts, weight] = compute(`
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
texts = ["a red fish", "a blue fish", "no fish, no red"]
counter = CountVectorizer().fit(texts)
return [counter.get_feature_names_out().tolist(), counter.transform(texts).toarray().tolist(),
  float((TfidfVectorizer().fit_transform(texts).toarray() ** 2).sum())]`);
    assert.deepEqual(words, ["blue", "fish", "no", "red"]);
    assert.deepEqual(counts, [
      [0, 1, 0, 1],
      [1, 1, 0, 0],
      [0, 1, 2, 1],
    ]);
    near([weight], [3], 1e-12);
  });

  test("a receiver's curve", () => {
    // As scikit-learn's own guide to metrics has it.
    const area = compute(`
from sklearn.metrics import roc_auc_score
return float(roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))`);
    assert.equal(area, 0.75);
  });
});

describe("what is refused", () => {
  for (const [call, pattern] of [
    ["LogisticRegression().predict(x)", /NotFittedError: This LogisticRegression instance is not fitted yet/],
    ["LogisticRegression().fit(x, y[:9])", /ValueError: Found input variables with inconsistent numbers of samples/],
    ["LogisticRegression().fit([[np.nan], [1]], [0, 1])", /ValueError: Input X contains NaN/],
    ["LogisticRegression().fit(x, [0] * 150)", /ValueError: This solver needs samples of at least 2 classes/],
    ["LogisticRegression(C=-1).fit(x, y)", /InvalidParameterError: The 'C' parameter/],
    ["LogisticRegression().fit(x, y).predict([[1, 2]])", /ValueError: X has 2 features, but .* 4 features/],
    ["PCA(9).fit(x)", /ValueError: n_components=9 must be between 0 and min/],
    ["KMeans(200).fit(x)", /ValueError: n_samples=150 should be >= n_clusters=200/],
  ]) {
    test(call, () => {
      const imports =
        "from sklearn.cluster import KMeans\nfrom sklearn.decomposition import PCA\nfrom sklearn.linear_model import LogisticRegression";
      assert.throws(() => compute(`${imports}\n${call}`), pattern);
    });
  }
});
