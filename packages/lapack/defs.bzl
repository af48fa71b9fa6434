"""What LAPACK's targets have in common."""

load("@rules_cc//cc:defs.bzl", "cc_binary")
load("//rules:defs.bzl", "fortran_library")

# Procedures of LAPACK that ask for the length of their CHARACTER(*) arguments: names of routines, which they look at letter
# by letter.
KEEP_LENGTHS = [
    "ilaenv2stage_",
    "ilaenv_",
    "iparam2stage_",
    "iparmq_",
    "lsamen_",
    "xerbla_",
]

# The same of the test programs: the name of the routine whose errors they provoke.
_TESTS_KEEP_LENGTHS = KEEP_LENGTHS + [
    "alaerh_",
    "chkxer_",
]

def procedures(sources):
    """The symbols of external procedures: each has a source of its own, which is named after it.

    Args:
      sources: paths of sources, without those that define modules
    Returns:
      list of string: `dgesv_` for SRC/dgesv.f
    """
    return sorted([
        # The time since the start has a source for each way to take it: second_INT_CPU_TIME.f.
        source.rpartition("/")[2].partition(".")[0].partition("_INT_")[0] + "_"
        for source in sources
    ])

def test_program(name, srcs, deps):
    """One of LAPACK's test programs, with the reference BLAS.

    Args:
      name: name of the program
      srcs: its Fortran sources
      deps: what it links before the BLAS
    """
    fortran_library(
        name = name + "_objects",
        testonly = True,
        srcs = srcs,
        alwayslink = True,
        keep_lengths = _TESTS_KEEP_LENGTHS,
        target_compatible_with = ["@platforms//cpu:wasm32"],
        deps = deps + [":reference_blas"],
    )
    cc_binary(
        name = name,
        testonly = True,
        # Arrays of local variables.
        linkopts = ["-sSTACK_SIZE=16MB"],
        target_compatible_with = ["@platforms//cpu:wasm32"],
        deps = [":" + name + "_objects"],
    )
