"""Tests of flang with the intrinsic modules made here."""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from front_end import install

_PROGRAM = """
module m
  use, intrinsic :: iso_c_binding
  use, intrinsic :: iso_fortran_env, only: real64
  use, intrinsic :: ieee_arithmetic, only: ieee_is_nan
  type t
    real(real64) :: x = 1
  contains
    procedure :: bad
  end type
  type, bind(c) :: struct
    type(c_ptr) :: pointer
    integer(c_long) :: long
    integer(c_size_t) :: size
    integer(c_intmax_t) :: largest
  end type
  integer, parameter :: bytes = c_sizeof(struct(c_null_ptr, 1, 2, 3))
contains
  logical function bad(self)
    class(t), intent(in) :: self
    bad = ieee_is_nan(self%x)
  end function
  integer function measured()
    measured = bytes
  end function
end module
"""


class ModulesTest(unittest.TestCase):
    """flang as toolchains/fortran starts it."""

    flang: Path
    modules: Path

    def test_program(self) -> None:
        """The modules are found as intrinsic ones, and C's types have the sizes of wasm32."""
        with tempfile.TemporaryDirectory() as name:
            scratch = Path(name)
            (scratch / "flang").mkdir()
            flang = install(self.flang.parent, self.modules, scratch / "flang")
            (scratch / "m.f90").write_text(_PROGRAM, encoding="utf-8")
            command = [str(flang), "-fc1", "-triple", "i686-unknown-linux-gnu", "-emit-fir"]
            subprocess.run([*command, "m.f90", "-o", "m.fir"], cwd=scratch, check=True)
            fir = (scratch / "m.fir").read_text(encoding="utf-8")
        addresses = set(re.findall(r"__builtin_c_ptr\{__address:(\w+)\}", fir))
        self.assertEqual(addresses, {"i32"})
        measured = fir[fir.index("@_QMmPmeasured") :].partition("}")[0]
        # Pointer, long, size_t and padding; intmax_t.
        self.assertEqual(re.findall(r"arith\.constant (\d+) : i32", measured), ["24"])


if __name__ == "__main__":
    ModulesTest.flang = Path(sys.argv[1]).absolute()
    ModulesTest.modules = Path(sys.argv[2]).absolute()
    unittest.main(argv=sys.argv[:1])
