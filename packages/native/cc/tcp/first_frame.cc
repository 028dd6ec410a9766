#include "tcp/first_frame.h"

#include <algorithm>
#include <cstring>

namespace madang {
namespace {

constexpr uint32_t kStunHeaderBytes = 20;
constexpr uint8_t kMagicCookie[4] = {0x21, 0x12, 0xa4, 0x42};

uint32_t ReadU16(const uint8_t* at) { return static_cast<uint32_t>(at[0] << 8 | at[1]); }

}  // namespace

FirstFrame::Verdict FirstFrame::Push(const uint8_t* bytes, size_t length, uint32_t most_bytes) {
  const size_t taken = std::min(kBytes - held_, length);
  if (taken > 0) memcpy(head_ + held_, bytes, taken);
  held_ = static_cast<uint8_t>(held_ + taken);
  if (!is_foreign_) is_foreign_ = !MayBeStun(most_bytes);
  if (is_foreign_) return Verdict::kForeign;
  return held_ == kBytes ? Verdict::kStun : Verdict::kUnsure;
}

// As far as the bytes that are there tell.
bool FirstFrame::MayBeStun(uint32_t most_bytes) const {
  if (held_ < 2) return true;
  const uint32_t frame_bytes = ReadU16(head_);
  if (frame_bytes < kStunHeaderBytes || frame_bytes > most_bytes || frame_bytes % 4 != 0) return false;
  if (held_ >= 3 && (head_[2] & 0xc0) != 0) return false;
  if (held_ >= 6 && ReadU16(head_ + 4) != frame_bytes - kStunHeaderBytes) return false;
  return held_ <= 6 || memcmp(head_ + 6, kMagicCookie, held_ - size_t{6}) == 0;
}

}  // namespace madang
