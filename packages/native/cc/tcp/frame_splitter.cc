#include "tcp/frame_splitter.h"

#include <algorithm>
#include <cstring>

namespace madang {
namespace {

uint32_t LengthAt(const uint8_t* header) { return static_cast<uint32_t>(header[0] << 8 | header[1]); }

}  // namespace

void FrameSplitter::Feed(const uint8_t* chunk, size_t length) {
  chunk_ = chunk;
  left_ = length;
}

FrameSplitter::Step FrameSplitter::Next(Frame* frame) {
  if (skipped_ > 0) {
    const auto passed = static_cast<uint32_t>(std::min<size_t>(skipped_, left_));
    chunk_ += passed;
    left_ -= passed;
    skipped_ -= passed;
    if (skipped_ > 0) return Step::kMore;
  }
  if (held_ == 0) return NextInChunk(frame);
  if (!Hold(kFrameHeaderBytes)) return Step::kMore;
  const uint32_t length = LengthAt(partial_.get());
  if (length > most_bytes_) {
    held_ = 0;
    skipped_ = length;
    return Step::kTooLong;
  }
  if (!Hold(kFrameHeaderBytes + length)) return Step::kMore;
  held_ = 0;
  *frame = {partial_.get() + kFrameHeaderBytes, length};
  return Step::kFrame;
}

// Without a copy where the whole datagram is there.
FrameSplitter::Step FrameSplitter::NextInChunk(Frame* frame) {
  if (left_ < kFrameHeaderBytes) {
    Hold(kFrameHeaderBytes);
    return Step::kMore;
  }
  const uint32_t length = LengthAt(chunk_);
  if (length > most_bytes_) {
    chunk_ += kFrameHeaderBytes;
    left_ -= kFrameHeaderBytes;
    skipped_ = length;
    return Step::kTooLong;
  }
  if (left_ < kFrameHeaderBytes + length) {
    Hold(kFrameHeaderBytes + length);
    return Step::kMore;
  }
  *frame = {chunk_ + kFrameHeaderBytes, length};
  chunk_ += kFrameHeaderBytes + length;
  left_ -= kFrameHeaderBytes + length;
  return Step::kFrame;
}

// Takes what is missing until `wanted` bytes are held. Whether they are.
bool FrameSplitter::Hold(size_t wanted) {
  if (held_ >= wanted) return true;
  const size_t taken = std::min(wanted - held_, left_);
  if (taken > 0) memcpy(partial_.get() + held_, chunk_, taken);
  chunk_ += taken;
  left_ -= taken;
  held_ += static_cast<uint32_t>(taken);
  return held_ == wanted;
}

}  // namespace madang
