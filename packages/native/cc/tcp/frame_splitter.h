#ifndef MADANG_TCP_FRAME_SPLITTER_H_
#define MADANG_TCP_FRAME_SPLITTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>

namespace madang {

// Bytes of the length before each datagram (RFC 4571 section 2).
constexpr size_t kFrameHeaderBytes = 2;

// Takes a stream apart into its datagrams: two bytes of length in network order, then so many bytes (RFC 4571 section 2,
// as RFC 6544 section 3 uses it). Holds no more than one datagram that has not come whole. One that is longer than
// `most_bytes` is passed over, and the stream goes on behind it.
//
//   Feed(chunk, length)       what has come; it stays where it is until Next() says kMore
//   Next(&frame) …            until it says kMore
class FrameSplitter {
 public:
  enum class Step { kMore, kFrame, kTooLong };
  struct Frame {
    // Valid until the next call. A length of 0 is an empty datagram.
    const uint8_t* bytes;
    uint32_t length;
  };

  explicit FrameSplitter(uint32_t most_bytes)
      : partial_(new uint8_t[kFrameHeaderBytes + most_bytes]), most_bytes_(most_bytes) {}

  void Feed(const uint8_t* chunk, size_t length);
  // kTooLong once for each datagram that is passed over.
  Step Next(Frame* frame);

  // Of a datagram that has not come whole.
  size_t held_bytes() const { return held_; }

 private:
  Step NextInChunk(Frame* frame);
  bool Hold(size_t wanted);

  std::unique_ptr<uint8_t[]> partial_;
  uint32_t most_bytes_;
  uint32_t held_ = 0;
  // Bytes still to come of a datagram that is passed over.
  uint32_t skipped_ = 0;
  const uint8_t* chunk_ = nullptr;
  size_t left_ = 0;
};

}  // namespace madang

#endif  // MADANG_TCP_FRAME_SPLITTER_H_
