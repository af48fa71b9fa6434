! What units_test.mjs opens and closes files by, in side modules.

subroutine unit_open(unit, name)
  integer, intent(in) :: unit
  character(*), intent(in) :: name
  open(unit=unit, file=name, status='new')
end subroutine

subroutine unit_close(unit)
  integer, intent(in) :: unit
  close(unit=unit)
end subroutine
