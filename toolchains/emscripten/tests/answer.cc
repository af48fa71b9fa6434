// A side module: calls the main module, keeps state, and throws and catches with the main module's C++ run time.
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
    return -1000 - static_cast<int>(std::string(error.what()).size());
  }
}
