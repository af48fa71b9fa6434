/** SciPy from its wheel, in the release: every module of its own, by results that are known otherwise. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

const errors = [];
let py;

before(async () => {
  py = await loadWheels({ stderr: (line) => errors.push(line) });
});

/** Runs a function's body with numpy as `np`, and gives what it returns. */
function compute(body) {
  return run(py, `import numpy as np\n${body.trim()}`);
}

/** That a number is close to another, relative to one or to it. */
function close(found, expected, tolerance = 1e-10) {
  assert.ok(Math.abs(found - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${found} is not ${expected}`);
}

describe("the wheel", () => {
  test("all extension modules are imported", () => {
    // Alone, this module and its extension module import each other: upstream means it to be the first of the two.
    compute("import scipy.linalg._matfuncs_sqrtm");
    const { packages, extensions } = importAll(py, "scipy");
    assert.deepEqual(packages, ["scipy"]);
    assert.ok(extensions.length > 90, String(extensions.length));
  });

  test("has all optional parts, and no tests", () => {
    const [blas, pythran, tests] = compute(`
import importlib.util as util, json, scipy
config = scipy.show_config(mode="dicts")
dependencies = config["Build Dependencies"]
return [dependencies["blas"]["name"], "pythran" in config["Compilers"], util.find_spec("scipy.linalg.tests") is not None]`);
    assert.deepEqual([blas, pythran, tests], ["blis", true, false]);
  });
});

describe("linalg", () => {
  test("decompositions give their matrices back, in all four kinds of numbers", () => {
    const worst = compute(`
from scipy import linalg
rng = np.random.default_rng(1)
worst = 0.0
for kind in "fdFD":
  a = rng.standard_normal((30, 30)).astype(kind)
  if kind in "FD": a = a + 1j * rng.standard_normal((30, 30)).astype(kind.lower())
  a = a.astype(kind)
  b = rng.standard_normal((30, 3)).astype(kind)
  scale = np.finfo(kind).eps * 1000
  u, s, v = linalg.svd(a)
  q, r = linalg.qr(a)
  t, z = linalg.schur(a)
  w, x = linalg.eig(a)
  p, low, up = linalg.lu(a)
  h = a @ a.conj().T + 30 * np.eye(30, dtype=kind)
  c = linalg.cholesky(h, lower=True)
  e, y = linalg.eigh(h)
  for found, given in ((u * s @ v, a), (q @ r, a), (z @ t @ z.conj().T, a), (x * w, a @ x), (p @ low @ up, a),
                       (c @ c.conj().T, h), (y * e, h @ y), (a @ linalg.solve(a, b), b), (a @ linalg.inv(a), np.eye(30))):
    worst = max(worst, np.abs(found - given).max() / np.abs(given).max() / scale)
return float(worst)`);
    assert.ok(worst < 1, String(worst));
  });

  test("an argument that LAPACK refuses is said, and the interpreter goes on", () => {
    const before = errors.length;
    const info = compute(`
from scipy.linalg import lapack
a = np.asfortranarray(np.eye(3))
qr, tau, work, info = lapack.dgeqrf(a)
return lapack.dormqr("L", "N", qr, tau, a, lwork=0)[-1]`);
    assert.equal(info, -12);
    assert.deepEqual(errors.splice(before), [" ** On entry to DORMQR parameter number 12 had an illegal value"]);
    assert.equal(compute("return 6 * 7"), 42);
  });

  test("functions of matrices, and structured ones", () => {
    const found = compute(`
from scipy import linalg
a = np.array([[0.0, -np.pi / 2], [np.pi / 2, 0]])
rotation = linalg.expm(a)
root = linalg.sqrtm(np.array([[4.0, 1], [0, 9]]))
toeplitz = linalg.solve_toeplitz(np.array([4.0, 1, 0.5]), np.array([1.0, 2, 3]))
banded = linalg.solve_banded((1, 1), np.array([[0, 1.0, 1], [4, 4, 4], [1, 1, 0]]), np.array([5.0, 6, 5]))
return [rotation[1, 0], root[0, 1], float(np.abs(linalg.toeplitz([4, 1, 0.5]) @ toeplitz - [1, 2, 3]).max()), *banded]`);
    for (const [i, expected] of [1, 0.2, 0, 1, 1, 1].entries()) close(found[i], expected);
  });

  test("BLAS and LAPACK by their own names, and by Cython's", () => {
    const found = compute(`
import ctypes
from scipy.linalg import blas, cython_blas, lapack
from scipy.linalg.cython_blas import _test_zdotc
x = np.array([1 + 2j, 3 - 1j])
lu, piv, info = lapack.zgetrf(np.array([[0, 1j], [2, 0]]))
return [blas.ddot([1, 2, 3], [4, 5, 6]), blas.zdotc(x, x).real, _test_zdotc(x, x).real, info, abs(lu[0, 0]),
        bool(lapack.dlamch("e") == np.finfo(float).eps / 2), "dgemm" in cython_blas.__pyx_capi__]`);
    assert.deepEqual(found, [32, 15, 15, 0, 2, true, true]);
  });
});

describe("optimize and integrate", () => {
  test("methods of minimisation find the valley of Rosenbrock's function", () => {
    const found = compute(`
from scipy.optimize import minimize, rosen, rosen_der, rosen_hess
found = {}
for method in ("Nelder-Mead", "Powell", "CG", "BFGS", "Newton-CG", "L-BFGS-B", "TNC", "COBYLA", "COBYQA", "SLSQP", "trust-constr",
               "dogleg", "trust-ncg", "trust-exact", "trust-krylov"):
  more = {"jac": rosen_der, "hess": rosen_hess} if "-" in method[1:] or method == "dogleg" else {}
  if method in ("Nelder-Mead", "L-BFGS-B"): more = {}
  options = {"COBYLA": {"maxiter": 20000, "tol": 1e-8}, "Nelder-Mead": {"xatol": 1e-9, "fatol": 1e-9}}.get(method, {})
  x = minimize(rosen, [1.1, 1.2], method=method, options=options, **more).x
  found[method] = float(np.abs(x - 1).max())
return found`);
    for (const [method, error] of Object.entries(found)) assert.ok(error < 2e-2, `${method}: ${error}`);
    assert.equal(Object.keys(found).length, 15);
  });

  test("linear and integer programmes, roots, least squares, assignments", () => {
    const found = compute(`
from scipy.optimize import LinearConstraint, brentq, curve_fit, least_squares, linear_sum_assignment, linprog, milp, root
lp = linprog([-1, -2], A_ub=[[1, 1], [1, 3]], b_ub=[4, 6])
whole = milp([-1, -1], integrality=[1, 1], constraints=LinearConstraint([[2, 1], [1, 2]], ub=[4.5, 4.5]))
(a, b), _ = curve_fit(lambda x, a, b: a * np.exp(-b * x), x := np.linspace(0, 4, 50), 2.5 * np.exp(-1.3 * x))
rows, columns = linear_sum_assignment([[4, 1, 3], [2, 0, 5], [3, 2, 2]])
return [lp.fun, whole.fun, brentq(np.cos, 0, 3), root(lambda v: [v[0] ** 2 - 2], [1.0]).x[0], a, b, *columns,
        least_squares(lambda v: v - [3, 4], [0.0, 0], method="lm").x[1]]`);
    const expected = [-5, -2, Math.PI / 2, Math.SQRT2, 2.5, 1.3, 1, 0, 2, 4];
    for (const [i, value] of expected.entries()) close(found[i], value, 1e-6);
  });

  test("integrals and differential equations, with callbacks", () => {
    const found = compute(`
from scipy.integrate import dblquad, odeint, quad, solve_ivp
area = quad(lambda x: np.exp(-x * x), -np.inf, np.inf)[0]
volume = dblquad(lambda y, x: x * y, 0, 1, 0, lambda x: 2)[0]
ends = [solve_ivp(lambda t, y: [y[1], -y[0]], (0, np.pi / 2), [0, 1], method=m, rtol=1e-8, atol=1e-8).y[0, -1]
        for m in ("RK45", "DOP853", "Radau", "BDF", "LSODA")]
return [area, volume, *ends, odeint(lambda y, t: -y, 1.0, [0, 1])[1, 0]]`);
    const expected = [Math.sqrt(Math.PI), 1, 1, 1, 1, 1, 1, Math.exp(-1)];
    for (const [i, value] of expected.entries()) close(found[i], value, 1e-6);
  });

  /** Fits a line, with the report of ODRPACK in a file. */
  const FIT = `
import os, tempfile, warnings
warnings.simplefilter("ignore", DeprecationWarning)
from scipy import odr
x = np.linspace(0, 5, 40)
with tempfile.TemporaryDirectory() as folder:
  path = os.path.join(folder, "report.txt")
  run = odr.ODR(odr.Data(x, 3 * x - 1), odr.Model(lambda p, x: p[0] * x + p[1]), beta0=[1.0, 0], rptfile=path)
  run.set_iprint(init=2, final=2)
  found = run.run()
  with open(path) as file: report = file.read()
return [*found.beta, report]`;

  test("orthogonal distance regression, which is Fortran", () => {
    const [slope, offset] = compute(FIT);
    close(slope, 3, 1e-6);
    close(offset, -1, 1e-6);
  });

  // LAPACK, which is loaded by now, has a Fortran run-time library of its own, which does not know the file.
  test("its report in a file", () => {
    const report = compute(FIT)[2];
    assert.match(report, /ODRPACK VERSION/);
    assert.match(report, /NUMBER OF OBSERVATIONS +40|N = +40/);
    assert.match(report, /FINAL SUMMARY FOR FIT BY METHOD OF ODR/);
  });
});

describe("special, stats and fft", () => {
  test("special functions have the values of the tables", () => {
    const found = compute(`
from scipy import special as sp
return [sp.gamma(0.5), sp.jv(0, 1.0), sp.erf(1.0), sp.zeta(3.0), sp.hyp2f1(1, 1, 2, 0.5), sp.ellipk(0.5), sp.airy(0.0)[0],
        sp.expi(1.0), sp.lambertw(1.0).real, sp.betainc(2, 3, 0.5), sp.ndtri(0.975), sp.comb(50, 25, exact=True) % 1000003]`);
    const expected = [
      1.772453850905516,
      0.7651976865579666,
      0.8427007929497149,
      1.2020569031595942,
      1.3862943611198906,
      1.8540746773013719,
      0.3550280538878172,
      1.8951178163559368,
      0.5671432904097838,
      0.6875,
      1.959963984540054,
      126410606437752 % 1000003,
    ];
    for (const [i, value] of expected.entries()) close(found[i], value, 1e-12);
  });

  test("distributions and tests", () => {
    const found = compute(`
from scipy import stats
rng = np.random.default_rng(5)
sample = stats.norm(3, 2).rvs(4000, random_state=rng)
return [stats.norm.cdf(1.96), stats.t.ppf(0.975, 10), stats.chi2.sf(3.84, 1), float(stats.kstest(sample, stats.norm(3, 2).cdf).pvalue > 0.001),
        stats.pearsonr([1, 2, 3, 4], [2, 4, 5, 9]).statistic, stats.fisher_exact([[8, 2], [1, 5]]).pvalue]`);
    const expected = [
      0.9750021048517795, 2.2281388519649385, 0.05004352124870519, 1, 0.9647638212377322, 0.03496503496503495,
    ];
    for (const [i, value] of expected.entries()) close(found[i], value, 1e-9);
  });

  test("transforms go there and back, in one and more dimensions", () => {
    const worst = compute(`
from scipy import fft
rng = np.random.default_rng(3)
worst = 0.0
for shape in ((17,), (64,), (1009,), (12, 15)):
  x = rng.standard_normal(shape)
  for there, back in ((fft.fftn, fft.ifftn), (fft.dctn, fft.idctn), (fft.dstn, fft.idstn)):
    worst = max(worst, float(np.abs(back(there(x)) - x).max()))
k = np.arange(17)
direct = np.exp(-2j * np.pi * np.outer(k, k) / 17) @ (y := rng.standard_normal(17))
return max(worst, float(np.abs(fft.fft(y) - direct).max()))`);
    assert.ok(worst < 1e-12, String(worst));
  });
});

describe("sparse, spatial and the rest", () => {
  test("sparse systems, eigenvalues and graphs", () => {
    const found = compute(`
from scipy import sparse
from scipy.sparse import csgraph, linalg
n = 400
a = sparse.diags([-1, 2.0, -1], [-1, 0, 1], shape=(n, n), format="csc")
x = linalg.spsolve(a, np.ones(n))
small = linalg.eigsh(a, 2, sigma=0, return_eigenvectors=False)
large = linalg.svds(a, 1, return_singular_vectors=False, rng=np.random.default_rng(0))
y, info = linalg.gmres(a + sparse.eye(n), np.ones(n), rtol=1e-10)
distance = csgraph.shortest_path(sparse.csr_array([[0, 1, 5], [0, 0, 2], [0, 0, 0]]))
exact = sorted(4 * np.sin(np.pi * k / (2 * (n + 1))) ** 2 for k in (1, 2, n))
return [float(np.abs(a @ x - 1).max()) * 1e-3, *(np.sort(small) / exact[:2]), large[0] / exact[2], info, distance[0, 2],
        csgraph.connected_components(sparse.eye(5))[0]]`);
    const expected = [0, 1, 1, 1, 0, 3, 5];
    for (const [i, value] of expected.entries()) close(found[i], value, 1e-8);
  });

  test("neighbours, hulls, triangulations and rotations", () => {
    const found = compute(`
from scipy import spatial
points = np.random.default_rng(2).random((300, 2))
tree = spatial.cKDTree(points)
distance, place = tree.query([0.5, 0.5])
corners = np.vstack([points * 0.9 + 0.05, [[0, 0], [0, 1], [1, 0], [1, 1]]])
hull = spatial.ConvexHull(corners)
mesh = spatial.Delaunay(corners)
sides = corners[mesh.simplices]
(ax, ay), (bx, by) = (sides[:, 1] - sides[:, 0]).T, (sides[:, 2] - sides[:, 0]).T
area = np.abs(ax * by - bx * ay).sum() / 2
turned = spatial.transform.Rotation.from_euler("z", 90, degrees=True).apply([1, 0, 0])
return [distance - np.sqrt(((points - 0.5) ** 2).sum(1)).min(), hull.volume, len(hull.vertices), area, turned[1],
        spatial.distance.cdist([[0, 0]], [[3, 4]])[0, 0]]`);
    const expected = [0, 1, 4, 1, 1, 5];
    for (const [i, value] of expected.entries()) close(found[i], value, 1e-10);
  });

  test("splines, filters, images, clusters and files", () => {
    const found = compute(`
import io
from scipy import cluster, interpolate, io as files, ndimage, signal
x = np.linspace(0, np.pi, 30)
spline = interpolate.CubicSpline(x, np.sin(x))
smooth = interpolate.make_interp_spline(x, np.cos(x), k=5)
grid = interpolate.RegularGridInterpolator((x, x), np.add.outer(x, 2 * x))
b, a = signal.butter(4, 0.2)
step = signal.filtfilt(b, a, np.ones(100))
long = signal.fftconvolve(np.ones(50), np.ones(20))
labels, count = ndimage.label([[1, 1, 0, 0], [0, 0, 0, 1], [1, 0, 0, 1]])
blurred = ndimage.gaussian_filter(np.eye(9), 1).sum()
groups = cluster.hierarchy.fcluster(cluster.hierarchy.linkage([[0.0], [0.1], [5], [5.1]], "ward"), 2, "maxclust")
store = io.BytesIO()
files.savemat(store, {"m": np.arange(6.0).reshape(2, 3)})
store.seek(0)
read = files.loadmat(store)["m"]
store = io.BytesIO()
files.mmwrite(store, np.eye(3))
store.seek(0)
return [spline(1.0) - np.sin(1), float(smooth(1.0)) - np.cos(1), grid([1.0, 0.5])[0], step[50], long.max(), count, blurred,
        float(groups[0] != groups[2]), read[1, 2], files.mmread(store).sum()]`);
    const expected = [0, 0, 2, 1, 20, 3, 9, 1, 5, 3];
    for (const [i, value] of expected.entries()) close(found[i], value, 2e-5);
  });
});

describe("errors", () => {
  /** Runs Python that raises, and gives the exception's type. */
  function raised(body) {
    const lines = body.split("\n").map((line) => `  ${line}`);
    return compute(
      `try:\n${lines.join("\n")}\nexcept Exception as error:\n  return [type(error).__name__, str(error)]`,
    );
  }

  for (const [what, body, type, words] of [
    ["a singular matrix", "from scipy.linalg import inv\ninv(np.zeros((2, 2)))", "LinAlgError", /singular/],
    [
      "one that is not positive definite",
      "from scipy.linalg import cholesky\ncholesky(-np.eye(2))",
      "LinAlgError",
      /potrf/,
    ],
    ["shapes that do not fit", "from scipy.linalg import solve\nsolve(np.eye(2), np.ones(3))", "ValueError", /./],
    [
      "an exception in a callback of C",
      "from scipy.integrate import quad\nquad(lambda x: 1 / 0, 0, 1)",
      "ZeroDivisionError",
      /./,
    ],
    [
      "an exception in a callback of Fortran's heirs",
      "from scipy.optimize import fmin_cobyla\nfmin_cobyla(lambda x: {}['no'], [0.0], [])",
      "KeyError",
      /no/,
    ],
    [
      "an exception of C++",
      "from scipy.spatial import cKDTree\ncKDTree(np.full((3, 2), np.nan))",
      "ValueError",
      /finite/,
    ],
    [
      "points in a line",
      "from scipy.spatial import ConvexHull\nConvexHull([[0, 0], [1, 1], [2, 2]])",
      "QhullError",
      /./,
    ],
    ["a file that is none", "import io, scipy.io\nscipy.io.loadmat(io.BytesIO(b'no'))", "MatReadError", /./],
  ]) {
    test(`${what}: ${type}`, () => {
      const [found, message] = raised(body);
      assert.equal(found, type, message);
      assert.match(message, words);
    });
  }

  test("a singular sparse matrix is told of, and SciPy goes on", () => {
    const [warned, value] = compute(`
import warnings
from scipy.sparse import csc_array
from scipy.sparse.linalg import spsolve
with warnings.catch_warnings(record=True) as caught:
  warnings.simplefilter("always")
  spsolve(csc_array([[1.0, 1], [1, 1]]), [1.0, 2])
return [str(caught[0].message), spsolve(csc_array([[2.0, 0], [0, 4]]), [2.0, 4])[1]]`);
    assert.match(warned, /singular/);
    assert.equal(value, 1);
  });

  test("nothing of all that was written to standard error", () => {
    assert.deepEqual(errors, []);
  });
});
