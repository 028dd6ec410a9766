#ifndef MADANG_PLANE_TX_BATCH_H_
#define MADANG_PLANE_TX_BATCH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "batch/arena.h"
#include "batch/columns.h"
#include "batch/counts.h"
#include "batch/rtp_writer.h"
#include "batch/slot_pool.h"
#include "batch/index_pool.h"
#include "plane/peer.h"
#include "plane/peer_sessions.h"
#include "tcp/frame_batch.h"
#include "tcp/tcp_ports.h"
#include "udp/address_table.h"
#include "udp/send_batch.h"
#include "udp/udp_port.h"

namespace madang {

// Sends transmit rows: groups them by port and destination, in the order in which they were written for each, and writes
// the packets of a group one behind the other, so that they become as few messages as possible. What goes to a connection
// becomes frames of it.
class TxBatch {
 public:
  TxBatch(Arena* arena, SlotPool* slots, AddressTable* addresses, IndexPool<UdpPort>* ports, TcpPorts* tcp,
          Readiness* readiness, IndexPool<Peer>* peers, PeerSessions* sessions, Counts* counts);

  // The first `rows` of the table, with `inline_bytes` of the inline area in use.
  void Send(int32_t rows, int32_t inline_bytes);
  // The UDP ports of the rows that were sent last.
  const std::vector<int32_t>& touched_ports() const { return touched_ports_; }
  // One datagram, at once.
  void SendNow(const Path& path, const uint8_t* bytes, size_t length);
  // Sends what waited for room; true when nothing waits any more.
  bool SendQueued(UdpPort* port) { return send_.SendQueued(port); }

  // Strings that MID_IX names.
  std::vector<std::string> mids;

 private:
  struct Group {
    uint32_t epoch = 0;
    int32_t port_ix;
    int32_t address_ix;
    int32_t head;
    int32_t tail;
    // The next group of the same port.
    int32_t next;
  };

  bool IsThere(const Path& route);
  bool FindRoute(const TxRow& row, Path* out);
  int32_t GroupOf(const Path& route);
  void GroupRows(int32_t count);
  void Append(int32_t row_ix, Group* group);
  Group* Enter(int32_t row_ix, const Path& route);
  void SendGroups(int32_t* first);
  void SendGroup(const Group& group);
  void Begin(const Path& route);
  void End();
  uint8_t* Room(size_t most) { return is_framing_ ? frames_.Room(most) : send_.Room(most); }
  void Commit(size_t length) { is_framing_ ? frames_.Commit(length) : send_.Commit(length); }
  // Writes one datagram into the send slab; 0 when the row could not be sent, which is counted.
  size_t Write(const TxRow& row);
  size_t WritePlain(const TxRow& row);
  size_t WriteRtpRow(const TxRow& row, Peer* peer);
  size_t WriteRtcpRow(const TxRow& row, Peer* peer);
  void SendData(const TxRow& row);
  // Where the row's bytes stand; null when it names bytes that are not there.
  const uint8_t* Payload(const TxRow& row) const;
  bool Extra(const TxRow& row, const uint8_t** bytes, size_t* length) const;
  size_t Fail(Count why);

  Arena& arena_;
  SlotPool& slots_;
  AddressTable& addresses_;
  IndexPool<UdpPort>& ports_;
  TcpPorts& tcp_;
  IndexPool<Peer>& peers_;
  PeerSessions& sessions_;
  Counts& counts_;
  SendBatch send_;
  FrameBatch frames_;
  // What is written goes to a connection.
  bool is_framing_ = false;

  // A row of the current group is being written; what its session has to send joins the group.
  bool is_writing_ = false;
  const TxRow* rows_;
  const uint8_t* inline_;
  int32_t inline_bytes_ = 0;
  uint32_t abs_send_time_ = 0;
  // Row → the next row of its group.
  std::vector<int32_t> next_row_;
  // Open addressing; groups of an earlier epoch are free.
  std::vector<Group> groups_;
  uint32_t epoch_ = 0;
  // UDP port → its first group of this batch; -1 when there is none. Behind them that of all TCP ports together.
  std::vector<int32_t> first_group_;
  std::vector<int32_t> touched_ports_;
};

}  // namespace madang

#endif  // MADANG_PLANE_TX_BATCH_H_
