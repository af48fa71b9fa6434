/* In C, beside C++. */

int
length_of(const char *word)
{
  int length = 0;
  while (word[length]) {
    length++;
  }
  return length;
}
