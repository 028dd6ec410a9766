#ifndef MADANG_TCP_FRAME_QUEUE_H_
#define MADANG_TCP_FRAME_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace madang {

// Bytes that the kernel had no room for, in order. Bounded: a frame is taken whole or not at all. Takes no memory until it
// is needed.
class FrameQueue {
 public:
  explicit FrameQueue(size_t max_bytes) : max_bytes_(max_bytes) {}

  bool empty() const { return begin_ == bytes_.size(); }
  size_t size() const { return bytes_.size() - begin_; }
  const uint8_t* bytes() const { return bytes_.data() + begin_; }

  // False, and nothing is kept, when there is no room.
  bool Push(const uint8_t* frame, size_t length);
  // The rest of a frame whose begin has left: it is kept in any case. Only while empty.
  void PushRest(const uint8_t* bytes, size_t length) { Append(bytes, length); }
  // The first `bytes` have left.
  void Pop(size_t bytes);

 private:
  void Append(const uint8_t* bytes, size_t length);

  std::vector<uint8_t> bytes_;
  size_t begin_ = 0;
  size_t max_bytes_;
};

}  // namespace madang

#endif  // MADANG_TCP_FRAME_QUEUE_H_
