#include "tcp/tcp_ports.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "batch/monotonic_ms.h"

namespace madang {

TcpPorts::TcpPorts(const TcpLimits& limits, AddressTable* addresses, Readiness* readiness, Counts* counts)
    : limits_(limits),
      addresses_(*addresses),
      readiness_(*readiness),
      counts_(*counts),
      listeners_(limits.ports),
      connections_(limits.connections) {}

int TcpPorts::Listen(const TcpPortOptions& options, int32_t* port_ix) {
  const int fd = TcpSocket::Open(options.local.IsIpv4() ? AF_INET : AF_INET6);
  if (fd < 0) return errno;
  auto listener = std::make_unique<Listener>(fd, options);
  const int error = listener->socket.Listen(options);
  if (error != 0) return error;
  const int32_t ix = listeners_.Add(std::move(listener));
  if (ix == IndexPool<Listener>::kNone) return ENFILE;
  *port_ix = kFirstPortIx + ix;
  const int watch_error = readiness_.Watch(fd, *port_ix);
  if (watch_error != 0) listeners_.Remove(ix);
  if (buffer_.empty()) buffer_.resize(kReadBytes);
  if (spare_ == nullptr) spare_ = std::make_unique<TcpSocket>(TcpSocket::Open(AF_INET));
  return watch_error;
}

bool TcpPorts::Close(int32_t port_ix) {
  if (!IsTcp(port_ix) || listeners_.Remove(port_ix - kFirstPortIx) == nullptr) return false;
  for (int32_t ix = 0; ix < connections_.end(); ix++) {
    TcpConnection* connection = connections_.Get(ix);
    if (connection != nullptr && connection->place().port_ix == port_ix) End(connection, kConnectionsLeft);
  }
  return true;
}

TcpConnection* TcpPorts::Find(int32_t port_ix, int32_t address_ix) const {
  TcpConnection* connection = ByKey(addresses_.ConnectionKey(address_ix));
  return connection != nullptr && connection->place().port_ix == port_ix ? connection : nullptr;
}

void TcpPorts::Accept(int32_t port_ix) {
  const Listener* listener = listeners_.Get(port_ix - kFirstPortIx);
  if (listener == nullptr) return;
  for (int count = 0; count < kMostAccepts; count++) {
    SocketAddress from;
    const int fd = listener->socket.Accept(&from);
    if (fd >= 0) Take(fd, from, port_ix, listener->options);
    else if (fd == -EMFILE || fd == -ENFILE) return Shed(*listener);
    else if (fd == -EAGAIN || fd == -EWOULDBLOCK || fd == -EBADF || fd == -EINVAL) return;
  }
}

void TcpPorts::Take(int fd, const SocketAddress& from, int32_t port_ix, const TcpPortOptions& options) {
  const bool has_room =
      connections_.size() < limits_.connections && hosts_.Of(from) < limits_.connections_per_host;
  const int32_t key = has_room ? connections_.next() + kFirstConnectionKey : AddressTable::kNone;
  const int32_t address_ix = has_room ? addresses_.Connect(from, key) : AddressTable::kNone;
  if (address_ix == AddressTable::kNone || readiness_.Watch(fd, key) != 0) {
    addresses_.Disconnect(address_ix);
    close(fd);
    counts_[kConnectionsRefused]++;
    return;
  }
  if (connections_.size() == 0) sweep_at_ms_ = MonotonicMs() + kSweepEveryMs;
  const TcpConnection::Place place{port_ix, address_ix, key, ++connections_ever_, from};
  connections_.Add(std::make_unique<TcpConnection>(fd, place, options, limits_.most_bytes));
  hosts_.Add(from);
  counts_[kConnectionsAccepted]++;
}

// Without a descriptor for it, whoever waits would wake the loop again and again.
void TcpPorts::Shed(const Listener& listener) {
  spare_.reset();
  SocketAddress from;
  const int fd = listener.socket.Accept(&from);
  if (fd >= 0) {
    close(fd);
    counts_[kConnectionsRefused]++;
  }
  spare_ = std::make_unique<TcpSocket>(TcpSocket::Open(AF_INET));
}

bool TcpPorts::Read(TcpConnection* connection) {
  counts_[kReceiveCalls]++;
  if (connection->Read(buffer_.data(), buffer_.size()) > 0) return true;
  if (connection->end() == TcpConnection::End::kOtherSide) End(connection, kConnectionsEnded);
  else if (connection->end() == TcpConnection::End::kForeign) End(connection, kConnectionsForeign);
  return false;
}

void TcpPorts::End(TcpConnection* connection, Count why) {
  const TcpConnection::Place place = connection->place();
  counts_[why]++;
  hosts_.Remove(place.from);
  addresses_.Disconnect(place.address_ix);
  connections_.Remove(place.key - kFirstConnectionKey);
}

double TcpPorts::NextTimeoutMs() const {
  return connections_open() == 0 ? kNever : std::max(0.0, sweep_at_ms_ - MonotonicMs());
}

void TcpPorts::HandleTimeouts() {
  const double now_ms = MonotonicMs();
  if (connections_open() == 0 || now_ms < sweep_at_ms_) return;
  sweep_at_ms_ = now_ms + kSweepEveryMs;
  Sweep();
}

void TcpPorts::Sweep() {
  for (int32_t ix = 0; ix < connections_.end(); ix++) {
    TcpConnection* connection = connections_.Get(ix);
    if (connection != nullptr) Judge(connection);
  }
}

// Whoever never was a peer's could otherwise stay by sending now and then; what is left to say to whoever was, is said.
void TcpPorts::Judge(TcpConnection* connection) {
  if (addresses_.IsWanted(connection->place().address_ix)) {
    connection->was_kept = true;
    connection->lone_sweeps = 0;
    return;
  }
  connection->lone_sweeps++;
  const bool has_said_all = connection->was_kept && !connection->waits() && connection->lone_sweeps >= kLeftSweeps;
  if (!has_said_all && connection->lone_sweeps < kLoneSweeps) return;
  End(connection, connection->was_kept ? kConnectionsLeft : kConnectionsUnproven);
}

}  // namespace madang
