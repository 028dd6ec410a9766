#ifndef MADANG_SRTP_REPLAY_WINDOW_H_
#define MADANG_SRTP_REPLAY_WINDOW_H_

#include <cstddef>
#include <cstdint>

#include "srtp/srtp_failure.h"

namespace madang {

// The last 1,024 indices of one SSRC (RFC 3711 section 3.3.2), and the rollover counter that follows from them. A ring
// of bits: moving on clears the bits skipped and shifts nothing.
class ReplayWindow {
 public:
  static constexpr uint64_t kSize = 1024;
  // RTP indices have 48 bits.
  static constexpr uint64_t kLastRtpIndex = (uint64_t{1} << 48) - 1;

  bool is_empty() const { return is_empty_; }
  uint64_t highest() const { return highest_; }

  // The 48-bit index that a sequence number most likely stands for: the one nearest to the highest so far (RFC 3711
  // section 3.3.1, appendix A). Where that would lie before the very first packet, it is taken for a leap ahead, as
  // libsrtp takes it. `kKeyExhausted` beyond the last index.
  SrtpFailure Estimate(uint16_t sequence, uint64_t* index) const {
    *index = sequence;
    if (is_empty_) return SrtpFailure::kNone;
    const auto ahead = static_cast<int16_t>(static_cast<uint16_t>(sequence - static_cast<uint16_t>(highest_)));
    const int64_t nearest = static_cast<int64_t>(highest_) + ahead;
    if (nearest < 0) return SrtpFailure::kNone;
    *index = static_cast<uint64_t>(nearest);
    return *index > kLastRtpIndex ? SrtpFailure::kKeyExhausted : SrtpFailure::kNone;
  }

  // Whether `index` is new: `kNone`, `kRepeated` or `kTooOld`.
  SrtpFailure Check(uint64_t index) const {
    if (is_empty_ || index > highest_) return SrtpFailure::kNone;
    if (highest_ - index >= kSize) return SrtpFailure::kTooOld;
    return (word(index) & bit(index)) != 0 ? SrtpFailure::kRepeated : SrtpFailure::kNone;
  }

  // Marks `index`, for which Check() said `kNone`.
  void Commit(uint64_t index) {
    if (is_empty_ || index >= highest_ + kSize) {
      for (uint64_t& each : words_) each = 0;
    } else {
      for (uint64_t skipped = highest_ + 1; skipped < index; ++skipped) word(skipped) &= ~bit(skipped);
    }
    if (is_empty_ || index > highest_) highest_ = index;
    is_empty_ = false;
    word(index) |= bit(index);
  }

 private:
  static constexpr size_t kWords = kSize / 64;

  uint64_t& word(uint64_t index) { return words_[(index / 64) % kWords]; }
  uint64_t word(uint64_t index) const { return words_[(index / 64) % kWords]; }
  static uint64_t bit(uint64_t index) { return uint64_t{1} << (index % 64); }

  uint64_t highest_ = 0;
  bool is_empty_ = true;
  uint64_t words_[kWords] = {};
};

}  // namespace madang

#endif  // MADANG_SRTP_REPLAY_WINDOW_H_
