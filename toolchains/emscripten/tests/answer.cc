// A side module: calls the main module, keeps state, throws and catches with the main module's C++ run time, and raises a flag.
#include <cfenv>
#include <stdexcept>
#include <string>

extern "C" int loader_twice(int value);

static std::string calls;

extern "C" __attribute__((visibility("default"))) int
answer(int value)
{
  calls += 'x';
  try {
    if (value < 0) {
      throw std::invalid_argument("negative");
    }
    return loader_twice(value) + static_cast<int>(calls.size());
  } catch (const std::invalid_argument &error) {
    std::feraiseexcept(FE_INVALID);
    return -1000 - static_cast<int>(std::string(error.what()).size());
  }
}
