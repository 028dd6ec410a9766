#include "udp/socket_address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include <cstring>

namespace madang {
namespace {

constexpr uint8_t kIpv4Prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool IsLinkLocal(const uint8_t* ip) { return ip[0] == 0xfe && (ip[1] & 0xc0) == 0x80; }

}  // namespace

bool SocketAddress::operator==(const SocketAddress& other) const { return memcmp(this, &other, sizeof *this) == 0; }

bool SocketAddress::IsIpv4() const { return memcmp(ip, kIpv4Prefix, sizeof kIpv4Prefix) == 0; }

bool SocketAddress::Parse(const char* text, uint16_t port, SocketAddress* out) {
  *out = SocketAddress{};
  out->port = port;
  if (inet_pton(AF_INET, text, out->ip + 12) == 1) {
    memcpy(out->ip, kIpv4Prefix, sizeof kIpv4Prefix);
    return true;
  }
  std::string ip(text);
  const size_t percent = ip.find('%');
  if (percent != std::string::npos) {
    out->scope = if_nametoindex(ip.c_str() + percent + 1);
    ip.resize(percent);
  }
  if (inet_pton(AF_INET6, ip.c_str(), out->ip) != 1) return false;
  if (!IsLinkLocal(out->ip)) out->scope = 0;
  return true;
}

bool SocketAddress::FromSystem(const sockaddr_storage& from, SocketAddress* out) {
  *out = SocketAddress{};
  if (from.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(from);
    memcpy(out->ip, kIpv4Prefix, sizeof kIpv4Prefix);
    memcpy(out->ip + 12, &v4.sin_addr, 4);
    out->port = ntohs(v4.sin_port);
    return true;
  }
  if (from.ss_family != AF_INET6) return false;
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from);
  memcpy(out->ip, &v6.sin6_addr, 16);
  out->port = ntohs(v6.sin6_port);
  if (IsLinkLocal(out->ip)) out->scope = v6.sin6_scope_id;
  return true;
}

socklen_t SocketAddress::ToSystem(int family, sockaddr_storage* out) const {
  if (family == AF_INET) {
    if (!IsIpv4()) return 0;
    auto* v4 = reinterpret_cast<sockaddr_in*>(out);
    *v4 = sockaddr_in{};
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    memcpy(&v4->sin_addr, ip + 12, 4);
    return sizeof *v4;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(out);
  *v6 = sockaddr_in6{};
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(port);
  v6->sin6_scope_id = scope;
  memcpy(&v6->sin6_addr, ip, 16);
  return sizeof *v6;
}

std::string SocketAddress::Ip() const {
  char text[INET6_ADDRSTRLEN] = "";
  if (IsIpv4()) inet_ntop(AF_INET, ip + 12, text, sizeof text);
  else inet_ntop(AF_INET6, ip, text, sizeof text);
  char name[IF_NAMESIZE];
  if (scope == 0 || if_indextoname(scope, name) == nullptr) return text;
  return std::string(text) + "%" + name;
}

}  // namespace madang
