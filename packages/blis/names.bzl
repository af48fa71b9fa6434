"""The names of BLAS and CBLAS, by which LAPACK, numpy and SciPy call it."""

_REAL_1 = ["axpy", "copy", "rot", "rotg", "rotm", "rotmg", "scal", "swap"]
_REAL_2 = ["gbmv", "gemv", "ger", "sbmv", "spmv", "spr", "spr2", "symv", "syr", "syr2"]
_COMPLEX_1 = ["axpy", "copy", "rotg", "scal", "swap"]
_COMPLEX_2 = ["gbmv", "gemv", "gerc", "geru", "hbmv", "hemv", "her", "her2", "hpmv", "hpr", "hpr2"]
_TRIANGULAR_2 = ["tbmv", "tbsv", "tpmv", "tpsv", "trmv", "trsv"]
_ALL_3 = ["gemm", "gemmtr", "symm", "syr2k", "syrk", "trmm", "trsm"]
_COMPLEX_3 = ["hemm", "her2k", "herk"]

# Subroutines, alike in Fortran and in C.
_SUBROUTINES = [
    letter + name
    for letter in ["s", "d"]
    for name in _REAL_1 + _REAL_2 + _TRIANGULAR_2 + _ALL_3
] + [
    letter + name
    for letter in ["c", "z"]
    for name in _COMPLEX_1 + _COMPLEX_2 + _TRIANGULAR_2 + _ALL_3 + _COMPLEX_3
] + ["csrot", "csscal", "zdrot", "zdscal"]

# Functions of numbers that are not complex.
_FUNCTIONS = [
    "dasum",
    "dcabs1",
    "ddot",
    "dnrm2",
    "dsdot",
    "dzasum",
    "dznrm2",
    "icamax",
    "idamax",
    "isamax",
    "izamax",
    "sasum",
    "scabs1",
    "scasum",
    "scnrm2",
    "sdot",
    "sdsdot",
    "snrm2",
]

_COMPLEX_FUNCTIONS = ["cdotc", "cdotu", "zdotc", "zdotu"]

# Extensions that callers look for: BLIS has them in both languages.
_EXTENSIONS = [
    letter + name
    for letter in ["s", "d", "c", "z"]
    for name in ["axpby", "gemmt"]
]

BLAS = [
    name + "_"
    for name in _SUBROUTINES + _FUNCTIONS + _COMPLEX_FUNCTIONS + _EXTENSIONS
]

# In CBLAS, the index functions are cblas_isamax and so on, and complex results come by an address.
CBLAS = [
    "cblas_" + name
    for name in _SUBROUTINES + _FUNCTIONS + [name + "_sub" for name in _COMPLEX_FUNCTIONS] + _EXTENSIONS
] + ["cblas_xerbla"]
