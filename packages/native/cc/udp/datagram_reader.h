#ifndef MADANG_UDP_DATAGRAM_READER_H_
#define MADANG_UDP_DATAGRAM_READER_H_

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace madang {

// One message as the kernel handed it over. With receive offload it may hold several datagrams of one source, all of
// `segment_bytes` but the last.
struct Incoming {
  sockaddr_storage from;
  uint32_t bytes;
  // 0: the message is one datagram.
  uint32_t segment_bytes;
  // When the kernel took it in, nanoseconds since 1970; 0 when it did not say.
  int64_t wall_ns;
  uint8_t ecn;
  // The message was longer than slot and spill together.
  bool is_cut;
};

// Reads messages from sockets: the first bytes of each into a slot, what does not fit into a spill area behind it, so
// that a single datagram lies where it stays, and a coalesced one can be told apart afterwards.
//
// Linux: one recvmmsg a call. Elsewhere: recvmsg until nothing is left.
class DatagramReader {
 public:
  static constexpr int kMaxMessages = 64;

  // Null when the system gives no memory.
  static std::unique_ptr<DatagramReader> Create(uint32_t slot_bytes);
  ~DatagramReader();
  DatagramReader(const DatagramReader&) = delete;
  DatagramReader& operator=(const DatagramReader&) = delete;

  // Where the first bytes of message `ix` shall go: slot_bytes are there.
  void SetSlot(int ix, uint8_t* slot);
  // Reads up to `count` messages. How many, 0 when there is none, or a negative errno.
  int Read(int fd, int count);

  const Incoming& message(int ix) const;
  // What did not fit into the slot.
  const uint8_t* Spill(int ix) const { return spill_ + static_cast<size_t>(ix) * kSpillBytes; }

 private:
  struct System;
  static constexpr size_t kSpillBytes = 64 * 1024;

  DatagramReader(uint32_t slot_bytes, uint8_t* spill);

  std::unique_ptr<System> system_;
  uint8_t* spill_;
};

}  // namespace madang

#endif  // MADANG_UDP_DATAGRAM_READER_H_
