#include "tcp/tcp_socket.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <cerrno>

namespace madang {
namespace {

#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
#else
constexpr int kSendFlags = MSG_DONTWAIT;
#endif

bool Set(int fd, int level, int option, int value) { return setsockopt(fd, level, option, &value, sizeof value) == 0; }

// The system calls that do it at once are not everywhere.
int Unblocked(int fd) {
  if (fd < 0) return fd;
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  return fd;
}

}  // namespace

TcpSocket::~TcpSocket() {
  if (fd_ >= 0) close(fd_);
}

int TcpSocket::Open(int family) { return Unblocked(socket(family, SOCK_STREAM, 0)); }

SocketAddress TcpSocket::Local() const {
  sockaddr_storage name{};
  socklen_t bytes = sizeof name;
  SocketAddress local{};
  if (getsockname(fd_, reinterpret_cast<sockaddr*>(&name), &bytes) == 0) SocketAddress::FromSystem(name, &local);
  return local;
}

int TcpSocket::Listen(const TcpPortOptions& options) {
  const int family = options.local.IsIpv4() ? AF_INET : AF_INET6;
  // Connections that ended lately keep nobody from the port.
  if (!Set(fd_, SOL_SOCKET, SO_REUSEADDR, 1)) return errno;
  if (family == AF_INET6 && !Set(fd_, IPPROTO_IPV6, IPV6_V6ONLY, options.is_dual_stack ? 0 : 1)) return errno;
  sockaddr_storage name;
  const socklen_t name_bytes = options.local.ToSystem(family, &name);
  if (bind(fd_, reinterpret_cast<sockaddr*>(&name), name_bytes) != 0) return errno;
  return listen(fd_, SOMAXCONN) == 0 ? 0 : errno;
}

int TcpSocket::Accept(SocketAddress* from) const {
  sockaddr_storage name{};
  socklen_t bytes = sizeof name;
#ifdef __linux__
  const int fd = accept4(fd_, reinterpret_cast<sockaddr*>(&name), &bytes, SOCK_NONBLOCK | SOCK_CLOEXEC);
#else
  const int fd = Unblocked(accept(fd_, reinterpret_cast<sockaddr*>(&name), &bytes));
#endif
  if (fd < 0) return -errno;
  if (SocketAddress::FromSystem(name, from)) return fd;
  close(fd);
  return -EAFNOSUPPORT;
}

void TcpSocket::Configure(const TcpPortOptions& options) {
  Set(fd_, IPPROTO_TCP, TCP_NODELAY, 1);
#ifdef SO_NOSIGPIPE
  Set(fd_, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
  if (options.send_buffer_bytes > 0) Set(fd_, SOL_SOCKET, SO_SNDBUF, options.send_buffer_bytes);
  if (options.dscp == 0) return;
  if (options.local.IsIpv4() || options.is_dual_stack) Set(fd_, IPPROTO_IP, IP_TOS, options.dscp << 2);
  if (!options.local.IsIpv4()) Set(fd_, IPPROTO_IPV6, IPV6_TCLASS, options.dscp << 2);
}

int64_t TcpSocket::Receive(uint8_t* bytes, size_t most) const {
  const ssize_t count = recv(fd_, bytes, most, MSG_DONTWAIT);
  return count < 0 ? -errno : count;
}

int64_t TcpSocket::Send(const uint8_t* bytes, size_t length) const {
  const ssize_t count = send(fd_, bytes, length, kSendFlags);
  return count < 0 ? -errno : count;
}

}  // namespace madang
