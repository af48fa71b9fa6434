"""34 small programs that use numpy, of the names and the tasks that Pyodide's benchmark has.

They are written anew, with the sizes that Pyodide takes where those are of use. Some use whole
arrays; others, as `fdtd` or `growcut`, take arrays number by number, and measure Python and its
way into numpy. Each function here makes the operands, for `scale` 1 or, to try it out, 0, and gives
what is timed.
"""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np
from suite import Workload, Workloads

type Array = np.ndarray[Any, Any]
Run = Callable[[], object]

KERNELS: dict[str, Workload] = {}


def kernel(workload: Workload) -> Workload:
    """Adds a kernel under the function's name."""
    KERNELS[workload.__name__] = workload
    return workload


def _numbers() -> np.random.Generator:
    return np.random.default_rng(2026)


@kernel
def allpairs_distances(scale: int) -> Run:
    """Squared distances of all pairs, by a product of matrices."""
    rng = _numbers()
    left, right = rng.standard_normal((100, 50)), rng.standard_normal((40, 50))

    def run() -> Array:
        squares = [np.einsum("ik,ik->i", points, points) for points in (left, right)]
        return np.add.outer(*squares) - 2 * (left @ right.T)

    return run


@kernel
def allpairs_distances_loops(scale: int) -> Run:
    """The same, pair by pair."""
    rng = _numbers()
    left, right = rng.standard_normal((30, 50)), rng.standard_normal((20, 50))

    def run() -> Array:
        distances = np.empty((len(left), len(right)))
        for i, a in enumerate(left):
            for j, b in enumerate(right):
                difference = a - b
                distances[i, j] = (difference * difference).sum()
        return distances

    return run


@kernel
def arc_distance(scale: int) -> Run:
    """Angles between points on a sphere: sin, cos, arctan2."""
    latitude, longitude, other_latitude, other_longitude = _numbers().standard_normal((4, 5000))

    def run() -> Array:
        half = np.sin((other_latitude - latitude) / 2) ** 2
        across = np.sin((other_longitude - longitude) / 2) ** 2
        chord = half + np.cos(latitude) * np.cos(other_latitude) * across
        return 2 * np.arctan2(np.sqrt(chord), np.sqrt(np.abs(1 - chord)))

    return run


@kernel
def check_mask(scale: int) -> Run:
    """Tests of short boolean rows, one at a time."""
    table = _numbers().integers(0, 2, (100, 4), dtype="u1").astype(bool)
    mask = np.array([True, False, True])

    def run() -> Array:
        return np.array([bool(row[0]) and bool(((row[1:] & mask) == mask).all()) for row in table])

    return run


@kernel
def create_grid(scale: int) -> Run:
    """All pairs of coordinates, with a third that is 0."""
    n = 800 if scale else 80
    axis = np.linspace(0, 1, n, endpoint=False)

    def run() -> Array:
        grid = np.zeros((n, n, 3))
        grid[..., 0], grid[..., 1] = axis[:, np.newaxis], axis
        return grid.reshape(-1, 3)

    return run


@kernel
def cronbach(scale: int) -> Run:
    """Cronbach's alpha: variances of rows and of a sum."""
    scores = _numbers().random((600, 600))

    def run() -> float:
        items = len(scores)
        within = scores.var(axis=1, ddof=1).sum()
        return float(items / (items - 1) * (1 - within / scores.sum(axis=0).var(ddof=1)))

    return run


@kernel
def diffusion(scale: int) -> Run:
    """Heat that spreads on a grid of 64 × 64: many small slices."""
    steps = 100 if scale else 5
    start = np.zeros((64, 64))
    start[32, 32] = 1000

    def run() -> Array:
        heat, after = start.copy(), np.zeros_like(start)
        for _ in range(steps):
            middle = heat[1:-1, 1:-1]
            after[1:-1, 1:-1] = middle + 0.1 * (
                heat[2:, 1:-1] + heat[:-2, 1:-1] + heat[1:-1, 2:] + heat[1:-1, :-2] - 4 * middle
            )
            heat[...] = after
            after[...] = 0
        return heat

    return run


@kernel
def evolve(scale: int) -> Run:
    """A step of diffusion with a boundary that is round, by numpy.roll."""
    grid = np.zeros((512, 512))
    grid[204:256, 204:256] = 0.005

    def run() -> Array:
        around = sum(np.roll(grid, by, axis) for axis in (0, 1) for by in (1, -1))
        return grid + 0.1 * (around - 4 * grid)

    return run


@kernel
def fdtd(scale: int) -> Run:
    """A wave on 10 × 10 points, number by number."""
    n, steps = 10, 10 if scale else 2
    start = _numbers().random((n, n))

    def run() -> Array:
        now, before = start.copy(), np.zeros_like(start)
        for _ in range(steps):
            new = np.empty_like(now)
            for x in range(n):
                for y in range(n):
                    total = 0.0
                    if x + 1 < n:
                        total += now[x + 1, y]
                    if x > 0:
                        total += now[x - 1, y]
                    if y + 1 < n:
                        total += now[x, y + 1]
                    if y > 0:
                        total += now[x, y - 1]
                    new[x, y] = total / 2 - before[x, y]
            before, now = now, new
        return now

    return run


@kernel
def fft(scale: int) -> Run:
    """A Fourier transform of 2,048 complex numbers."""
    signal = _numbers().random(2048).astype(complex)
    return lambda: np.fft.fft(signal)


@kernel
def grayscott(scale: int) -> Run:
    """Two substances that react and spread, in float32."""
    n, steps = 100, 40 if scale else 2
    noise = _numbers().random((2, n, n)) * 0.15

    def run() -> Array:
        u, v = np.zeros((2, n + 2, n + 2), dtype=np.float32)
        inside = slice(1, -1)
        middle = slice(n // 2 - 20, n // 2 + 20)
        u[inside, inside] = 1
        u[middle, middle], v[middle, middle] = 0.5, 0.25
        u[inside, inside] += noise[0]
        v[inside, inside] += noise[1]

        def laplacian(field: Array) -> Array:
            across = field[:-2, inside] + field[2:, inside]
            along = field[inside, :-2] + field[inside, 2:]
            return across + along - 4 * field[inside, inside]

        here, there = u[inside, inside], v[inside, inside]
        for _ in range(steps):
            spread, other = laplacian(u), laplacian(v)
            reaction = here * there * there
            here += 0.16 * spread - reaction + 0.04 * (1 - here)
            there += 0.08 * other + reaction - 0.1 * there
        return v

    return run


@kernel
def grouping(scale: int) -> Run:
    """Runs of equal numbers in a sorted array."""
    count = 350_000 if scale else 3500
    values = np.sort(_numbers().integers(0, 3298, count, dtype="u4"))

    def run() -> list[Array]:
        changes = np.flatnonzero(values[1:] != values[:-1]) + 1
        edges = np.concatenate(([0], changes, [len(values)]))
        return [values[edges[:-1]], np.diff(edges)]

    return run


@kernel
def growcut(scale: int) -> Run:
    """An image is divided among seeds, number by number."""
    n, reach = 10, 2
    image = _numbers().random((n, n, 3))
    seeds = np.zeros((n, n, 2))
    seeds[0, 0] = 1

    def run() -> Array:
        after = np.empty_like(seeds)
        longest = math.sqrt(3)
        for y, x in product(range(n), repeat=2):
            owner, strength = seeds[y, x]
            for other_x in range(max(0, x - reach), min(n, x + reach + 1)):
                for other_y in range(max(0, y - reach), min(n, y + reach + 1)):
                    if other_x == x or other_y == y:
                        continue
                    total = 0.0
                    for channel in range(3):
                        difference = image[y, x, channel] - image[other_y, other_x, channel]
                        total += difference * difference
                    attack = (1 - math.sqrt(total) / longest) * seeds[other_y, other_x, 1]
                    if attack > strength:
                        owner, strength = seeds[other_y, other_x, 0], attack
            after[y, x] = owner, strength
        return after

    return run


@kernel
def harris(scale: int) -> Run:
    """Scores of corners in an image of 512 × 512."""
    n = 512 if scale else 64
    image = _numbers().standard_normal((n, n))

    def run() -> Array:
        down, right = np.diff(image, axis=0)[:, 1:], np.diff(image, axis=1)[1:]
        xx, yy, xy = down * down, right * right, down * right
        trace = xx + yy
        return xx * yy - xy * xy - 0.05 * trace * trace

    return run


@kernel
def hasting(scale: int) -> Run:
    """Three species that eat each other: a few numbers out of an array and back."""
    rng = _numbers()
    state, (a1, a2, b1, b2, d1, d2) = rng.random(3), rng.random(6)

    def run() -> Array:
        prey, hunter, top = state[0], state[1], state[2]
        eaten = a1 * prey * hunter / (1 + b1 * prey)
        hunted = a2 * hunter * top / (1 + b2 * hunter)
        change = np.empty(3)
        change[0] = prey * (1 - prey) - eaten
        change[1] = eaten - hunted - d1 * hunter
        change[2] = hunted - d2 * top
        return change

    return run


@kernel
def hyantes(scale: int) -> Run:
    """What is near to the points of a map; numpy's functions of single numbers."""
    places = np.array([[i / 10, i / 10, i / 20] for i in range(40 if scale else 5)])

    def run() -> Array:
        near = np.zeros((20, 3))
        for i, j in np.ndindex(*near.shape):
            for place in places:
                angle = np.arccos(
                    np.clip(
                        np.cos(i) * np.cos(place[0]) * np.cos(j - place[1])
                        + np.sin(i) * np.sin(place[0]),
                        -1,
                        1,
                    )
                )
                distance = 6368 * angle
                if distance < 1000:
                    near[i, j] += place[2] / (1 + distance)
        return near

    return run


@kernel
def julia(scale: int) -> Run:
    """A Julia set, with numbers out of an array."""
    axis = np.linspace(-1.5, 1.5, 10)

    def run() -> Array:
        counts = np.empty((10, 10), np.uint32)
        for i, x in enumerate(axis):
            for j, y in enumerate(axis):
                real, imaginary, count = x, y, 0
                while count < 10_000 and real * real + imaginary * imaginary < 100:
                    square = real * real - imaginary * imaginary
                    real, imaginary = square + 1, 2 * real * imaginary + 1
                    count += 1
                counts[i, j] = count
        return counts

    return run


@kernel
def l2norm(scale: int) -> Run:
    """The lengths of 1,000 rows."""
    n = 1000 if scale else 100
    rows = _numbers().random((n, n))
    return lambda: np.sqrt(np.einsum("ij,ij->i", rows, rows))


@kernel
def large_decimal_list(scale: int) -> Run:
    """Products of decimal numbers: no numpy at all."""
    left, right = [Decimal("2.1")] * 1000, [Decimal("3.2")] * 1000
    return lambda: [a * b for a, b in zip(left, right, strict=True)]


@kernel
def local_maxima(scale: int) -> Run:
    """Which numbers of an array with four axes are the largest around."""
    data = np.arange(36, dtype=float).reshape(3, 2, 3, 2)

    def run() -> Array:
        largest = np.ones(data.shape, dtype=bool)
        for place in np.ndindex(data.shape):
            value = data[place]
            for offset in np.ndindex(data.shape):
                other = tuple(
                    (at + by - size // 2) % size
                    for at, by, size in zip(place, offset, data.shape, strict=True)
                )
                largest[place] &= data[other] <= value
        return largest

    return run


@kernel
def log_likelihood(scale: int) -> Run:
    """Of a normal distribution: exp and log."""
    data = _numbers().random(100_000 if scale else 1000)

    def run() -> float:
        mean, deviation = 0.1, 1.1
        density = np.exp(-((data - mean) ** 2) / (2 * deviation**2))
        density /= math.sqrt(2 * math.pi) * deviation
        return float(np.log(density).sum())

    return run


@kernel
def lstsqr(scale: int) -> Run:
    """The straight line through half a million points."""
    x, y = _numbers().random((2, 500_000 if scale else 5000))

    def run() -> list[float]:
        mean_x, mean_y = x.mean(), y.mean()
        away = x - mean_x
        slope = (away * (y - mean_y)).sum() / (away**2).sum()
        return [float(slope), float(mean_y - slope * mean_x)]

    return run


@kernel
def mandel(scale: int) -> Run:
    """The Mandelbrot set, in Python's complex numbers, into an array of bytes."""
    height, width = 64, 32

    def run() -> Array:
        image = np.zeros((height, width), np.uint8)
        for x in range(width):
            for y in range(height):
                c = complex(-2 + x * 3 / width, -1 + y * 2 / height)
                z, count = 0j, 0
                while count < 20 and z.real * z.real + z.imag * z.imag < 4:
                    z = z * z + c
                    count += 1
                image[y, x] = count
        return image

    return run


@kernel
def multiple_sum(scale: int) -> Run:
    """Sums of columns, of a matrix less each of its rows."""
    matrix = _numbers().random((100, 100))
    return lambda: np.array([(matrix - row).sum(axis=0) for row in matrix])


@kernel
def pairwise_loop(scale: int) -> Run:
    """Distances of all pairs, number by number."""
    points = np.linspace(0, 10, 200).reshape(20, 10)

    def run() -> Array:
        count, axes = points.shape
        distances = np.empty((count, count))
        for i in range(count):
            for j in range(count):
                total = 0.0
                for k in range(axes):
                    difference = points[i, k] - points[j, k]
                    total += difference * difference
                distances[i, j] = np.sqrt(total)
        return distances

    return run


@kernel
def periodic_dist(scale: int) -> Run:
    """Distances in a box whose sides meet: masks."""
    axis, box = np.arange(0, 20, 0.1), 4

    def run() -> list[Array]:
        differences = []
        for _ in range(3):
            tiled = np.tile(axis, (len(axis), 1))
            difference = tiled - tiled.T
            for mask, by in [(difference > box / 2, -box), (difference < -box / 2, box)]:
                difference[mask] = difference[mask] + by
            differences.append(difference)
        distance = np.sqrt(sum(difference**2 for difference in differences))
        distance[distance == 0] = -1
        return [distance, *differences]

    return run


@kernel
def repeating(scale: int) -> Run:
    """Each number 20 times over."""
    numbers, times = _numbers().random(10_000), 20

    def run() -> Array:
        result = np.empty(len(numbers) * (1 + times))
        result[: len(numbers)] = numbers
        result[len(numbers) :] = np.repeat(numbers, times)
        return result

    return run


@kernel
def reverse_cumsum(scale: int) -> Run:
    """Sums from the end."""
    numbers = _numbers().random(1_000_000 if scale else 10_000)
    return lambda: np.flip(np.flip(numbers).cumsum())


@kernel
def rosen(scale: int) -> Run:
    """Rosenbrock's function of a million numbers."""
    x = np.arange(1_000_000 if scale else 10_000, dtype=float)

    def run() -> float:
        first, second = x[:-1], x[1:]
        return float((100 * (second - first**2) ** 2 + (1 - first) ** 2).sum())

    return run


@kernel
def slowparts(scale: int) -> Run:
    """Products of many small arrays, with tanh."""
    d, re = 10, 5
    z, w = np.ones((2 * d, d + 1, re)), np.ones((d, d + 1, re))
    weights, values = np.ones((d, 2 * d)), np.ones((d + 1, re, d))

    def run() -> Array:
        def slope(x: Array) -> Array:
            return 1 - np.power(np.tanh(x), 2)

        result = np.zeros((d + 1, re, 2 * d, d))
        for k in range(2 * d):
            for i in range(d):
                factor = weights[i, k] + weights[i, k]
                result[:, :, k, i] = slope(z[k]) * slope(w[i]) * factor * values[:, :, i]
        return result

    return run


@kernel
def smoothing(scale: int) -> Run:
    """Exponential smoothing, number by number."""
    series = _numbers().random(1000)

    def run() -> Array:
        smooth = series.copy()
        for i in range(1, len(smooth)):
            smooth[i] = 0.4 * series[i] + 0.6 * smooth[i - 1]
        return smooth

    return run


@kernel
def specialconvolve(scale: int) -> Run:
    """A sum of neighbours in integers of 32 bits."""
    n = 1000 if scale else 100
    image = np.arange(n * n, dtype=np.uint32).reshape(n, n)

    def run() -> Array:
        rows = image[:-2] + image[1:-1] + image[2:]
        return rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:] - 9 * image[1:-1, 1:-1]

    return run


@kernel
def vibr_energy(scale: int) -> Run:
    """The exponentials of 100,000 numbers."""
    harmonic, anharmonic, i = _numbers().random((3, 100_000 if scale else 1000))
    return lambda: np.exp(-harmonic * i - anharmonic * i**2)


@kernel
def wave(scale: int) -> Run:
    """A plucked string of 100 points, each a small array."""
    count = 100 if scale else 10
    rest = np.stack([np.arange(count) * (1200 / count), np.full(count, 200.0)], axis=1)

    def run() -> Array:
        step = 1 / 18_000
        force = np.zeros((count, 2))
        for i in range(1, count):
            dx, dy = rest[i] - rest[i - 1]
            length = np.sqrt(dx**2 + dy**2)
            pull = -2_100_000 * length * np.array([dx / length, dy / length])
            force[i - 1] -= pull
            force[i] += pull
        force[0] = force[-1] = 0
        force[count // 2, 1] += 15
        return (2 - 1e-4) * rest - (1 - 1e-4) * rest + force / 0.01 * step**2

    return run


def _matmul(n: int) -> Run:
    a, b = _numbers().random((2, n, n))
    out = np.empty((n, n))
    return lambda: np.matmul(a, b, out=out)


def open_suite(settings: Mapping[str, Any]) -> Workloads:
    """Opens the suite: the kernels, and `matmul` of matrices of any size."""
    return Workloads(KERNELS | {"matmul": _matmul}, ["numpy"])
