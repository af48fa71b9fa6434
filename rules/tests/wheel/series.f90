! What a wheel may hold of Fortran: arithmetic on an array, and formatted output into a string.
module series_parts
  implicit none
contains
  pure subroutine square(x, y)
    double precision, intent(in) :: x(:)
    double precision, intent(out) :: y(:)

    y = x*x
  end subroutine square
end module series_parts

subroutine total(n, x, sum_of_squares)
  use series_parts, only: square
  implicit none
  integer, intent(in) :: n
  double precision, intent(in) :: x(n)
  double precision, intent(out) :: sum_of_squares
  double precision :: squares(n)

  call square(x, squares)
  sum_of_squares = sum(squares)
end subroutine total

subroutine spell(x, text)
  use, intrinsic :: iso_c_binding, only: c_char, c_null_char
  implicit none
  double precision, intent(in) :: x
  character(kind=c_char), intent(out) :: text(16)
  character(len=15) :: line
  integer :: i

  write (line, '(f9.3)') x
  line = adjustl(line)
  do i = 1, 15
    text(i) = line(i:i)
  end do
  text(len_trim(line) + 1) = c_null_char
end subroutine spell
