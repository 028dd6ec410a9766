#ifndef MADANG_PLANE_SHORTCUTS_H_
#define MADANG_PLANE_SHORTCUTS_H_

#include <cstdint>
#include <vector>

#include "batch/arena.h"
#include "batch/columns.h"
#include "batch/counts.h"
#include "batch/slot_pool.h"
#include "plane/index_pool.h"
#include "plane/shortcut_table.h"
#include "udp/address_table.h"
#include "udp/send_batch.h"
#include "udp/udp_port.h"

namespace madang {

// Takes datagrams of a batch that a shortcut is there for, and sends them on: all of a shortcut together, so that they
// become as few messages as possible.
//
// A source whose datagram JavaScript has still to see takes no shortcut until it has: so what JavaScript decides holds for
// all that came from there behind it.
class Shortcuts {
 public:
  Shortcuts(uint32_t capacity, Arena* arena, SlotPool* slots, AddressTable* addresses, IndexPool<UdpPort>* ports,
            Counts* counts);

  // The index of a new shortcut, whose addresses are kept; kNone when a port or an address is not there, when there is
  // no room, and when there is one for the same datagrams. `for_ms`: how long it holds. The serials are filled in here.
  int32_t Open(Shortcut shortcut, double for_ms);
  bool Close(int32_t ix);

  // Before datagrams are read.
  void Begin();
  // Whether the datagram of a row, which has a slot, goes on from here. It is sent with Send().
  bool Take(const uint8_t* datagram, const RxRow& row);
  // Whether what was taken should be sent before more is read.
  bool IsFull() const { return leaving_.size() >= kMostLeaving || slots_.free_slots() < kFewestSlots; }
  // Sends what was taken. The ports in touched_ports() may have something waiting then.
  void Send();
  const std::vector<int32_t>& touched_ports() const { return touched_ports_; }
  // JavaScript has seen the rows that were not taken.
  void EndBatch() { batch_++; }

  uint32_t size() const { return table_.size(); }

 private:
  struct Leaving {
    int32_t slot;
    int32_t offset;
    int32_t length;
    // The next one of the same shortcut.
    int32_t next;
  };
  // What of one shortcut is leaving; nothing when it is of an earlier round.
  struct Run {
    uint32_t round = 0;
    int32_t head;
    int32_t tail;
  };

  int32_t FindFor(const uint8_t* datagram, const RxRow& row) const;
  bool Holds(const Shortcut& shortcut) const;
  void Enter(int32_t ix, const Leaving& leaving);
  void SendRun(int32_t ix);

  static constexpr size_t kHeaderBytes = 4;
  static constexpr size_t kMostLeaving = 512;
  // What one read may fill.
  static constexpr uint32_t kFewestSlots = 64;

  ShortcutTable table_;
  SlotPool& slots_;
  AddressTable& addresses_;
  IndexPool<UdpPort>& ports_;
  Counts& counts_;
  SendBatch send_;
  // Of each tally packets and bytes.
  double* tallies_;
  int64_t now_ns_ = 0;
  std::vector<Leaving> leaving_;
  // By shortcut.
  std::vector<Run> runs_;
  // Shortcuts with something leaving.
  std::vector<int32_t> touched_;
  std::vector<int32_t> touched_ports_;
  uint32_t round_ = 1;
  // By the position of an address: the batch in which JavaScript has something of it to see.
  std::vector<uint32_t> awaited_;
  uint32_t batch_ = 1;
};

}  // namespace madang

#endif  // MADANG_PLANE_SHORTCUTS_H_
