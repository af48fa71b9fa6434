! Input and output of all kinds. expected.txt is what this prints for x86-64, made by flang 19.1.7 and called by a program of
! one line in an empty folder.

subroutine input_and_output()
  implicit none
  character(12), parameter :: name = 'io_test.data'
  character(40) :: text
  character(80) :: message
  character(8) :: word
  real :: infinity
  double precision :: d
  integer :: i, j, k, status, unit
  integer(8) :: big
  logical :: l, there
  real :: a(2, 3), r
  namelist /group/ i, r, word, a

  ! List-directed output.
  print *, 'list', 42_1, -7_2, 123456789, -9876543210_8, .true., .false.
  print *, 1.5, -2.5d-7, 1e30, 3.14159265358979d0, 0.1, (1.0, -2.0), 1d300
  print *, (i * 1000000, i = 1, 12)
  a = reshape([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [2, 3])
  print *, a(2, :)

  ! Formatted output.
  print '(i5,i5.3,2x,f8.3,es12.4,1x,a,l3)', 42, -7, 3.14159, 12345.678, 'abc', .true.
  print '(en12.3,e12.4e3,g12.4,g12.4,f0.2)', 12345.678, 1.5d-120, 0.5, 5e10, 2.0 / 3.0
  print '(3f6.1)', a
  print '(z8.8,1x,b8,1x,o6)', 48879, 5, 64
  print '(sp,i4,ss,i4,t20,a,/,a5,a2)', 5, 5, 'tabbed', 'abc', 'abcdef'
  print '(f5.1,i3)', 12345.6, 12345
  print '(1p,e12.4,0p,f8.3,3(i2,:,","))', 123.456, 1.5, 1, 2, 3
  infinity = huge(1.0)
  infinity = infinity * 10
  print '(d12.4,f25.17,f8.1,f8.1)', 0.1d0, 0.1d0, infinity, -infinity
  write (*, '(a)', advance='no') 'no'
  write (*, '(a)') ' advance'

  ! Internal files.
  write (text, '(i4,a,f7.2)') 12, ' is ', 12.125
  print '(3a)', '[', text, ']'
  read (text, '(i4,4x,f7.2)') i, r
  print *, i, r
  text = ' -17 2.5d3, ''it''''s''  T 9'
  read (text, *) big, d, word, l, i
  print *, big, d, word, l, i
  text = '12x'
  read (text, '(i3)', iostat=status, iomsg=message) i
  print *, status /= 0, trim(message)

  ! Namelists.
  i = 3
  word = 'word'
  write (*, group)
  message = '&group i=77 a(1,2)=9.5 word="new" /'
  read (message, group)
  print *, i, a(1, 2), r, word

  ! A formatted file.
  open (newunit=unit, file=name, status='replace', action='readwrite')
  write (unit, '(a,i3)') ('line', i, i = 1, 3)
  rewind (unit)
  k = 0
  do
    read (unit, '(a4,i3)', iostat=status, iomsg=message) word, j
    if (status /= 0) exit
    k = k + j
  end do
  print *, k, status, trim(message)
  close (unit, status='keep')
  inquire (file=name, exist=there, size=i)
  print *, there, i

  ! Unformatted, by records and as a stream.
  open (newunit=unit, file=name, form='unformatted', status='replace')
  write (unit) 1.25d0, a, 'tail'
  rewind (unit)
  a = 0
  read (unit) d, a, word(1:4)
  print *, d, a, word(1:4)
  close (unit)
  open (newunit=unit, file=name, access='stream', form='unformatted')
  read (unit, pos=1) i
  read (unit, pos=5) d
  print *, i, d
  close (unit, status='delete')
  inquire (file=name, exist=there)
  print *, there
  open (newunit=unit, file='/no/such/file', status='old', iostat=status, iomsg=message)
  print *, status > 0, trim(message)
end subroutine
