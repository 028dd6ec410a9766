#ifndef MADANG_UDP_SEND_QUEUE_H_
#define MADANG_UDP_SEND_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "udp/socket_address.h"

namespace madang {

// Datagrams that the kernel had no room for, in order. Bounded in bytes; takes no memory until it is needed.
class SendQueue {
 public:
  explicit SendQueue(size_t max_bytes) : max_bytes_(max_bytes) {}

  bool empty() const { return begin_ == bytes_.size(); }
  // False, and nothing is kept, when there is no room.
  bool Push(const SocketAddress& to, const uint8_t* bytes, uint32_t length);

  // The first datagram; only while not empty. Valid until the next Push.
  const SocketAddress& to() const;
  const uint8_t* bytes() const;
  uint32_t length() const;
  void Pop();

 private:
  struct Head {
    SocketAddress to;
    uint32_t length;
    uint32_t reserved;
  };
  const Head& head() const { return *reinterpret_cast<const Head*>(bytes_.data() + begin_); }

  // Heads and datagrams one behind the other, each datagram padded to a multiple of 8.
  std::vector<uint8_t> bytes_;
  size_t begin_ = 0;
  size_t max_bytes_;
};

}  // namespace madang

#endif  // MADANG_UDP_SEND_QUEUE_H_
