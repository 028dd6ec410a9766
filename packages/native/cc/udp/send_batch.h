#ifndef MADANG_UDP_SEND_BATCH_H_
#define MADANG_UDP_SEND_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "batch/counts.h"
#include "udp/datagram_writer.h"
#include "udp/udp_port.h"

namespace madang {

// Datagrams on their way to the kernel: written one behind the other into one slab, runs to one destination joined to
// one message, messages handed over together.
//
//   Begin(port, to)          the datagrams that follow go there
//   Room(n) … Commit(n)      once for each: where it shall be written, and how long it became
//   Finish()                 hands over what is left
//
// Hand-over also happens when slab or messages are full, and when the port changes.
class SendBatch {
 public:
  explicit SendBatch(Counts* counts);

  void Begin(UdpPort* port, const SocketAddress& to);
  // `most`: at most kMaxDatagramBytes. Valid until Commit or the next Room.
  uint8_t* Room(size_t most);
  void Commit(size_t length);
  // Afterwards no port is remembered: ports may go.
  void Finish();
  // Sends what waited for room in the kernel. True when nothing waits any more.
  bool SendQueued(UdpPort* port);

  static constexpr size_t kMaxDatagramBytes = 65'507;

 private:
  void EndRun();
  void Flush();
  void Skip(int ix, int error);
  void SendSegmentsAlone(int ix);
  void Queue(int from_ix);
  void QueueMessage(int ix, uint32_t from_segment);
  void CountSent(int ix);

  static constexpr size_t kSlabBytes = 256 * 1024;

  Counts& counts_;
  std::vector<uint8_t> slab_;
  DatagramWriter writer_;
  UdpPort* port_ = nullptr;
  SocketAddress to_{};
  // The run that is being written: where it begins, its bytes, its datagrams, the length of the first.
  size_t run_begin_ = 0;
  size_t run_bytes_ = 0;
  uint32_t run_datagrams_ = 0;
  uint32_t run_segment_bytes_ = 0;
};

}  // namespace madang

#endif  // MADANG_UDP_SEND_BATCH_H_
