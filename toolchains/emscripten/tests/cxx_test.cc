// A C++ program: exceptions through several frames with destructors, rethrow, RTTI and the standard library.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <typeinfo>
#include <vector>

namespace {

int alive = 0;

struct Counted {
  Counted() { ++alive; }
  ~Counted() { --alive; }
  Counted(const Counted &) = delete;
};

struct Base {
  virtual ~Base() = default;
};
struct Derived : Base {};

void
Throw(int depth)
{
  Counted counted;
  if (depth == 0) {
    throw std::out_of_range("at the bottom");
  }
  Throw(depth - 1);
}

std::string
Caught()
{
  try {
    try {
      Throw(10);
    } catch (const std::logic_error &) {
      throw;
    }
  } catch (const std::exception &error) {
    return error.what();
  }
  return "nothing was thrown";
}

int
Check(bool condition, const char *what)
{
  if (!condition) {
    std::fprintf(stderr, "failed: %s\n", what);
  }
  return condition ? 0 : 1;
}

} // namespace

int
main()
{
  int failures = 0;
  failures += Check(Caught() == "at the bottom", "an exception crosses frames and is rethrown");
  failures += Check(alive == 0, "destructors run while the stack unwinds");

  std::vector<std::unique_ptr<Base>> objects;
  objects.push_back(std::make_unique<Derived>());
  failures += Check(dynamic_cast<Derived *>(objects.front().get()) != nullptr, "dynamic_cast");

  std::vector<int> numbers{3, 1, 2};
  std::sort(numbers.begin(), numbers.end());
  failures += Check(numbers == std::vector<int>({1, 2, 3}), "std::sort");

  try {
    (void)std::vector<int>().at(1);
    failures += Check(false, "vector::at refuses");
  } catch (const std::out_of_range &) {
  }
  return failures;
}
