#ifndef MADANG_TCP_TCP_SOCKET_H_
#define MADANG_TCP_TCP_SOCKET_H_

#include "udp/socket_address.h"

namespace madang {

struct TcpPortOptions {
  SocketAddress local;
  bool is_dual_stack;
  // Of each connection; 0: what the system gives.
  int send_buffer_bytes;
  // The upper six bits of the traffic class (RFC 2474).
  int dscp;
  uint32_t queue_bytes;
};

// A descriptor that is closed with it.
class TcpSocket {
 public:
  explicit TcpSocket(int fd) : fd_(fd) {}
  ~TcpSocket();
  TcpSocket(const TcpSocket&) = delete;
  TcpSocket& operator=(const TcpSocket&) = delete;

  int fd() const { return fd_; }
  SocketAddress Local() const;

  // 0 or an errno; then the socket is of no use.
  int Listen(const TcpPortOptions& options);
  // The next connection: its descriptor, which does not block, or a negative errno.
  int Accept(SocketAddress* from) const;
  // Segments leave at once, from a buffer of the wanted size. What the system refuses stays as it is.
  void Configure(const TcpPortOptions& options);

  // Both: a count of bytes, 0 when the other side has ended the stream, or a negative errno.
  int64_t Receive(uint8_t* bytes, size_t most) const;
  int64_t Send(const uint8_t* bytes, size_t length) const;

  // A new socket of the family; negative when the system gives none.
  static int Open(int family);

 private:
  int fd_;
};

}  // namespace madang

#endif  // MADANG_TCP_TCP_SOCKET_H_
