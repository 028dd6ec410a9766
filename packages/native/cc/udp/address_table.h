#ifndef MADANG_UDP_ADDRESS_TABLE_H_
#define MADANG_UDP_ADDRESS_TABLE_H_

#include <cstdint>
#include <vector>

#include "udp/socket_address.h"

namespace madang {

// The remote addresses that were seen, as small integers. Bounded: when it is full, an address that was not seen lately
// and that nobody keeps makes room (second chance). An index carries a generation in its upper bits, so that the index of
// an address that had to go names nothing rather than another address.
//
// Cost: one hash over 24 bytes and, mostly, one comparison a lookup. The hash is seeded, so that nobody can choose
// addresses that collide.
class AddressTable {
 public:
  static constexpr int32_t kNone = -1;
  static constexpr uint32_t kMaxCapacity = 1u << 20;

  AddressTable(uint32_t capacity, uint64_t seed);

  // The index of `address`, which is entered if it is new; kNone when every entry is kept.
  int32_t See(const SocketAddress& address);
  // The index of `address` if it is there; kNone otherwise.
  int32_t Find(const SocketAddress& address) const;
  // A new entry for a connection from there, which is not that of the address, is found by its index alone, and is kept
  // until the connection is closed. kNone when every entry is kept.
  int32_t Connect(const SocketAddress& address, int32_t connection_key);
  // The connection is no more. Its entry stays as long as somebody else keeps it.
  void Disconnect(int32_t address_ix);
  // Whether datagrams can be sent there: it names something, and no connection.
  bool TakesDatagrams(int32_t address_ix) const;
  // Whether it stands for a connection, open or not; the key of that, kNone when it is closed.
  bool IsConnection(int32_t address_ix) const;
  int32_t ConnectionKey(int32_t address_ix) const;
  // Whether somebody besides the connection itself keeps it.
  bool IsWanted(int32_t address_ix) const;

  // Null for an index that names nothing (any more).
  const SocketAddress* Get(int32_t address_ix) const;
  // A kept address stays until it is released as often as it was kept. False for an index that names nothing.
  bool Keep(int32_t address_ix);
  bool Release(int32_t address_ix);

  // The peer whose packets come from there; kNone when nobody's do.
  int32_t Peer(int32_t address_ix) const;
  void SetPeer(int32_t address_ix, int32_t peer_ix);

  // Of an index, the position in tables that run parallel to this one: from 0, below capacity().
  static uint32_t Position(int32_t address_ix) { return static_cast<uint32_t>(address_ix) & (kMaxCapacity - 1); }
  uint32_t capacity() const { return static_cast<uint32_t>(entries_.size()); }
  uint32_t size() const { return size_; }
  uint64_t evictions() const { return evictions_; }

 private:
  struct Entry {
    SocketAddress address;
    int32_t peer_ix;
    uint32_t keepers;
    // Next entry of the same bucket; kEnd at the last.
    uint32_t next;
    uint16_t generation;
    bool is_used;
    bool was_seen;
    // Of a connection; it stands in no bucket then.
    bool is_connection;
    int32_t connection_key;
  };
  static constexpr uint32_t kEnd = UINT32_MAX;
  static constexpr uint16_t kGenerations = 1u << 11;

  uint32_t BucketOf(const SocketAddress& address) const;
  uint32_t FindPosition(const SocketAddress& address) const;
  const Entry* EntryOf(int32_t address_ix) const;
  Entry* EntryOf(int32_t address_ix);
  int32_t IndexOf(uint32_t position) const;
  // An open connection keeps its entry.
  static uint32_t OwnKeepers(const Entry& entry) { return entry.connection_key == kNone ? 0 : 1; }
  uint32_t MakeRoom();
  void Forget(uint32_t position);

  std::vector<Entry> entries_;
  std::vector<uint32_t> buckets_;
  uint64_t seed_;
  uint32_t size_ = 0;
  uint32_t kept_ = 0;
  uint32_t hand_ = 0;
  uint64_t evictions_ = 0;
};

}  // namespace madang

#endif  // MADANG_UDP_ADDRESS_TABLE_H_
