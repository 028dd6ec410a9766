#ifndef MADANG_TCP_FIRST_FRAME_H_
#define MADANG_TCP_FIRST_FRAME_H_

#include <cstddef>
#include <cstdint>

namespace madang {

// Whether a stream begins as ICE over TCP does: with a STUN message in a frame (RFC 6544 section 7.1). Whoever speaks HTTP
// or TLS here is known by the first bytes.
//
//   | length of the frame | 00, type | length of the message | magic cookie |   RFC 4571 section 2, RFC 8489 section 5
class FirstFrame {
 public:
  enum class Verdict { kUnsure, kStun, kForeign };

  // The bytes that came next. After another verdict than kUnsure it stays.
  Verdict Push(const uint8_t* bytes, size_t length, uint32_t most_bytes);

 private:
  static constexpr size_t kBytes = 10;

  bool MayBeStun(uint32_t most_bytes) const;

  uint8_t head_[kBytes];
  uint8_t held_ = 0;
  bool is_foreign_ = false;
};

}  // namespace madang

#endif  // MADANG_TCP_FIRST_FRAME_H_
