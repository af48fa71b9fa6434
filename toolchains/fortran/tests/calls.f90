! Calls whose arguments or types take care: complex numbers by value, and a procedure that is passed on and called too.

real function distance(a, b)
  complex, intent(in) :: a(*), b(*)
  integer :: i
  distance = 0
  do i = 1, 2
    distance = max(distance, abs(a(i) - b(i)))
  end do
end function

double precision function distance8(a, b)
  complex(8), intent(in) :: a, b
  distance8 = abs(a - b)
end function

subroutine power(z, n, result)
  complex, intent(in) :: z
  integer, intent(in) :: n
  complex, intent(out) :: result
  result = sqrt(z)**n
end subroutine

! The way of FORTRAN 77: nothing says what the condition takes.
integer function both(x, y)
  real :: x, y
  logical :: less
  integer :: count_if
  external less, count_if
  both = count_if(less, x)
  if (less(x, y)) both = both + 10
end function
