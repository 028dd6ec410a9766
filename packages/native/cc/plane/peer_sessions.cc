#include "plane/peer_sessions.h"

#include <algorithm>

#include "batch/monotonic_ms.h"

namespace madang {

void PeerSink::OnDtlsDatagram(const uint8_t* datagram, size_t length) {
  sessions_.OnDatagram(peer_ix_, datagram, length);
}

void PeerSink::OnDtlsData(const uint8_t* data, size_t length) { sessions_.events_.OnPeerData(peer_ix_, data, length); }

bool PeerSessions::SetIdentity(std::unique_ptr<DtlsIdentity> identity) {
  if (is_identity_used_ || identity == nullptr) return false;
  identity_ = std::move(identity);
  return true;
}

DtlsIdentity* PeerSessions::Identity() {
  if (identity_ == nullptr) identity_ = DtlsIdentity::Generate();
  return identity_.get();
}

bool PeerSessions::Begin(int32_t peer_ix, DtlsRole role, size_t max_datagram) {
  Peer* peer = peers_.Get(peer_ix);
  DtlsIdentity* identity = Identity();
  if (peer == nullptr || identity == nullptr || peer->dtls != nullptr || peer->sender.is_ready()) return false;
  is_identity_used_ = true;
  DtlsOptions options;
  options.role = role;
  options.max_datagram = max_datagram;
  peer->dtls_sink = std::make_unique<PeerSink>(this, peer_ix);
  peer->dtls = std::make_unique<DtlsSession>(identity, peer->dtls_sink.get(), options);
  peer->dtls_role = role;
  if (role == DtlsRole::kServer) peer->dtls->Start(MonotonicMs());
  OnPath(peer_ix);
  return true;
}

void PeerSessions::SetFingerprint(int32_t peer_ix, const uint8_t fingerprint[kFingerprintBytes]) {
  Peer* peer = peers_.Get(peer_ix);
  if (peer == nullptr || peer->dtls == nullptr) return;
  peer->dtls->SetRemoteFingerprint(fingerprint);
  Settle(peer_ix, peer);
}

void PeerSessions::OnPath(int32_t peer_ix) {
  Peer* peer = peers_.Get(peer_ix);
  if (peer == nullptr || peer->dtls == nullptr || peer->path.port_ix < 0) return;
  if (peer->dtls_role == DtlsRole::kClient && peer->dtls->state() == DtlsState::kNew) peer->dtls->Start(MonotonicMs());
  Settle(peer_ix, peer);
}

void PeerSessions::Receive(int32_t peer_ix, const uint8_t* datagram, size_t length, const Path& from) {
  Peer* peer = peers_.Get(peer_ix);
  if (peer == nullptr || peer->dtls == nullptr) return;
  peer->dtls_path = from;
  peer->dtls->Receive(datagram, length, MonotonicMs());
  Settle(peer_ix, peer);
}

bool PeerSessions::Send(int32_t peer_ix, const uint8_t* data, size_t length) {
  Peer* peer = peers_.Get(peer_ix);
  return peer != nullptr && peer->dtls != nullptr && peer->dtls->Send(data, length);
}

void PeerSessions::End(int32_t peer_ix) {
  Peer* peer = peers_.Get(peer_ix);
  if (peer == nullptr || peer->dtls == nullptr) return;
  peer->dtls->Close();
  timers_.erase({peer->timeout_at_ms, peer_ix});
}

double PeerSessions::NextTimeoutMs() const {
  return timers_.empty() ? DtlsSession::kNever : std::max(0.0, timers_.begin()->first - MonotonicMs());
}

void PeerSessions::HandleTimeouts() {
  const double now_ms = MonotonicMs();
  while (!timers_.empty() && timers_.begin()->first <= now_ms) {
    const int32_t peer_ix = timers_.begin()->second;
    timers_.erase(timers_.begin());
    Peer* peer = peers_.Get(peer_ix);
    peer->timeout_at_ms = DtlsSession::kNever;
    // OpenSSL's own clock may say that it is not due yet; then the timer is set again, for later than now.
    peer->dtls->HandleTimeout(now_ms);
    Settle(peer_ix, peer);
  }
}

// After each call into a session: keys the peer, tells of a new state, sets the timer.
void PeerSessions::Settle(int32_t peer_ix, Peer* peer) {
  const DtlsState state = peer->dtls->state();
  SetTimer(peer_ix, peer, MonotonicMs());
  if (state == peer->told_state) return;
  peer->told_state = state;
  if (state == DtlsState::kConnected) peer->dtls->TakeSrtp(&peer->sender, &peer->receiver);
  if (state < DtlsState::kConnected) return;
  RxRow row{};
  row.slot = -1;
  row.kind = kind::kPeerState;
  row.peer_ix = peer_ix;
  row.port_ix = peer->dtls_path.port_ix;
  row.length = static_cast<int32_t>(state) - static_cast<int32_t>(DtlsState::kConnected) + 1;
  row.address_ix = static_cast<int32_t>(peer->dtls->failure());
  row.age_us = peer->dtls->alert_received() >= 0 ? peer->dtls->alert_received() : peer->dtls->alert_sent();
  row.ip_flags = peer->dtls->srtp_profile();
  events_.OnPeerState(row);
}

void PeerSessions::SetTimer(int32_t peer_ix, Peer* peer, double now_ms) {
  // Less than this is not waited for: the timers of the event loop count milliseconds.
  constexpr double kLeastMs = 1;
  const double wait_ms = peer->dtls->NextTimeoutMs(now_ms);
  const double at_ms = wait_ms < 0 ? DtlsSession::kNever : now_ms + std::max(kLeastMs, wait_ms);
  timers_.erase({peer->timeout_at_ms, peer_ix});
  peer->timeout_at_ms = at_ms;
  if (at_ms >= 0) timers_.insert({at_ms, peer_ix});
}

void PeerSessions::OnDatagram(int32_t peer_ix, const uint8_t* datagram, size_t length) {
  const Peer* peer = peers_.Get(peer_ix);
  events_.OnPeerDatagram(peer->path.port_ix >= 0 ? peer->path : peer->dtls_path, datagram, length);
}

}  // namespace madang
