#include "tcp/frame_queue.h"

namespace madang {

bool FrameQueue::Push(const uint8_t* frame, size_t length) {
  if (size() + length > max_bytes_) return false;
  Append(frame, length);
  return true;
}

void FrameQueue::Append(const uint8_t* bytes, size_t length) {
  if (begin_ > 0 && bytes_.size() + length > max_bytes_) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
  bytes_.insert(bytes_.end(), bytes, bytes + length);
}

void FrameQueue::Pop(size_t bytes) {
  begin_ += bytes;
  if (!empty()) return;
  std::vector<uint8_t>().swap(bytes_);
  begin_ = 0;
}

}  // namespace madang
