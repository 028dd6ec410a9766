#ifndef MADANG_UDP_UDP_PORT_H_
#define MADANG_UDP_UDP_PORT_H_

#include <cstdint>
#include <memory>

#include "udp/send_queue.h"
#include "udp/socket_address.h"

namespace madang {

struct UdpPortOptions {
  SocketAddress local;
  bool is_dual_stack;
  int receive_buffer_bytes;
  int send_buffer_bytes;
  // The upper six and the lower two bits of the traffic class (RFC 2474, RFC 3168).
  int dscp;
  int ecn;
  bool segments;
  bool coalesces;
  // Whether DTLS and SRTP that come in are peers'. Otherwise every datagram is a row.
  bool for_peers = true;
  // Whether the system is to tell of each datagram when it came, and its traffic class.
  bool stamps = true;
  uint32_t queue_bytes;
};

// One bound socket and what is known of it.
class UdpPort {
 public:
  // 0, or the errno of the call that failed.
  static int Open(const UdpPortOptions& options, std::unique_ptr<UdpPort>* out);
  ~UdpPort();
  UdpPort(const UdpPort&) = delete;
  UdpPort& operator=(const UdpPort&) = delete;

  int fd() const { return fd_; }
  int family() const { return family_; }
  SocketAddress Local() const;
  // What the system granted, in bytes as they were asked for.
  int ReceiveBufferBytes() const;
  int SendBufferBytes() const;

  // Whether runs are handed over as one message. Turned off for good when the system can't.
  bool segments() const { return segments_; }
  void StopSegmenting() { segments_ = false; }
  bool coalesces() const { return coalesces_; }
  bool for_peers() const { return for_peers_; }

  SendQueue queue;
  bool waits_for_room = false;

 private:
  UdpPort(int fd, int family, uint32_t queue_bytes) : queue(queue_bytes), fd_(fd), family_(family) {}
  int Configure(const UdpPortOptions& options);

  int fd_;
  int family_;
  bool segments_ = false;
  bool coalesces_ = false;
  bool for_peers_ = true;
};

}  // namespace madang

#endif  // MADANG_UDP_UDP_PORT_H_
