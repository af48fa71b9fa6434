"""Work for SciPy, from most of its packages.

Each function here makes the operands, for `scale` 1 or, to try it out, 0, and gives what is timed.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import scipy.cluster.hierarchy
import scipy.cluster.vq
import scipy.fft
import scipy.integrate
import scipy.interpolate
import scipy.linalg
import scipy.ndimage
import scipy.optimize
import scipy.signal
import scipy.sparse
import scipy.sparse.csgraph
import scipy.sparse.linalg
import scipy.spatial
import scipy.special
import scipy.stats
from suite import Workload, Workloads

type Array = np.ndarray[Any, Any]
Run = Callable[[], object]

WORKLOADS: dict[str, Workload] = {}


def kernel(workload: Workload) -> Workload:
    """Adds a workload under the function's name."""
    WORKLOADS[workload.__name__] = workload
    return workload


def _numbers() -> np.random.Generator:
    return np.random.default_rng(2026)


def _poisson(n: int) -> Any:
    """Gives the matrix of Poisson's equation on n × n points."""
    line = scipy.sparse.diags_array([-1.0, 2.0, -1.0], offsets=[-1, 0, 1], shape=(n, n))
    eye = scipy.sparse.eye_array(n)
    return (scipy.sparse.kron(eye, line) + scipy.sparse.kron(line, eye)).tocsc()


@kernel
def minimize(scale: int) -> Run:
    """BFGS on Rosenbrock's function, with its gradient."""
    start = np.full(20 if scale else 4, 1.3)

    def run() -> float:
        found = scipy.optimize.minimize(
            scipy.optimize.rosen, start, jac=scipy.optimize.rosen_der, method="BFGS"
        )
        return float(found.x.sum())

    return run


@kernel
def least_squares(scale: int) -> Run:
    """Four parameters of a curve through 500 points."""
    x = np.linspace(0, 10, 500)
    y = 2.5 * np.exp(-0.6 * x) * np.cos(3 * x + 0.2) + 0.01 * _numbers().standard_normal(len(x))

    def misses(p: Array) -> Array:
        return p[0] * np.exp(-p[1] * x) * np.cos(p[2] * x + p[3]) - y

    return lambda: scipy.optimize.least_squares(misses, [2, 0.5, 2.9, 0]).x


@kernel
def linprog(scale: int) -> Run:
    """A linear program, by HiGHS."""
    n = 60 if scale else 5
    rng = _numbers()
    limits, price = rng.random((n, n)), -rng.random(n)
    return lambda: float(scipy.optimize.linprog(price, A_ub=limits, b_ub=np.full(n, 10.0)).fun)


@kernel
def solve_ivp(scale: int) -> Run:
    """Lorenz's equations, by Runge and Kutta."""

    def change(_: float, at: Array) -> list[float]:
        x, y, z = at
        return [10 * (y - x), x * (28 - z) - y, x * y - 8 / 3 * z]

    end = 5 if scale else 0.5
    return lambda: scipy.integrate.solve_ivp(change, (0, end), [1, 1, 1], rtol=1e-6).y[:, -1]


@kernel
def quad(scale: int) -> Run:
    """An integral by QUADPACK, which calls back into Python."""
    return lambda: scipy.integrate.quad(lambda x: np.exp(-x * x) * np.cos(9 * x), -np.inf, np.inf)[
        0
    ]


@kernel
def spsolve(scale: int) -> Run:
    """Poisson's equation by SuperLU."""
    matrix = _poisson(60 if scale else 8)
    right = np.ones(matrix.shape[0])
    return lambda: scipy.sparse.linalg.spsolve(matrix, right)


@kernel
def eigsh(scale: int) -> Run:
    """The six largest eigenvalues of a sparse matrix, by ARPACK."""
    matrix = _poisson(40 if scale else 8)
    start = np.ones(matrix.shape[0])
    return lambda: scipy.sparse.linalg.eigsh(matrix, 6, v0=start, return_eigenvectors=False)


@kernel
def sparse_product(scale: int) -> Run:
    """The square of a sparse matrix."""
    matrix = _poisson(100 if scale else 8).tocsr()
    return lambda: float((matrix @ matrix).sum())


@kernel
def shortest_paths(scale: int) -> Run:
    """Dijkstra's, from ten points of a graph."""
    graph = _poisson(40 if scale else 8).tocsr()
    graph.data = np.abs(graph.data)
    return lambda: scipy.sparse.csgraph.dijkstra(graph, indices=range(10))


@kernel
def fft2(scale: int) -> Run:
    """A Fourier transform of an image in float32."""
    n = 512 if scale else 32
    image = _numbers().random((n, n), dtype=np.float32)
    return lambda: scipy.fft.fft2(image)


@kernel
def fftconvolve(scale: int) -> Run:
    """A signal of 100,000 numbers through a filter of 1,000."""
    rng = _numbers()
    long, short = rng.standard_normal(100_000 if scale else 1000), rng.standard_normal(1000)
    return lambda: scipy.signal.fftconvolve(long, short)


@kernel
def lfilter(scale: int) -> Run:
    """The same signal through a Butterworth filter, forth and back."""
    signal = _numbers().standard_normal(100_000 if scale else 1000)
    sections = scipy.signal.butter(6, 0.2, output="sos")
    return lambda: scipy.signal.sosfiltfilt(sections, signal)


@kernel
def kd_tree(scale: int) -> Run:
    """A tree of 10,000 points, and the five nearest of each."""
    points = _numbers().random((10_000 if scale else 100, 3))
    return lambda: scipy.spatial.cKDTree(points).query(points, 5)[0]


@kernel
def delaunay(scale: int) -> Run:
    """Triangles between 5,000 points, by Qhull."""
    points = _numbers().random((5000 if scale else 50, 2))
    return lambda: len(scipy.spatial.Delaunay(points).simplices)


@kernel
def spline(scale: int) -> Run:
    """A cubic spline through 2,000 points, at 100,000 places."""
    x = np.sort(_numbers().random(2000))
    places = np.linspace(x[0], x[-1], 100_000 if scale else 1000)
    return lambda: scipy.interpolate.CubicSpline(x, np.sin(20 * x))(places)


@kernel
def grid_interpolation(scale: int) -> Run:
    """Values between those of a grid with three axes."""
    axis = np.linspace(0, 1, 30)
    values = np.add.outer(np.add.outer(axis**2, np.sin(axis)), axis)
    places = _numbers().random((50_000 if scale else 500, 3))
    between = scipy.interpolate.RegularGridInterpolator((axis, axis, axis), values)
    return lambda: between(places)


@kernel
def distributions(scale: int) -> Run:
    """Quantiles and densities of gamma and Student's t."""
    p = np.linspace(0.01, 0.99, 5000 if scale else 50)

    def run() -> list[Array]:
        return [scipy.stats.gamma.ppf(p, 2.5), scipy.stats.t.ppf(p, 7), scipy.stats.t.pdf(p, 7)]

    return run


@kernel
def rank_test(scale: int) -> Run:
    """Two samples by Mann and Whitney."""
    first, second = _numbers().standard_normal((2, 20_000 if scale else 200))
    return lambda: float(scipy.stats.mannwhitneyu(first, second + 0.1).statistic)


@kernel
def gaussian_filter(scale: int) -> Run:
    """An image of 512 × 512, made soft."""
    n = 512 if scale else 64
    image = _numbers().random((n, n))
    return lambda: scipy.ndimage.gaussian_filter(image, 3)


@kernel
def label(scale: int) -> Run:
    """Connected regions of an image, and their sizes."""
    n = 512 if scale else 64
    image = scipy.ndimage.uniform_filter(_numbers().random((n, n)), 5) > 0.5

    def run() -> Array:
        regions, count = scipy.ndimage.label(image)
        return np.asarray(scipy.ndimage.sum_labels(image, regions, range(1, count + 1)))

    return run


@kernel
def expm(scale: int) -> Run:
    """The exponential of a matrix of 200 × 200."""
    n = 200 if scale else 20
    matrix = _numbers().standard_normal((n, n)) / np.sqrt(n)
    return lambda: scipy.linalg.expm(matrix)


@kernel
def svd(scale: int) -> Run:
    """Singular values and vectors of 200 × 200."""
    n = 200 if scale else 20
    matrix = _numbers().standard_normal((n, n))
    return lambda: scipy.linalg.svd(matrix)[1]


@kernel
def bessel(scale: int) -> Run:
    """Bessel's functions, of real order, of 20,000 numbers."""
    x = np.linspace(0.1, 50, 20_000 if scale else 200)
    return lambda: scipy.special.jv(2.5, x)


@kernel
def gamma_functions(scale: int) -> Run:
    """Gamma and error functions of 100,000 numbers."""
    x = np.linspace(0.1, 20, 100_000 if scale else 1000)
    return lambda: [scipy.special.gammaln(x), scipy.special.erf(x), scipy.special.gammainc(2.5, x)]


@kernel
def kmeans(scale: int) -> Run:
    """Ten clusters of 10,000 points."""
    rng = _numbers()
    points = rng.random((10_000 if scale else 100, 4))
    start = points[:10].copy()
    return lambda: scipy.cluster.vq.kmeans2(points, start, iter=10, minit="matrix")[0]


@kernel
def linkage(scale: int) -> Run:
    """A tree of 1,000 points by Ward's criterion."""
    points = _numbers().random((1000 if scale else 30, 4))
    return lambda: scipy.cluster.hierarchy.linkage(points, "ward")[:, 2]


def open_suite(settings: Mapping[str, Any]) -> Workloads:
    """Opens the suite."""
    return Workloads(WORKLOADS, ["numpy", "scipy"])
