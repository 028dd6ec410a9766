// What every fuzz program of this folder is made of: a seeded mutator, exact buffers and a loop that counts inputs.
//
//   PROGRAM [INPUTS [SEED [NAME]]]     inputs per entry point (100,000), the seed (1), only entry points named so
//
// The same seed gives the same inputs on every machine; a finding is printed with the seed and the number of its input.
#ifndef MADANG_FUZZ_MUTATE_H_
#define MADANG_FUZZ_MUTATE_H_

#include <sanitizer/common_interface_defs.h>

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "../../packages/native/test/cc/check.h"

namespace madang {

// Changes `bytes` in one to eight places, as a damaged, hostile or foreign sender might.
inline void Mutate(Seeded* random, Bytes* bytes, size_t longest = 2048) {
  static constexpr uint8_t kEdges[] = {0, 1, 2, 3, 4, 0x0f, 0x10, 0x1f, 0x7f, 0x80, 0x8f, 0x9f, 0xbe, 0xfe, 0xff};
  for (uint32_t changes = 1 + random->Below(random->OneIn(4) ? 8 : 2); changes > 0; --changes) {
    const auto size = static_cast<uint32_t>(bytes->size());
    const uint32_t at = size > 0 ? random->Below(size) : 0;
    switch (size == 0 ? 5 : random->Below(9)) {
      case 0:
        (*bytes)[at] ^= static_cast<uint8_t>(1u << random->Below(8));
        break;
      case 1:
        (*bytes)[at] = kEdges[random->Below(sizeof kEdges)];
        break;
      case 2:
        (*bytes)[at] = static_cast<uint8_t>(random->Next());
        break;
      case 3:  // a length or a count, up or down
        (*bytes)[at] = static_cast<uint8_t>((*bytes)[at] + random->Below(9) - 4);
        break;
      case 4:
        bytes->resize(random->OneIn(2) ? at : size - random->Below(size < 20 ? size : 20));
        break;
      case 5: {
        Bytes more(1 + random->Below(random->OneIn(8) ? 600 : 24));
        random->Fill(more.data(), more.size());
        bytes->insert(bytes->begin() + at, more.begin(), more.end());
        break;
      }
      case 6:
        bytes->erase(bytes->begin() + at, bytes->begin() + at + 1 + random->Below(size - at));
        break;
      case 7: {  // a part of itself once more
        const Bytes part(bytes->begin() + at, bytes->begin() + at + 1 + random->Below(size - at));
        bytes->insert(bytes->begin() + random->Below(size), part.begin(), part.end());
        break;
      }
      default:  // two bytes at once: the lengths of most formats
        (*bytes)[at] = random->OneIn(2) ? 0xff : 0;
        if (at + 1 < size) (*bytes)[at + 1] = static_cast<uint8_t>(random->Next());
    }
    if (bytes->size() > longest) bytes->resize(longest);
  }
}

// A copy at the very end of which memory ends, as AddressSanitizer sees it.
class Exact {
 public:
  explicit Exact(const Bytes& bytes) : size_(bytes.size()), data_(new uint8_t[bytes.size()]) {
    if (size_ > 0) std::memcpy(data_.get(), bytes.data(), size_);
  }
  uint8_t* data() { return data_.get(); }
  size_t size() const { return size_; }

 private:
  size_t size_;
  std::unique_ptr<uint8_t[]> data_;
};

// The run as the command line asks for it.
class Fuzzing {
 public:
  Fuzzing(int count, char** arguments)
      : inputs_(count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 100000),
        seed_(count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1),
        only_(count > 3 ? arguments[3] : "") {
    __sanitizer_set_death_callback(PrintPlace);
  }

  // Calls `each(&random)` until it has reported `inputs` inputs: it returns how many it has tried.
  template <class Each>
  void Run(const char* entry_point, Each each) {
    if (std::strstr(entry_point, only_) == nullptr) return;
    Seeded random(seed_);
    Place() = {entry_point, seed_, 0};
    while (Place().input < inputs_) Place().input += each(&random);
    std::printf("ok %s, %" PRIu64 " inputs, seed %" PRIu64 "\n", entry_point, Place().input, seed_);
    std::fflush(stdout);
  }

  // Says where it was and stops: a promise was broken though no sanitizer saw it.
  static void Expect(bool holds, const char* promise) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", promise);
    PrintPlace();
    std::abort();
  }

 private:
  struct At {
    const char* entry_point;
    uint64_t seed;
    uint64_t input;
  };
  static At& Place() {
    static At place = {"", 0, 0};
    return place;
  }
  static void PrintPlace() {
    std::fprintf(stderr, "at %s, seed %" PRIu64 ", about input %" PRIu64 "\n", Place().entry_point, Place().seed,
                 Place().input);
  }

  uint64_t inputs_;
  uint64_t seed_;
  const char* only_;
};

}  // namespace madang

#endif  // MADANG_FUZZ_MUTATE_H_
