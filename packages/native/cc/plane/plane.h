#ifndef MADANG_PLANE_PLANE_H_
#define MADANG_PLANE_PLANE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "batch/arena.h"
#include "batch/counts.h"
#include "batch/slot_pool.h"
#include "batch/index_pool.h"
#include "plane/peer.h"
#include "plane/peer_sessions.h"
#include "plane/rx_batch.h"
#include "plane/tx_batch.h"
#include "tcp/tcp_ports.h"
#include "udp/address_table.h"
#include "udp/readiness.h"
#include "udp/udp_port.h"

namespace madang {

struct PlaneOptions {
  ArenaSizes sizes;
  uint32_t addresses;
  uint32_t ports;
  uint32_t peers;
  uint32_t connections;
  uint32_t connections_per_host;
  // For the hash of addresses: random.
  uint64_t seed;
};

// Whom a plane tells of its batches.
class BatchListener {
 public:
  virtual ~BatchListener() = default;
  // `rows` receive rows stand in the table. Returns false when nothing more may be told.
  virtual bool OnBatch(int rows) = 0;
};

// Everything of one thread: its ports, the addresses it has seen, its peers, and the tables. Knows sockets and keys, and
// no event loop: its owner calls Process() when fd() is readable.
class Plane : private DatagramGate, private SessionEvents {
 public:
  // Null when the system gives no memory or no descriptor.
  static std::unique_ptr<Plane> Create(const PlaneOptions& options, BatchListener* listener);

  int fd() const { return readiness_.fd(); }
  const std::shared_ptr<Arena>& arena() const { return arena_; }

  // Reads what has come and tells the listener, sends what waits. Bounded in what it does in one call; what is left
  // keeps fd() readable.
  void Process();
  // Sends the first rows of the transmit table.
  void Transmit(int32_t rows, int32_t inline_bytes);

  // Milliseconds until HandleTimeouts() is due, 0 when it is; negative when nothing is awaited.
  double NextTimeoutMs() const;
  // Retransmissions of handshakes, rows that were not caused by a datagram, and the end of connections that are nobody's.
  void HandleTimeouts();

  // 0 or an errno; ENFILE when there are as many ports as there may be.
  int Bind(const UdpPortOptions& options, int32_t* port_ix);
  // A TCP port, whose index is told apart from those of UDP ports. As Bind().
  int ListenTcp(const TcpPortOptions& options, int32_t* port_ix) { return tcp_.Listen(options, port_ix); }
  // Of either kind.
  bool Unbind(int32_t port_ix);
  UdpPort* port(int32_t port_ix) const { return ports_.Get(port_ix); }

  // The index of a new peer; -1 when there are as many as there may be.
  int32_t AddPeer();
  // Closes it: its keys are cleansed, its addresses are anybody's again.
  bool RemovePeer(int32_t peer_ix);
  Peer* peer(int32_t peer_ix) const { return peers_.Get(peer_ix); }
  // From now on what comes from the address is taken for the peer's. False for an index that names nothing.
  bool Admit(int32_t peer_ix, int32_t address_ix);
  // From now on what is sent to the peer goes that way. False for an index that names nothing.
  bool UsePath(int32_t peer_ix, int32_t port_ix, int32_t address_ix);

  PeerSessions& sessions() { return sessions_; }

  // The index of a string for the column MID_IX; -1 when there are too many, or it is longer than 32 bytes.
  int32_t AddMid(const std::string& mid);

  AddressTable& addresses() { return addresses_; }
  const Counts& counts() const { return counts_; }
  const TcpPorts& tcp() const { return tcp_; }
  size_t ports_open() const { return ports_.size() + tcp_.ports_open(); }
  size_t peers_open() const { return peers_.size(); }
  uint32_t free_slots() const { return slots_.free_slots() + rx_->prepared_slots(); }

 private:
  Plane(const PlaneOptions& options, BatchListener* listener, std::shared_ptr<Arena> arena);

  Verdict Pass(uint8_t* datagram, RxRow* row) override;
  Verdict Unprotect(uint8_t* datagram, RxRow* row);
  Verdict TakeDtls(const uint8_t* datagram, const RxRow& row);
  void OnPeerState(const RxRow& row) override;
  void OnPeerData(int32_t peer_ix, const uint8_t* data, size_t length) override;
  void OnPeerDatagram(const Path& path, const uint8_t* datagram, size_t length) override;

  bool HasWay(int32_t port_ix, int32_t address_ix) const;
  void Wake(const Readiness::Event& event);
  void Read(int32_t port_ix);
  void ReadConnection(int32_t key);
  bool TakeFrames(int32_t key);
  bool Deliver();
  void DeliverRest();
  void AddRow(const RxRow& row);
  void TakeLateDtls();
  void WatchRoom(int32_t port_ix);

  static constexpr int kMostReadsPerPort = 4;
  // DTLS that waits for JavaScript to see the STUN before it.
  static constexpr size_t kMostLateDtls = 64;
  static constexpr size_t kMaxMids = 65'536;
  static constexpr size_t kMaxMidBytes = 32;

  BatchListener* listener_;
  std::shared_ptr<Arena> arena_;
  Counts counts_{};
  SlotPool slots_;
  AddressTable addresses_;
  IndexPool<UdpPort> ports_;
  Readiness readiness_;
  TcpPorts tcp_;
  // Before the peers, whose sessions use its identity to their end.
  PeerSessions sessions_;
  IndexPool<Peer> peers_;
  TxBatch tx_;
  std::unique_ptr<RxBatch> rx_;
  // Whether rows may be added to the batch that is being read.
  bool is_reading_ = false;
  // JavaScript said that nothing more may be told.
  bool is_over_ = false;
  // Rows that came up while JavaScript ran, or when the batch was full.
  std::vector<RxRow> waiting_rows_;
  // Datagrams from addresses that nobody had proven to be his own when they came.
  std::vector<RxRow> late_dtls_;
};

}  // namespace madang

#endif  // MADANG_PLANE_PLANE_H_
