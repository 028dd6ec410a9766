#include "udp/address_table.h"

#include <algorithm>
#include <cstring>

namespace madang {
namespace {

uint32_t PowerOfTwoFrom(uint32_t least) {
  uint32_t power = 1;
  while (power < least) power <<= 1;
  return power;
}

// A multiply-and-fold mix over the three words of an address; the seed makes collisions unpredictable.
uint64_t Mix(uint64_t a, uint64_t b) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t Hash(const SocketAddress& address, uint64_t seed) {
  uint64_t words[3];
  memcpy(words, &address, sizeof words);
  const uint64_t first = Mix(words[0] ^ seed ^ 0x9e3779b97f4a7c15u, words[1] ^ (seed << 1 | 1));
  return Mix(first ^ words[2] ^ 0xd6e8feb86659fd93u, seed ^ 0xa0761d6478bd642fu);
}

}  // namespace

AddressTable::AddressTable(uint32_t capacity, uint64_t seed)
    : entries_(std::min(std::max(capacity, 1u), kMaxCapacity)),
      buckets_(PowerOfTwoFrom(static_cast<uint32_t>(entries_.size())), kEnd),
      seed_(seed) {}

uint32_t AddressTable::BucketOf(const SocketAddress& address) const {
  return static_cast<uint32_t>(Hash(address, seed_)) & static_cast<uint32_t>(buckets_.size() - 1);
}

uint32_t AddressTable::FindPosition(const SocketAddress& address) const {
  uint32_t position = buckets_[BucketOf(address)];
  while (position != kEnd && !(entries_[position].address == address)) position = entries_[position].next;
  return position;
}

int32_t AddressTable::IndexOf(uint32_t position) const {
  return static_cast<int32_t>(static_cast<uint32_t>(entries_[position].generation) << 20 | position);
}

const AddressTable::Entry* AddressTable::EntryOf(int32_t address_ix) const {
  const uint32_t position = Position(address_ix);
  if (address_ix < 0 || position >= capacity() || !entries_[position].is_used) return nullptr;
  return IndexOf(position) == address_ix ? &entries_[position] : nullptr;
}

AddressTable::Entry* AddressTable::EntryOf(int32_t address_ix) {
  return const_cast<Entry*>(static_cast<const AddressTable*>(this)->EntryOf(address_ix));
}

int32_t AddressTable::See(const SocketAddress& address) {
  uint32_t position = FindPosition(address);
  if (position == kEnd) {
    position = MakeRoom();
    if (position == kEnd) return kNone;
    Entry& entry = entries_[position];
    uint32_t& bucket = buckets_[BucketOf(address)];
    entry = Entry{address, kNone, 0, bucket, entry.generation, true, false, false, kNone};
    bucket = position;
  }
  entries_[position].was_seen = true;
  return IndexOf(position);
}

int32_t AddressTable::Find(const SocketAddress& address) const {
  const uint32_t position = FindPosition(address);
  return position == kEnd ? kNone : IndexOf(position);
}

int32_t AddressTable::Connect(const SocketAddress& address, int32_t connection_key) {
  const uint32_t position = MakeRoom();
  if (position == kEnd) return kNone;
  Entry& entry = entries_[position];
  entry = Entry{address, kNone, 1, kEnd, entry.generation, true, true, true, connection_key};
  kept_++;
  return IndexOf(position);
}

void AddressTable::Disconnect(int32_t address_ix) {
  Entry* entry = EntryOf(address_ix);
  if (entry == nullptr || entry->connection_key == kNone) return;
  entry->connection_key = kNone;
  // As an address that was just seen: rows that name it may be on their way.
  entry->was_seen = true;
  Release(address_ix);
}

bool AddressTable::TakesDatagrams(int32_t address_ix) const {
  const Entry* entry = EntryOf(address_ix);
  return entry != nullptr && !entry->is_connection;
}

bool AddressTable::IsConnection(int32_t address_ix) const {
  const Entry* entry = EntryOf(address_ix);
  return entry != nullptr && entry->is_connection;
}

int32_t AddressTable::ConnectionKey(int32_t address_ix) const {
  const Entry* entry = EntryOf(address_ix);
  return entry == nullptr ? kNone : entry->connection_key;
}

bool AddressTable::IsWanted(int32_t address_ix) const {
  const Entry* entry = EntryOf(address_ix);
  return entry != nullptr && entry->keepers > OwnKeepers(*entry);
}

const SocketAddress* AddressTable::Get(int32_t address_ix) const {
  const Entry* entry = EntryOf(address_ix);
  return entry == nullptr ? nullptr : &entry->address;
}

bool AddressTable::Keep(int32_t address_ix) {
  Entry* entry = EntryOf(address_ix);
  if (entry == nullptr) return false;
  if (entry->keepers++ == 0) kept_++;
  return true;
}

bool AddressTable::Release(int32_t address_ix) {
  Entry* entry = EntryOf(address_ix);
  if (entry == nullptr || entry->keepers <= OwnKeepers(*entry)) return false;
  if (--entry->keepers == 0) kept_--;
  return true;
}

int32_t AddressTable::Peer(int32_t address_ix) const {
  const Entry* entry = EntryOf(address_ix);
  return entry == nullptr ? kNone : entry->peer_ix;
}

void AddressTable::SetPeer(int32_t address_ix, int32_t peer_ix) {
  Entry* entry = EntryOf(address_ix);
  if (entry != nullptr) entry->peer_ix = peer_ix;
}

// A free position: an unused one, or that of an address which was not seen since the hand passed it last.
uint32_t AddressTable::MakeRoom() {
  if (size_ < capacity()) return size_++;
  if (kept_ == capacity()) return kEnd;
  for (uint32_t step = 0; step < 2 * capacity(); step++) {
    const uint32_t position = hand_;
    hand_ = (hand_ + 1) % capacity();
    Entry& entry = entries_[position];
    if (entry.keepers > 0) continue;
    if (entry.was_seen) {
      entry.was_seen = false;
      continue;
    }
    Forget(position);
    entry.generation = static_cast<uint16_t>((entry.generation + 1) % kGenerations);
    evictions_++;
    return position;
  }
  return kEnd;
}

void AddressTable::Forget(uint32_t position) {
  Entry& entry = entries_[position];
  entry.is_used = false;
  if (entry.is_connection) return;
  uint32_t* link = &buckets_[BucketOf(entry.address)];
  while (*link != position) link = &entries_[*link].next;
  *link = entry.next;
}

}  // namespace madang
