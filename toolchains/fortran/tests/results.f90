! Functions whose results are more than a number: arrays, pointers, derived types and C's addresses.

module results
  use iso_c_binding, only: c_loc, c_ptr
  implicit none

  type point
    real :: x, y
    integer :: count
  end type

contains

  function fixed(start)
    real, intent(in) :: start
    real :: fixed(3)
    fixed = [start, start + 1, start + 2]
  end function

  function counted(n)
    integer, intent(in) :: n
    integer :: counted(n), i
    counted = [(i, i = 1, n)]
  end function

  function allocated_one(n)
    integer, intent(in) :: n
    real, allocatable :: allocated_one(:)
    allocate(allocated_one(n))
    allocated_one = 0.5
  end function

  function tail(values)
    real, target, intent(in) :: values(:)
    real, pointer :: tail(:)
    tail => values(2:)
  end function

  function halfway(x, y)
    real, intent(in) :: x, y
    type(point) :: halfway
    halfway = point((x + y) / 2, y, 7)
  end function

  function place(value)
    real, target, intent(in) :: value
    type(c_ptr) :: place
    place = c_loc(value)
  end function

  function words(n)
    integer, intent(in) :: n
    character(n) :: words(2)
    words = ["ab", "cd"]
  end function

end module

! One sum of all of them, so that each is called as well as defined.
real function sum_of_results(values) bind(c)
  use results
  use iso_c_binding, only: c_f_pointer
  real, target, intent(in) :: values(4)
  real, pointer :: last(:), first
  type(point) :: middle
  character(3) :: text(2)
  last => tail(values)
  middle = halfway(values(1), values(2))
  call c_f_pointer(place(values(1)), first)
  text = words(3)
  sum_of_results = sum(fixed(10.0)) + sum(counted(4)) + sum(allocated_one(6)) + sum(last)
  sum_of_results = sum_of_results + middle%x + middle%count + first
  if (text(1) /= "ab " .or. text(2) /= "cd ") sum_of_results = -1
end function
