// What the programs of this folder test with: CHECK ends the program with the line that failed.
#ifndef MADANG_TEST_CHECK_H_
#define MADANG_TEST_CHECK_H_

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#define CHECK(condition)                                                             \
  do {                                                                               \
    if (!(condition)) {                                                              \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);   \
      std::exit(1);                                                                  \
    }                                                                                \
  } while (false)

namespace madang {

using Bytes = std::vector<uint8_t>;

// Bytes of hexadecimal digits; blanks are skipped.
inline Bytes Hex(const char* digits) {
  Bytes bytes;
  int high = -1;
  for (; *digits != '\0'; ++digits) {
    if (*digits == ' ') continue;
    const char digit[2] = {*digits, '\0'};
    const int value = static_cast<int>(std::strtol(digit, nullptr, 16));
    if (high < 0) {
      high = value;
    } else {
      bytes.push_back(static_cast<uint8_t>(high << 4 | value));
      high = -1;
    }
  }
  return bytes;
}

// A small seeded generator (xorshift64*): the same numbers on every machine.
class Seeded {
 public:
  explicit Seeded(uint64_t seed) : state_(seed * 2685821657736338717ull + 88172645463325252ull) {}

  uint32_t Next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<uint32_t>((state_ * 2685821657736338717ull) >> 32);
  }
  // 0 to limit - 1.
  uint32_t Below(uint32_t limit) { return static_cast<uint32_t>((uint64_t{Next()} * limit) >> 32); }
  bool OneIn(uint32_t n) { return Below(n) == 0; }
  void Fill(uint8_t* at, size_t length) {
    for (size_t i = 0; i < length; ++i) at[i] = static_cast<uint8_t>(Next() >> 8);
  }

 private:
  uint64_t state_;
};

// Runs one named case, so that the output tells what was tried.
template <class Case>
void Try(const char* name, Case run) {
  run();
  std::printf("ok %s\n", name);
}

}  // namespace madang

#endif  // MADANG_TEST_CHECK_H_
