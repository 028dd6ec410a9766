#ifndef MADANG_PLANE_RX_BATCH_H_
#define MADANG_PLANE_RX_BATCH_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "batch/arena.h"
#include "batch/columns.h"
#include "batch/counts.h"
#include "batch/slot_pool.h"
#include "udp/address_table.h"
#include "udp/datagram_reader.h"
#include "udp/udp_port.h"

namespace madang {

// Takes what a datagram means to the addon itself before JavaScript sees it.
class DatagramGate {
 public:
  enum class Verdict {
    kPass,   // the row goes to JavaScript
    kKeep,   // the gate has taken the slot
    kDrop,   // counted by the gate
  };
  virtual ~DatagramGate() = default;
  // `row->length`, `row->kind` and `row->peer_ix` may be changed.
  virtual Verdict Pass(uint8_t* datagram, RxRow* row) = 0;
};

// The receive rows of one batch: reads messages into slots, cuts coalesced ones apart, and writes a row for each datagram
// that passes the gate.
class RxBatch {
 public:
  // Null when the system gives no memory.
  static std::unique_ptr<RxBatch> Create(Arena* arena, SlotPool* slots, AddressTable* addresses, Counts* counts);

  // Reads once from a port. Returns whether the port may hold more. Errors of the socket are not told: what they are
  // about (an unreachable destination) is none of the receiver's business.
  bool Read(const UdpPort& port, int32_t port_ix, DatagramGate* gate);
  // A datagram that came otherwise: copies it into a slot and offers it as a row.
  void Take(const uint8_t* datagram, uint32_t length, RxRow row, DatagramGate* gate);
  // Whether another Read has room for all that it may bring.
  bool HasRoom() const { return RowsLeft() >= kMostSegments; }
  // Room for one more row that does not come from a socket; null when there is none.
  RxRow* AddRow();

  int count() const { return count_; }
  // Free slots that stand ready to be read into.
  uint32_t prepared_slots() const;
  // After JavaScript has seen the rows: gives back the slots that it does not hold.
  void End();

 private:
  RxBatch(Arena* arena, SlotPool* slots, AddressTable* addresses, Counts* counts, std::unique_ptr<DatagramReader> reader);

  // Datagrams in one message, at most (UDP_GRO_CNT_MAX of the kernel).
  static constexpr int kMostSegments = 64;

  int RowsLeft() const { return capacity_ - count_; }
  int Prepare();
  int32_t TakeLastPrepared(int after);
  void Discard(const UdpPort& port);
  void TakeSingle(int ix, const Incoming& message, RxRow row, DatagramGate* gate);
  void TakeCoalesced(int ix, const Incoming& message, RxRow row, DatagramGate* gate);
  void Offer(int32_t slot, RxRow row, DatagramGate* gate);
  bool Address(const Incoming& message, RxRow* row);

  SlotPool& slots_;
  AddressTable& addresses_;
  Counts& counts_;
  std::unique_ptr<DatagramReader> reader_;
  RxRow* rows_;
  int capacity_;
  int count_ = 0;
  // The slots that stand ready for the next Read; -1 where one is missing.
  int32_t prepared_[DatagramReader::kMaxMessages];
  std::vector<uint8_t> discard_;
  // The source that was looked up last.
  SocketAddress last_{};
  int32_t last_address_ix_ = AddressTable::kNone;
};

}  // namespace madang

#endif  // MADANG_PLANE_RX_BATCH_H_
