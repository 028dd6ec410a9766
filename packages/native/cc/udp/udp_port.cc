#include "udp/udp_port.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cerrno>

#include "udp/offload.h"

namespace madang {
namespace {

bool Set(int fd, int level, int option, int value) { return setsockopt(fd, level, option, &value, sizeof value) == 0; }

int Get(int fd, int level, int option) {
  int value = 0;
  socklen_t bytes = sizeof value;
  return getsockopt(fd, level, option, &value, &bytes) == 0 ? value : 0;
}

// Linux counts its own bookkeeping in, and so doubles what is asked for (socket(7)).
int GrantedBytes(int fd, int option) {
#ifdef __linux__
  return Get(fd, SOL_SOCKET, option) / 2;
#else
  return Get(fd, SOL_SOCKET, option);
#endif
}

// Beyond the system's limit where this process may; else up to it, halving where the system refuses instead of cutting.
void AskForBuffer(int fd, int forced_option, int option, int bytes) {
  if (forced_option != 0 && Set(fd, SOL_SOCKET, forced_option, bytes)) return;
  while (bytes > 4096 && !Set(fd, SOL_SOCKET, option, bytes)) bytes /= 2;
}

#ifdef __linux__
constexpr int kForcedReceive = SO_RCVBUFFORCE;
constexpr int kForcedSend = SO_SNDBUFFORCE;
#else
constexpr int kForcedReceive = 0;
constexpr int kForcedSend = 0;
#endif

int OpenSocket(int family) {
#ifdef __linux__
  return socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
#else
  const int fd = socket(family, SOCK_DGRAM, 0);
  if (fd >= 0) {
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  return fd;
#endif
}

}  // namespace

int UdpPort::Open(const UdpPortOptions& options, std::unique_ptr<UdpPort>* out) {
  const int family = options.local.IsIpv4() ? AF_INET : AF_INET6;
  const int fd = OpenSocket(family);
  if (fd < 0) return errno;
  std::unique_ptr<UdpPort> port(new UdpPort(fd, family, options.queue_bytes));
  const int error = port->Configure(options);
  if (error == 0) *out = std::move(port);
  return error;
}

int UdpPort::Configure(const UdpPortOptions& options) {
  for_peers_ = options.for_peers;
  if (family_ == AF_INET6 && !Set(fd_, IPPROTO_IPV6, IPV6_V6ONLY, options.is_dual_stack ? 0 : 1)) return errno;
  AskForBuffer(fd_, kForcedReceive, SO_RCVBUF, options.receive_buffer_bytes);
  AskForBuffer(fd_, kForcedSend, SO_SNDBUF, options.send_buffer_bytes);
  const int traffic_class = options.dscp << 2 | options.ecn;
  const bool has_ipv4 = family_ == AF_INET || options.is_dual_stack;
  if (has_ipv4) {
    if (options.stamps) Set(fd_, IPPROTO_IP, IP_RECVTOS, 1);
    if (traffic_class != 0 && !Set(fd_, IPPROTO_IP, IP_TOS, traffic_class)) return errno;
  }
  if (family_ == AF_INET6) {
    if (options.stamps) Set(fd_, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
    if (traffic_class != 0 && !Set(fd_, IPPROTO_IPV6, IPV6_TCLASS, traffic_class)) return errno;
  }
#ifdef SO_TIMESTAMPNS
  if (options.stamps) Set(fd_, SOL_SOCKET, SO_TIMESTAMPNS, 1);
#else
  if (options.stamps) Set(fd_, SOL_SOCKET, SO_TIMESTAMP, 1);
#endif
#if MADANG_HAS_MMSG
  // Setting a segment size of 0 changes nothing, and fails where the kernel knows no segments.
  segments_ = options.segments && Set(fd_, SOL_UDP, UDP_SEGMENT, 0);
  coalesces_ = options.coalesces && Set(fd_, SOL_UDP, UDP_GRO, 1);
#endif
  sockaddr_storage name;
  const socklen_t name_bytes = options.local.ToSystem(family_, &name);
  return bind(fd_, reinterpret_cast<sockaddr*>(&name), name_bytes) == 0 ? 0 : errno;
}

UdpPort::~UdpPort() { close(fd_); }

SocketAddress UdpPort::Local() const {
  sockaddr_storage name{};
  socklen_t bytes = sizeof name;
  SocketAddress local{};
  if (getsockname(fd_, reinterpret_cast<sockaddr*>(&name), &bytes) == 0) SocketAddress::FromSystem(name, &local);
  return local;
}

int UdpPort::ReceiveBufferBytes() const { return GrantedBytes(fd_, SO_RCVBUF); }
int UdpPort::SendBufferBytes() const { return GrantedBytes(fd_, SO_SNDBUF); }

}  // namespace madang
