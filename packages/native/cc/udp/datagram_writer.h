#ifndef MADANG_UDP_DATAGRAM_WRITER_H_
#define MADANG_UDP_DATAGRAM_WRITER_H_

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "udp/socket_address.h"

namespace madang {

// One message for the kernel: a datagram, or a run of datagrams to one destination that it cuts apart.
struct Outgoing {
  const uint8_t* bytes;
  uint32_t length;
  // Bytes of each datagram of the run, the last of which may be shorter.
  uint32_t segment_bytes;

  uint32_t segments() const { return (length + segment_bytes - 1) / segment_bytes; }
};

// Hands messages to the kernel. Linux: one sendmmsg for all of them. Elsewhere: sendmsg for each.
class DatagramWriter {
 public:
  static constexpr int kMaxMessages = 64;
  // What the kernel takes as one message (UDP_MAX_SEGMENTS of older kernels, and what fits into an IP packet).
  static constexpr uint32_t kMaxSegments = 64;
  static constexpr uint32_t kMaxMessageBytes = 65'000;

  DatagramWriter();
  ~DatagramWriter();

  int count() const { return count_; }
  void Clear() { count_ = 0; }
  // Adds a message to a destination; false when a socket of `family` can't reach it. At most kMaxMessages.
  bool Add(const SocketAddress& to, int family, const Outgoing& message);
  const Outgoing& message(int ix) const;
  const SocketAddress& destination(int ix) const;

  // Sends the messages from number `first` on. How many were taken, or a negative errno when the first was not.
  int Send(int fd, int first);
  // Sends the datagram number `segment` of a message alone. 0 or a negative errno.
  int SendSegment(int fd, int ix, uint32_t segment);

 private:
  struct System;

  std::unique_ptr<System> system_;
  int count_ = 0;
};

}  // namespace madang

#endif  // MADANG_UDP_DATAGRAM_WRITER_H_
