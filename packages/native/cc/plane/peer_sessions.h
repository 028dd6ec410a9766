#ifndef MADANG_PLANE_PEER_SESSIONS_H_
#define MADANG_PLANE_PEER_SESSIONS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <utility>

#include "batch/columns.h"
#include "dtls/dtls_identity.h"
#include "batch/index_pool.h"
#include "plane/peer.h"

namespace madang {

// What the sessions of peers bring about.
class SessionEvents {
 public:
  // A row of kind kPeerState.
  virtual void OnPeerState(const RxRow& row) = 0;
  virtual void OnPeerData(int32_t peer_ix, const uint8_t* data, size_t length) = 0;
  virtual void OnPeerDatagram(const Path& path, const uint8_t* datagram, size_t length) = 0;

 protected:
  ~SessionEvents() = default;
};

// The DTLS sessions of a plane's peers: begins them, feeds them, keeps their timers, keys a peer when its session is
// connected, and tells when a session's state changes.
class PeerSessions {
 public:
  PeerSessions(IndexPool<Peer>* peers, SessionEvents* events) : peers_(*peers), events_(*events) {}

  // Replaces the identity, which otherwise is made when it is first needed. False when sessions use it already.
  bool SetIdentity(std::unique_ptr<DtlsIdentity> identity);
  // Null when OpenSSL refuses.
  DtlsIdentity* Identity();

  // Gives a peer its session: a server's waits for a hello, a client's begins with the path. False when there is one, or
  // the peer has keys.
  bool Begin(int32_t peer_ix, DtlsRole role, size_t max_datagram);
  void SetFingerprint(int32_t peer_ix, const uint8_t fingerprint[kFingerprintBytes]);
  // The peer has a path now.
  void OnPath(int32_t peer_ix);
  void Receive(int32_t peer_ix, const uint8_t* datagram, size_t length, const Path& from);
  // One record of data. False unless connected.
  bool Send(int32_t peer_ix, const uint8_t* data, size_t length);
  // Says good-bye; afterwards the peer may go.
  void End(int32_t peer_ix);

  // Milliseconds until a timer is due, 0 when one is; kNever when none runs.
  double NextTimeoutMs() const;
  void HandleTimeouts();

 private:
  friend class PeerSink;

  void Settle(int32_t peer_ix, Peer* peer);
  void SetTimer(int32_t peer_ix, Peer* peer, double now_ms);
  void OnDatagram(int32_t peer_ix, const uint8_t* datagram, size_t length);

  IndexPool<Peer>& peers_;
  SessionEvents& events_;
  std::unique_ptr<DtlsIdentity> identity_;
  bool is_identity_used_ = false;
  // (when, which peer), the next one first.
  std::set<std::pair<double, int32_t>> timers_;
};

}  // namespace madang

#endif  // MADANG_PLANE_PEER_SESSIONS_H_
