#ifndef MADANG_PLANE_PEER_H_
#define MADANG_PLANE_PEER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "batch/rtp_writer.h"
#include "dtls/dtls_session.h"
#include "plane/peer_sink.h"
#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {

// Where a peer is reached from: a local port and a remote address.
struct Path {
  int32_t port_ix = -1;
  int32_t address_ix = -1;
};

// The other end of one connection: its keys, where it is, and how it wants its header extensions.
struct Peer {
  // More paths than a browser keeps alive; the oldest has to go.
  static constexpr size_t kMaxAddresses = 16;

  // The chosen path; its address is kept in the table of addresses.
  Path path;
  // The addresses that have proven to be the peer's, each kept in the table.
  std::vector<int32_t> addresses;
  ExtensionIds extension_ids;
  SrtpSender sender;
  SrtpReceiver receiver;

  // Null for a peer that was keyed otherwise.
  std::unique_ptr<PeerSink> dtls_sink;
  std::unique_ptr<DtlsSession> dtls;
  DtlsRole dtls_role = DtlsRole::kServer;
  // Where its last handshake datagram came from: the way back until a path is chosen.
  Path dtls_path;
  // What JavaScript was told last.
  DtlsState told_state = DtlsState::kNew;
  double timeout_at_ms = DtlsSession::kNever;
};

}  // namespace madang

#endif  // MADANG_PLANE_PEER_H_
