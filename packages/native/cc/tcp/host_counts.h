#ifndef MADANG_TCP_HOST_COUNTS_H_
#define MADANG_TCP_HOST_COUNTS_H_

#include <cstdint>
#include <cstring>
#include <map>

#include "udp/socket_address.h"

namespace madang {

// How many connections each host has. Of IPv6 a network of 64 bits is one host: whoever has one address has them all.
class HostCounts {
 public:
  uint32_t Of(const SocketAddress& address) const {
    const auto found = counts_.find(Host(address));
    return found == counts_.end() ? 0 : found->second;
  }
  void Add(const SocketAddress& address) { counts_[Host(address)]++; }
  void Remove(const SocketAddress& address) {
    const auto found = counts_.find(Host(address));
    if (found != counts_.end() && --found->second == 0) counts_.erase(found);
  }
  bool empty() const { return counts_.empty(); }

 private:
  // An IPv4 address stands in the last 8 bytes, behind ones that no IPv6 network begins with.
  static uint64_t Host(const SocketAddress& address) {
    uint64_t host;
    memcpy(&host, address.ip + (address.IsIpv4() ? 8 : 0), sizeof host);
    return host;
  }

  std::map<uint64_t, uint32_t> counts_;
};

}  // namespace madang

#endif  // MADANG_TCP_HOST_COUNTS_H_
