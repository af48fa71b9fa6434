! Calls of what is bound to types: overridden, deferred, without an object, with characters in and out.

module shapes
  implicit none
  type, abstract :: shape
    character(8) :: label = "none"
  contains
    procedure(area_of), deferred :: area
    procedure :: describe
    procedure, nopass :: kind_of => shape_kind
    procedure :: name
  end type
  abstract interface
    real function area_of(self)
      import shape
      class(shape), intent(in) :: self
    end function
  end interface
  type, extends(shape) :: square
    real :: side
  contains
    procedure :: area => square_area
    procedure :: name => square_name
  end type
  type, extends(square) :: box
    real :: height
  contains
    procedure :: area => box_area
    procedure, nopass :: kind_of => box_kind
  end type
contains
  real function square_area(self)
    class(square), intent(in) :: self
    square_area = self%side**2
  end function
  real function box_area(self)
    class(box), intent(in) :: self
    box_area = 2 * self%square%area() + 4 * self%side * self%height
  end function
  function name(self) result(text)
    class(shape), intent(in) :: self
    character(8) :: text
    text = self%label
  end function
  function square_name(self) result(text)
    class(square), intent(in) :: self
    character(8) :: text
    text = "square"
  end function
  integer function shape_kind()
    shape_kind = 1
  end function
  integer function box_kind()
    box_kind = 2
  end function
  subroutine describe(self, text)
    class(shape), intent(in) :: self
    character(*), intent(out) :: text
    write(text, '(a, i0, 1x, f0.1)') trim(self%name()) // " ", self%kind_of(), self%area()
  end subroutine
  function make(which) result(it)
    integer, intent(in) :: which
    class(shape), allocatable :: it
    if (which == 1) then
      allocate(it, source=square("a", 3.0))
    else
      allocate(it, source=box("b", 2.0, 5.0))
    end if
  end function
end module

integer function described(which, length, text) bind(c)
  use shapes
  use iso_c_binding
  integer(c_int), value :: which, length
  character(kind=c_char), intent(out) :: text(length)
  character(40) :: line
  class(shape), allocatable :: it
  integer :: i
  it = make(which)
  call it%describe(line)
  do i = 1, length
    text(i) = line(i:i)
  end do
  described = 0
  select type (it)
  class is (box)
    described = 2
  type is (square)
    described = 1
  end select
end function
