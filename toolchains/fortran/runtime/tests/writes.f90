! What units_test.mjs writes by, in side modules.

subroutine unit_write(unit, number)
  integer, intent(in) :: unit, number
  write(unit, '(1x, a, i0, f8.3)') 'number ', number, number / 8d0
end subroutine
