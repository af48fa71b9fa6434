! Common blocks: one that C sees, one that has values from the start, and the one without a name.

subroutine fill(first)
  integer, intent(in) :: first
  integer :: i, counts(3)
  double precision :: x
  character(5) :: word
  real :: blank
  common /shared/ x, counts
  common /filled/ i, word
  common blank
  x = first + 0.5d0
  counts = [first, first + 1, first + 2]
  blank = first
end subroutine

integer function sum_of_all()
  integer :: i, counts(3)
  double precision :: x
  character(5) :: word
  real :: blank
  common /shared/ x, counts
  common /filled/ i, word
  common blank
  sum_of_all = int(x) + sum(counts) + i + int(blank)
  if (word /= 'hello') sum_of_all = -1
end function
