#ifndef MADANG_PLANE_PEER_SINK_H_
#define MADANG_PLANE_PEER_SINK_H_

#include <cstddef>
#include <cstdint>

#include "dtls/dtls_session.h"

namespace madang {

class PeerSessions;

// Puts a peer's index to what its session says.
class PeerSink final : public DtlsSink {
 public:
  PeerSink(PeerSessions* sessions, int32_t peer_ix) : sessions_(*sessions), peer_ix_(peer_ix) {}

  void OnDtlsDatagram(const uint8_t* datagram, size_t length) override;
  void OnDtlsData(const uint8_t* data, size_t length) override;

 private:
  PeerSessions& sessions_;
  int32_t peer_ix_;
};

}  // namespace madang

#endif  // MADANG_PLANE_PEER_SINK_H_
