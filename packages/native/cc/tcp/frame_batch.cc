#include "tcp/frame_batch.h"

namespace madang {

void FrameBatch::Begin(TcpConnection* connection) {
  if (slab_.empty()) slab_.resize(kSlabBytes);
  connection_ = connection;
}

uint8_t* FrameBatch::Room(size_t most) {
  if (used_ + kFrameHeaderBytes + most > slab_.size()) Flush();
  return slab_.data() + used_ + kFrameHeaderBytes;
}

void FrameBatch::Commit(size_t length) {
  slab_[used_] = static_cast<uint8_t>(length >> 8);
  slab_[used_ + 1] = static_cast<uint8_t>(length);
  used_ += kFrameHeaderBytes + length;
}

void FrameBatch::Flush() {
  if (used_ > 0) connection_->Send(slab_.data(), used_, &readiness_, &counts_);
  used_ = 0;
}

void FrameBatch::Finish() {
  Flush();
  connection_ = nullptr;
}

}  // namespace madang
