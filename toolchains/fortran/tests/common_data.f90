! The values that the block has from the start, in a file of their own.

block data
  integer :: i
  character(5) :: word
  common /filled/ i, word
  data i /100/, word /'hello'/
end block data
