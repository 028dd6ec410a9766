#include "plane/plane.h"

#include <algorithm>
#include <cerrno>
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
      peers_(options.peers),
      tx_(arena_.get(), &slots_, &addresses_, &ports_, &peers_, &counts_),
      rx_(RxBatch::Create(arena_.get(), &slots_, &addresses_, &counts_)) {}

void Plane::Process() {
  Readiness::Event events[Readiness::kMaxEvents];
  const int count = readiness_.Poll(events);
  slots_.CollectReturned();
  for (int ix = 0; ix < count; ix++) {
    const int32_t port_ix = events[ix].port_ix;
    if (events[ix].can_write && ports_.Get(port_ix) != nullptr) WatchRoom(port_ix);
    if (!events[ix].can_read) continue;
    bool may_hold_more = true;
    for (int reads = 0; may_hold_more && reads < kMostReadsPerPort; reads++) {
      if (!rx_->HasRoom() && !Deliver()) return;
      // JavaScript may have closed the port.
      UdpPort* port = ports_.Get(port_ix);
      if (port == nullptr) break;
      may_hold_more = rx_->Read(*port, port_ix, this);
    }
  }
  if (rx_->count() > 0) Deliver();
}

bool Plane::Deliver() {
  counts_[kBatches]++;
  const bool goes_on = listener_->OnBatch(rx_->count());
  rx_->End();
  slots_.CollectReturned();
  return goes_on;
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
  if (row->kind == kind::kRtp) return Unprotect(datagram, row);
  if (row->kind != kind::kDtls) return Verdict::kPass;
  counts_[kRxDtlsUnproven]++;
  return Verdict::kDrop;
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

bool Plane::Unbind(int32_t port_ix) { return ports_.Remove(port_ix) != nullptr; }

int32_t Plane::AddPeer() { return peers_.Add(std::make_unique<Peer>()); }

bool Plane::RemovePeer(int32_t peer_ix) {
  const std::unique_ptr<Peer> peer = peers_.Remove(peer_ix);
  if (peer == nullptr) return false;
  for (const int32_t address_ix : peer->addresses) {
    if (addresses_.Peer(address_ix) == peer_ix) addresses_.SetPeer(address_ix, AddressTable::kNone);
    addresses_.Release(address_ix);
  }
  if (peer->address_ix >= 0) addresses_.Release(peer->address_ix);
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
  if (peer == nullptr || ports_.Get(port_ix) == nullptr || !addresses_.Keep(address_ix)) return false;
  if (peer->address_ix >= 0) addresses_.Release(peer->address_ix);
  peer->port_ix = port_ix;
  peer->address_ix = address_ix;
  return true;
}

int32_t Plane::AddMid(const std::string& mid) {
  if (tx_.mids.size() == kMaxMids || mid.empty() || mid.size() > kMaxMidBytes) return -1;
  tx_.mids.push_back(mid);
  return static_cast<int32_t>(tx_.mids.size()) - 1;
}

}  // namespace madang
