#ifndef MADANG_PLANE_PEER_H_
#define MADANG_PLANE_PEER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "batch/rtp_writer.h"
#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {

// The other end of one connection: its keys, where it is, and how it wants its header extensions.
struct Peer {
  // More paths than a browser keeps alive; the oldest has to go.
  static constexpr size_t kMaxAddresses = 16;

  // The path to it: local port and remote address; -1 until one is chosen.
  int32_t port_ix = -1;
  int32_t address_ix = -1;
  // The addresses that have proven to be the peer's, each kept in the table of addresses.
  std::vector<int32_t> addresses;
  ExtensionIds extension_ids;
  SrtpSender sender;
  SrtpReceiver receiver;
};

}  // namespace madang

#endif  // MADANG_PLANE_PEER_H_
