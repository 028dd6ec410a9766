#ifndef MADANG_BATCH_MONOTONIC_MS_H_
#define MADANG_BATCH_MONOTONIC_MS_H_

#include <time.h>

namespace madang {

// Milliseconds of a clock that nobody sets.
inline double MonotonicMs() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace madang

#endif  // MADANG_BATCH_MONOTONIC_MS_H_
