/* A module by pybind11. */

#include <stdexcept>
#include <string>

#include <counter.h>
#include <pybind11/pybind11.h>

extern "C" int length_of(const char *word);

static std::string
repeat(const std::string &word, int times)
{
  if (times < 0) {
    throw std::invalid_argument("a word is repeated 0 times or more");
  }
  std::string result;
  count_from(0);
  while (count() <= times) {
    result += word;
  }
#ifdef LOUD
  result += "!";
#endif
  return result;
}

PYBIND11_MODULE(_words, module)
{
  module.def("length_of", &length_of);
  module.def("repeat", &repeat);
}
