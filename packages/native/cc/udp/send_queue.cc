#include "udp/send_queue.h"

#include <cstring>

namespace madang {
namespace {

constexpr size_t Padded(size_t bytes) { return (bytes + 7) & ~size_t{7}; }

}  // namespace

bool SendQueue::Push(const SocketAddress& to, const uint8_t* bytes, uint32_t length) {
  const size_t wanted = sizeof(Head) + Padded(length);
  if (bytes_.size() - begin_ + wanted > max_bytes_) return false;
  if (begin_ > 0 && bytes_.size() + wanted > max_bytes_) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
  const size_t at = bytes_.size();
  bytes_.resize(at + wanted);
  const Head head{to, length, 0};
  memcpy(bytes_.data() + at, &head, sizeof head);
  memcpy(bytes_.data() + at + sizeof head, bytes, length);
  return true;
}

const SocketAddress& SendQueue::to() const { return head().to; }
const uint8_t* SendQueue::bytes() const { return bytes_.data() + begin_ + sizeof(Head); }
uint32_t SendQueue::length() const { return head().length; }

void SendQueue::Pop() {
  begin_ += sizeof(Head) + Padded(head().length);
  if (!empty()) return;
  std::vector<uint8_t>().swap(bytes_);
  begin_ = 0;
}

}  // namespace madang
