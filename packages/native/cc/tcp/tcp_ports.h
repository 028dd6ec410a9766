#ifndef MADANG_TCP_TCP_PORTS_H_
#define MADANG_TCP_TCP_PORTS_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "batch/counts.h"
#include "batch/index_pool.h"
#include "tcp/host_counts.h"
#include "tcp/tcp_connection.h"
#include "tcp/tcp_socket.h"
#include "udp/address_table.h"
#include "udp/readiness.h"

namespace madang {

struct TcpLimits {
  uint32_t ports;
  uint32_t connections;
  uint32_t connections_per_host;
  // Of a datagram that comes in.
  uint32_t most_bytes;
};

// The TCP ports of a plane and the connections to them (RFC 6544, passive). A connection is an address of the table that
// only it has: datagrams to that address, by the port that it came to, are its frames.
//
// Whoever nobody keeps the address of is no peer: such a connection ends after 10 s, or, when it was a peer's, about a
// second after that has let go of it. So silent ones, and chatty ones that are nobody's, take no place for long.
class TcpPorts {
 public:
  // Indices of TCP ports begin here, and the readiness' numbers of connections further on.
  static constexpr int32_t kFirstPortIx = 1 << 24;
  static constexpr int32_t kFirstConnectionKey = 1 << 25;
  static constexpr double kNever = -1;

  TcpPorts(const TcpLimits& limits, AddressTable* addresses, Readiness* readiness, Counts* counts);

  static bool IsTcp(int32_t port_ix) { return port_ix >= kFirstPortIx && port_ix < kFirstConnectionKey; }

  // 0 or an errno; ENFILE when there are as many ports as there may be.
  int Listen(const TcpPortOptions& options, int32_t* port_ix);
  // Ends its connections, too.
  bool Close(int32_t port_ix);
  bool Has(int32_t port_ix) const { return IsTcp(port_ix) && listeners_.Get(port_ix - kFirstPortIx) != nullptr; }
  SocketAddress Local(int32_t port_ix) const { return listeners_.Get(port_ix - kFirstPortIx)->socket.Local(); }
  size_t ports_open() const { return listeners_.size(); }
  size_t connections_open() const { return connections_.size(); }

  // Takes what waits to be accepted: a bounded number a call.
  void Accept(int32_t port_ix);

  // Null for what is no connection (any more).
  TcpConnection* ByKey(int32_t key) const { return connections_.Get(key - kFirstConnectionKey); }
  // That of a datagram to `address_ix` by `port_ix`; null when there is none.
  TcpConnection* Find(int32_t port_ix, int32_t address_ix) const;
  // Reads from it once, into memory of this. False when nothing is there, or it is over and closed.
  bool Read(TcpConnection* connection);

  // Milliseconds until HandleTimeouts() is due, 0 when it is; kNever while nobody is connected.
  double NextTimeoutMs() const;
  // Sweeps once a second.
  void HandleTimeouts();
  // Ends connections that are nobody's.
  void Sweep();

 private:
  struct Listener {
    explicit Listener(int fd, const TcpPortOptions& wanted) : socket(fd), options(wanted) {}
    TcpSocket socket;
    TcpPortOptions options;
  };

  void Take(int fd, const SocketAddress& from, int32_t port_ix, const TcpPortOptions& options);
  void End(TcpConnection* connection, Count why);
  void Shed(const Listener& listener);
  void Judge(TcpConnection* connection);

  static constexpr int kMostAccepts = 64;
  static constexpr size_t kReadBytes = 32 * 1024;
  static constexpr double kSweepEveryMs = 1'000;
  // Of these: so many for whoever never was a peer's, and for whoever was.
  static constexpr uint8_t kLoneSweeps = 10;
  static constexpr uint8_t kLeftSweeps = 2;

  TcpLimits limits_;
  AddressTable& addresses_;
  Readiness& readiness_;
  Counts& counts_;
  IndexPool<Listener> listeners_;
  IndexPool<TcpConnection> connections_;
  HostCounts hosts_;
  // For the moment in which this process has no descriptor left.
  std::unique_ptr<TcpSocket> spare_;
  std::vector<uint8_t> buffer_;
  uint64_t connections_ever_ = 0;
  double sweep_at_ms_ = 0;
};

}  // namespace madang

#endif  // MADANG_TCP_TCP_PORTS_H_
