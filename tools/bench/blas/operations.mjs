/** What of BLAS and LAPACK is measured, and by what its work is counted. */

/**
 * @typedef {object} Family
 * @property {string} title
 * @property {string[]} operations As dgemm.
 * @property {number[]} sizes n: matrices are n × n, and vectors of dot and axpy have n × n numbers.
 * @property {(n: number) => number} work Multiplications and additions of real numbers, for real operands.
 * @property {string} counted The same in words.
 */

const TYPES = ["s", "d", "c", "z"];
const SIZES = [64, 256, 1024];
const SYSTEMS = [64, 128, 256, 512, 1024];

/** @param {string} name */
function ofAllTypes(name) {
  return TYPES.map((type) => type + name);
}

/** @type {Family[]} */
export const FAMILIES = [
  {
    title: "gemm: products of matrices",
    operations: ofAllTypes("gemm"),
    sizes: [8, 16, 32, 64, 128, 256, 512, 1024, 2048],
    work: (n) => 2 * n ** 3,
    counted: "2n³",
  },
  {
    title: "trsm: triangular systems with n right sides",
    operations: ofAllTypes("trsm"),
    sizes: SIZES,
    work: (n) => n ** 3,
    counted: "n³",
  },
  {
    title: "gemv: matrix by vector, its columns next to each other",
    operations: ofAllTypes("gemv"),
    sizes: SIZES,
    work: (n) => 2 * n ** 2,
    counted: "2n²",
  },
  {
    title: "gemv of the transposed matrix",
    operations: ofAllTypes("gemvt"),
    sizes: SIZES,
    work: (n) => 2 * n ** 2,
    counted: "2n²",
  },
  {
    title: "dot: vectors of n² numbers",
    operations: ofAllTypes("dot"),
    sizes: SIZES,
    work: (n) => 2 * n ** 2,
    counted: "2n²",
  },
  {
    title: "axpy: vectors of n² numbers",
    operations: ofAllTypes("axpy"),
    sizes: SIZES,
    work: (n) => 2 * n ** 2,
    counted: "2n²",
  },
  {
    title: "dgesv: a system of equations",
    operations: ["dgesv"],
    sizes: SYSTEMS,
    work: (n) => (2 / 3) * n ** 3 + 2 * n ** 2,
    counted: "⅔n³ + 2n²",
  },
  {
    title: "dpotrf: Cholesky's factors",
    operations: ["dpotrf"],
    sizes: SYSTEMS,
    work: (n) => n ** 3 / 3,
    counted: "⅓n³",
  },
  {
    title: "dgesdd: singular values and all vectors",
    operations: ["dgesdd"],
    sizes: SYSTEMS,
    work: (n) => 22 * n ** 3,
    counted: "22n³",
  },
  {
    title: "dgeev: eigenvalues and vectors of both sides",
    operations: ["dgeev"],
    sizes: SYSTEMS,
    work: (n) => 25 * n ** 3,
    counted: "25n³",
  },
];

/**
 * The rate of a call. A complex multiplication and addition counts as four of real numbers.
 *
 * @param {string} operation
 * @param {number} size
 * @param {number} seconds
 * @returns {number} in GFLOP/s
 */
export function rate(operation, size, seconds) {
  const family = FAMILIES.find(({ operations }) => operations.includes(operation));
  if (!family) {
    throw new TypeError(`there is no operation ${operation}`);
  }
  return ((/^[cz]/.test(operation) ? 4 : 1) * family.work(size)) / seconds / 1e9;
}

/**
 * All that is measured, from small to large.
 *
 * @param {boolean} quick whether two small sizes are enough
 * @returns {import("../compare.mjs").Item[]}
 */
export function items(quick) {
  return FAMILIES.flatMap(({ operations, sizes }) =>
    operations.flatMap((name) => (quick ? sizes.slice(0, 2) : sizes).map((size) => ({ name, size }))),
  );
}
