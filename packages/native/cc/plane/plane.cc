#include "plane/plane.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "batch/datagram_kind.h"

namespace madang {

std::unique_ptr<Plane> Plane::Create(const PlaneOptions& options, BatchListener* listener) {
  std::shared_ptr<Arena> arena = Arena::Create(options.sizes);
  if (arena == nullptr) return nullptr;
  std::unique_ptr<Plane> plane(new Plane(options, listener, std::move(arena)));
  return plane->rx_ == nullptr || plane->fd() < 0 ? nullptr : std::move(plane);
}

Plane::Plane(const PlaneOptions& options, BatchListener* listener, std::shared_ptr<Arena> arena)
    : listener_(listener),
      arena_(std::move(arena)),
      slots_(*arena_),
      addresses_(options.addresses, options.seed),
      ports_(options.ports),
      tcp_({options.ports, options.connections, options.connections_per_host, options.sizes.slot_bytes}, &addresses_,
           &readiness_, &counts_),
      sessions_(&peers_, this),
      peers_(options.peers),
      tx_(arena_.get(), &slots_, &addresses_, &ports_, &tcp_, &readiness_, &peers_, &sessions_, &counts_),
      rx_(RxBatch::Create(arena_.get(), &slots_, &addresses_, &counts_)) {}

void Plane::Process() {
  Readiness::Event events[Readiness::kMaxEvents];
  const int count = readiness_.Poll(events);
  slots_.CollectReturned();
  for (int ix = 0; ix < count && !is_over_; ix++) Wake(events[ix]);
  DeliverRest();
}

void Plane::Wake(const Readiness::Event& event) {
  if (event.key >= TcpPorts::kFirstConnectionKey) {
    TcpConnection* connection = tcp_.ByKey(event.key);
    if (event.can_write && connection != nullptr) connection->SendQueued(&readiness_, &counts_);
    if (event.can_read) ReadConnection(event.key);
  } else if (event.key >= TcpPorts::kFirstPortIx) {
    tcp_.Accept(event.key);
  } else {
    if (event.can_write && ports_.Get(event.key) != nullptr) WatchRoom(event.key);
    if (event.can_read) Read(event.key);
  }
}

void Plane::Read(int32_t port_ix) {
  bool may_hold_more = true;
  for (int reads = 0; may_hold_more && reads < kMostReadsPerPort; reads++) {
    if (!rx_->HasRoom() && !Deliver()) return;
    // JavaScript may have closed the port.
    const UdpPort* port = ports_.Get(port_ix);
    if (port == nullptr) return;
    is_reading_ = true;
    may_hold_more = rx_->Read(*port, port_ix, this);
    is_reading_ = false;
  }
}

void Plane::DeliverRest() {
  while (!is_over_ && (rx_->count() > 0 || !waiting_rows_.empty() || !late_dtls_.empty())) Deliver();
}

// One call of JavaScript, with what is there. False when nothing more may be told.
bool Plane::Deliver() {
  size_t added = 0;
  for (RxRow* row = nullptr; added < waiting_rows_.size() && (row = rx_->AddRow()) != nullptr; added++)
    *row = waiting_rows_[added];
  waiting_rows_.erase(waiting_rows_.begin(), waiting_rows_.begin() + static_cast<std::ptrdiff_t>(added));
  if (rx_->count() > 0) {
    counts_[kBatches]++;
    is_over_ = !listener_->OnBatch(rx_->count());
    rx_->End();
    slots_.CollectReturned();
  }
  TakeLateDtls();
  return !is_over_;
}

// A browser may send its first check and its hello at once: they come in one batch, and JavaScript has seen the check now.
void Plane::TakeLateDtls() {
  const std::vector<RxRow> late = std::exchange(late_dtls_, {});
  for (const RxRow& row : late) {
    const int32_t peer_ix = addresses_.Peer(row.address_ix);
    if (peer_ix == AddressTable::kNone) counts_[kRxDtlsUnproven]++;
    else sessions_.Receive(peer_ix, slots_.Bytes(row.slot), static_cast<size_t>(row.length), {row.port_ix, row.address_ix});
    slots_.Free(row.slot);
  }
}

double Plane::NextTimeoutMs() const {
  if (!waiting_rows_.empty()) return 0;
  const double session_ms = sessions_.NextTimeoutMs();
  const double tcp_ms = tcp_.NextTimeoutMs();
  return session_ms < 0 || tcp_ms < 0 ? std::max(session_ms, tcp_ms) : std::min(session_ms, tcp_ms);
}

void Plane::HandleTimeouts() {
  sessions_.HandleTimeouts();
  tcp_.HandleTimeouts();
  DeliverRest();
}

void Plane::Transmit(int32_t rows, int32_t inline_bytes) {
  tx_.Send(rows, inline_bytes);
  for (const int32_t port_ix : tx_.touched_ports()) {
    const UdpPort* port = ports_.Get(port_ix);
    if (port != nullptr && !port->queue.empty()) WatchRoom(port_ix);
  }
}

// Sends what waits, and asks to be woken for the rest, or for nothing any more.
void Plane::WatchRoom(int32_t port_ix) {
  UdpPort* port = ports_.Get(port_ix);
  const bool waits = !tx_.SendQueued(port);
  if (waits == port->waits_for_room) return;
  readiness_.WatchRoom(port->fd(), port_ix, waits);
  port->waits_for_room = waits;
}

DatagramGate::Verdict Plane::Pass(uint8_t* datagram, RxRow* row) {
  const UdpPort* port = ports_.Get(row->port_ix);
  if (port != nullptr && !port->for_peers()) return Verdict::kPass;
  if (row->kind == kind::kRtp) return Unprotect(datagram, row);
  return row->kind == kind::kDtls ? TakeDtls(datagram, *row) : Verdict::kPass;
}

DatagramGate::Verdict Plane::TakeDtls(const uint8_t* datagram, const RxRow& row) {
  const int32_t peer_ix = addresses_.Peer(row.address_ix);
  if (peer_ix != AddressTable::kNone) {
    sessions_.Receive(peer_ix, datagram, static_cast<size_t>(row.length), {row.port_ix, row.address_ix});
    return Verdict::kDrop;
  }
  if (late_dtls_.size() < kMostLateDtls) {
    late_dtls_.push_back(row);
    return Verdict::kKeep;
  }
  counts_[kRxDtlsUnproven]++;
  return Verdict::kDrop;
}

// Into the batch that is being read, so that a peer is connected before its first packet; else into the next one.
void Plane::AddRow(const RxRow& row) {
  RxRow* free = is_reading_ && waiting_rows_.empty() ? rx_->AddRow() : nullptr;
  if (free != nullptr) *free = row;
  else waiting_rows_.push_back(row);
}

void Plane::OnPeerState(const RxRow& row) { AddRow(row); }

void Plane::OnPeerData(int32_t peer_ix, const uint8_t* data, size_t length) {
  const bool fits = length <= slots_.slot_bytes();
  if (!fits || slots_.free_slots() == 0) {
    counts_[fits ? kRxNoSlot : kRxTooLong]++;
    return;
  }
  RxRow row{};
  row.slot = slots_.Take();
  row.length = static_cast<int32_t>(length);
  row.kind = kind::kPeerData;
  row.peer_ix = peer_ix;
  row.address_ix = peers_.Get(peer_ix)->dtls_path.address_ix;
  row.port_ix = peers_.Get(peer_ix)->dtls_path.port_ix;
  memcpy(slots_.Bytes(row.slot), data, length);
  AddRow(row);
}

void Plane::OnPeerDatagram(const Path& path, const uint8_t* datagram, size_t length) {
  tx_.SendNow(path, datagram, length);
  const UdpPort* port = ports_.Get(path.port_ix);
  if (port != nullptr && !port->queue.empty()) WatchRoom(path.port_ix);
}

DatagramGate::Verdict Plane::Unprotect(uint8_t* datagram, RxRow* row) {
  const int32_t peer_ix = addresses_.Peer(row->address_ix);
  Peer* peer = peers_.Get(peer_ix);
  if (peer == nullptr) return Verdict::kPass;
  if (!peer->receiver.is_ready()) {
    counts_[kRxNoKeys]++;
    return Verdict::kDrop;
  }
  const auto length = static_cast<size_t>(row->length);
  SrtpFailure why = SrtpFailure::kMalformed;
  size_t plain = 0;
  if (length >= 2) {
    plain = IsRtcp(datagram) ? peer->receiver.UnprotectRtcp(datagram, length, &why)
                             : peer->receiver.UnprotectRtp(datagram, length, &why);
  }
  row->length = static_cast<int32_t>(plain);
  row->peer_ix = peer_ix;
  if (plain > 0) return Verdict::kPass;
  switch (why) {
    case SrtpFailure::kMalformed:
      counts_[kRxSrtpMalformed]++;
      break;
    case SrtpFailure::kAuthentication:
      counts_[kRxSrtpAuthentication]++;
      break;
    case SrtpFailure::kRepeated:
    case SrtpFailure::kTooOld:
      counts_[kRxSrtpReplayed]++;
      break;
    default:
      counts_[kRxSrtpOther]++;
  }
  return Verdict::kDrop;
}

int Plane::Bind(const UdpPortOptions& options, int32_t* port_ix) {
  std::unique_ptr<UdpPort> port;
  const int error = UdpPort::Open(options, &port);
  if (error != 0) return error;
  const int fd = port->fd();
  *port_ix = ports_.Add(std::move(port));
  if (*port_ix == IndexPool<UdpPort>::kNone) return ENFILE;
  const int watch_error = readiness_.Watch(fd, *port_ix);
  if (watch_error != 0) ports_.Remove(*port_ix);
  return watch_error;
}

bool Plane::Unbind(int32_t port_ix) {
  return TcpPorts::IsTcp(port_ix) ? tcp_.Close(port_ix) : ports_.Remove(port_ix) != nullptr;
}

int32_t Plane::AddPeer() { return peers_.Add(std::make_unique<Peer>()); }

bool Plane::RemovePeer(int32_t peer_ix) {
  sessions_.End(peer_ix);
  const std::unique_ptr<Peer> peer = peers_.Remove(peer_ix);
  if (peer == nullptr) return false;
  const auto is_of_peer = [this, peer_ix](const RxRow& row) {
    if (row.peer_ix == peer_ix && row.slot >= 0) slots_.Free(row.slot);
    return row.peer_ix == peer_ix;
  };
  waiting_rows_.erase(std::remove_if(waiting_rows_.begin(), waiting_rows_.end(), is_of_peer), waiting_rows_.end());
  for (const int32_t address_ix : peer->addresses) {
    if (addresses_.Peer(address_ix) == peer_ix) addresses_.SetPeer(address_ix, AddressTable::kNone);
    addresses_.Release(address_ix);
  }
  if (peer->path.address_ix >= 0) addresses_.Release(peer->path.address_ix);
  return true;
}

bool Plane::Admit(int32_t peer_ix, int32_t address_ix) {
  Peer* peer = peers_.Get(peer_ix);
  if (peer == nullptr || addresses_.Get(address_ix) == nullptr) return false;
  addresses_.SetPeer(address_ix, peer_ix);
  if (std::find(peer->addresses.begin(), peer->addresses.end(), address_ix) != peer->addresses.end()) return true;
  if (peer->addresses.size() == Peer::kMaxAddresses) {
    const int32_t oldest = peer->addresses.front();
    peer->addresses.erase(peer->addresses.begin());
    if (addresses_.Peer(oldest) == peer_ix) addresses_.SetPeer(oldest, AddressTable::kNone);
    addresses_.Release(oldest);
  }
  peer->addresses.push_back(address_ix);
  return addresses_.Keep(address_ix);
}

bool Plane::UsePath(int32_t peer_ix, int32_t port_ix, int32_t address_ix) {
  Peer* peer = peers_.Get(peer_ix);
  if (peer == nullptr || !HasWay(port_ix, address_ix) || !addresses_.Keep(address_ix)) return false;
  if (peer->path.address_ix >= 0) addresses_.Release(peer->path.address_ix);
  peer->path = Path{port_ix, address_ix};
  sessions_.OnPath(peer_ix);
  return true;
}

// A connection, though it may be over already, belongs to TCP ports, and all other addresses to those of UDP.
bool Plane::HasWay(int32_t port_ix, int32_t address_ix) const {
  if (TcpPorts::IsTcp(port_ix) != addresses_.IsConnection(address_ix)) return false;
  return ports_.Get(port_ix) != nullptr || tcp_.Has(port_ix);
}

int32_t Plane::AddMid(const std::string& mid) {
  if (tx_.mids.size() == kMaxMids || mid.empty() || mid.size() > kMaxMidBytes) return -1;
  tx_.mids.push_back(mid);
  return static_cast<int32_t>(tx_.mids.size()) - 1;
}

}  // namespace madang
