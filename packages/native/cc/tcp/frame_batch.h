#ifndef MADANG_TCP_FRAME_BATCH_H_
#define MADANG_TCP_FRAME_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "batch/counts.h"
#include "tcp/tcp_connection.h"
#include "udp/readiness.h"

namespace madang {

// Datagrams on their way to connections: written as frames one behind the other, those of one connection handed to the
// kernel together.
//
//   Begin(connection)        the datagrams that follow go there
//   Room(n) … Commit(n)      once for each: where it shall be written, and how long it became
//   Finish()                 hands over what is left
class FrameBatch {
 public:
  FrameBatch(Readiness* readiness, Counts* counts) : readiness_(*readiness), counts_(*counts) {}

  void Begin(TcpConnection* connection);
  // `most`: at most SendBatch::kMaxDatagramBytes. Valid until Commit or the next Room.
  uint8_t* Room(size_t most);
  void Commit(size_t length);
  // Afterwards no connection is remembered.
  void Finish();

 private:
  void Flush();

  static constexpr size_t kSlabBytes = 256 * 1024;

  Readiness& readiness_;
  Counts& counts_;
  // Takes no memory until it is needed.
  std::vector<uint8_t> slab_;
  size_t used_ = 0;
  TcpConnection* connection_ = nullptr;
};

}  // namespace madang

#endif  // MADANG_TCP_FRAME_BATCH_H_
