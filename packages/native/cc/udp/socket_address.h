#ifndef MADANG_UDP_SOCKET_ADDRESS_H_
#define MADANG_UDP_SOCKET_ADDRESS_H_

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace madang {

// An IP address and a port, in one form only: IPv4 inside IPv6 (RFC 4291 section 2.5.5.2) for both, so that an IPv4
// source seen through a dual-stack socket is the same address. Comparable byte by byte.
struct SocketAddress {
  uint8_t ip[16];
  // Scope of a link-local IPv6 address; 0 for all others.
  uint32_t scope;
  uint16_t port;
  uint16_t reserved;

  bool operator==(const SocketAddress& other) const;
  bool IsIpv4() const;

  // False when `text` is no numeric address. Takes a scope as in "fe80::1%eth0".
  static bool Parse(const char* text, uint16_t port, SocketAddress* out);
  // False for families other than AF_INET and AF_INET6.
  static bool FromSystem(const sockaddr_storage& from, SocketAddress* out);
  // Writes the address for a socket of `family`; returns its size, 0 when such a socket can't reach it.
  socklen_t ToSystem(int family, sockaddr_storage* out) const;
  // Without the port: "192.0.2.1", "2001:db8::1".
  std::string Ip() const;
};

static_assert(sizeof(SocketAddress) == 24, "no padding: it is hashed and compared as bytes");

}  // namespace madang

#endif  // MADANG_UDP_SOCKET_ADDRESS_H_
