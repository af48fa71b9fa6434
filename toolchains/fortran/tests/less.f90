! What calls.f90 passes on and calls.

integer function count_if(condition, x)
  logical, external :: condition
  real :: x
  integer :: i
  count_if = 0
  do i = 1, 5
    if (condition(x, real(i))) count_if = count_if + 1
  end do
end function

logical function less(x, y)
  real :: x, y
  less = x < y
end function
