#include "plane/shortcuts.h"

#include <time.h>

#include <algorithm>
#include <cstring>

namespace madang {
namespace {

constexpr int32_t kNoRow = -1;

int64_t MonotonicNs() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

int32_t ReadU16(const uint8_t* at) { return at[0] << 8 | at[1]; }

void WriteU16(uint8_t* at, int32_t value) {
  at[0] = static_cast<uint8_t>(value >> 8);
  at[1] = static_cast<uint8_t>(value);
}

}  // namespace

Shortcuts::Shortcuts(uint32_t capacity, Arena* arena, SlotPool* slots, AddressTable* addresses,
                     IndexPool<UdpPort>* ports, Counts* counts)
    : table_(capacity),
      slots_(*slots),
      addresses_(*addresses),
      ports_(*ports),
      counts_(*counts),
      send_(counts),
      tallies_(reinterpret_cast<double*>(arena->data() + arena->tallies_at)) {}

int32_t Shortcuts::Open(Shortcut shortcut, double for_ms) {
  const UdpPort* from = ports_.Get(shortcut.from_port_ix);
  const UdpPort* to = ports_.Get(shortcut.to_port_ix);
  const bool has_ports = from != nullptr && to != nullptr && !from->for_peers();
  const bool has_tally = shortcut.tally >= 0 && shortcut.tally < Arena::kTallies;
  if (!has_ports || !has_tally || addresses_.Get(shortcut.to_address_ix) == nullptr) return ShortcutTable::kNone;
  if (!addresses_.Keep(shortcut.from_address_ix)) return ShortcutTable::kNone;
  shortcut.ends_at_ns = MonotonicNs() + static_cast<int64_t>(for_ms * 1e6);
  shortcut.from_serial = from->serial;
  shortcut.to_serial = to->serial;
  const int32_t ix = table_.Add(shortcut);
  if (ix == ShortcutTable::kNone) {
    addresses_.Release(shortcut.from_address_ix);
    return ix;
  }
  addresses_.Keep(shortcut.to_address_ix);
  if (runs_.size() < table_.end()) runs_.resize(table_.end());
  if (awaited_.empty()) awaited_.resize(addresses_.capacity());
  return ix;
}

bool Shortcuts::Close(int32_t ix) {
  const Shortcut* shortcut = table_.Get(ix);
  if (shortcut == nullptr) return false;
  addresses_.Release(shortcut->from_address_ix);
  addresses_.Release(shortcut->to_address_ix);
  return table_.Remove(ix);
}

void Shortcuts::Begin() {
  if (table_.size() > 0) now_ns_ = MonotonicNs();
}

bool Shortcuts::Take(const uint8_t* datagram, const RxRow& row) {
  if (table_.size() == 0) return false;
  uint32_t& awaited = awaited_[AddressTable::Position(row.address_ix)];
  const int32_t ix = awaited == batch_ ? ShortcutTable::kNone : FindFor(datagram, row);
  if (ix == ShortcutTable::kNone) {
    awaited = batch_;
    return false;
  }
  const Shortcut& shortcut = *table_.Get(ix);
  Leaving leaving{row.slot, 0, row.length, kNoRow};
  if (shortcut.takes_number >= 0) {
    leaving.offset = kHeaderBytes;
    leaving.length = ReadU16(datagram + 2);
  }
  Enter(ix, leaving);
  counts_[kShortened]++;
  tallies_[2 * shortcut.tally] += 1;
  tallies_[2 * shortcut.tally + 1] += leaving.length;
  return true;
}

// Only for what is well formed; the rest is for JavaScript to count.
int32_t Shortcuts::FindFor(const uint8_t* datagram, const RxRow& row) const {
  int32_t ix = ShortcutTable::kNone;
  if (row.length > static_cast<int32_t>(kHeaderBytes)) {
    const int32_t length = ReadU16(datagram + 2);
    if (length > 0 && static_cast<int32_t>(kHeaderBytes) + length <= row.length)
      ix = table_.Find(row.port_ix, row.address_ix, ReadU16(datagram));
  }
  if (ix == ShortcutTable::kNone) ix = table_.Find(row.port_ix, row.address_ix, ShortcutTable::kNone);
  return ix != ShortcutTable::kNone && Holds(*table_.Get(ix)) ? ix : ShortcutTable::kNone;
}

bool Shortcuts::Holds(const Shortcut& shortcut) const {
  const UdpPort* from = ports_.Get(shortcut.from_port_ix);
  const UdpPort* to = ports_.Get(shortcut.to_port_ix);
  return now_ns_ < shortcut.ends_at_ns && from != nullptr && to != nullptr && from->serial == shortcut.from_serial &&
         to->serial == shortcut.to_serial;
}

void Shortcuts::Enter(int32_t ix, const Leaving& leaving) {
  const auto row = static_cast<int32_t>(leaving_.size());
  leaving_.push_back(leaving);
  Run& run = runs_[static_cast<size_t>(ix)];
  if (run.round == round_) {
    leaving_[static_cast<size_t>(run.tail)].next = row;
    run.tail = row;
    return;
  }
  run = Run{round_, row, row};
  touched_.push_back(ix);
}

void Shortcuts::Send() {
  touched_ports_.clear();
  if (leaving_.empty()) return;
  // One port after the other: what leaves by one is handed over together.
  std::sort(touched_.begin(), touched_.end(), [this](int32_t one, int32_t other) {
    const Shortcut& first = *table_.Get(one);
    const Shortcut& second = *table_.Get(other);
    if (first.to_port_ix != second.to_port_ix) return first.to_port_ix < second.to_port_ix;
    return first.to_address_ix < second.to_address_ix;
  });
  for (const int32_t ix : touched_) SendRun(ix);
  send_.Finish();
  for (const Leaving& leaving : leaving_) slots_.Free(leaving.slot);
  leaving_.clear();
  touched_.clear();
  round_++;
}

void Shortcuts::SendRun(int32_t ix) {
  const Shortcut& shortcut = *table_.Get(ix);
  if (touched_ports_.empty() || touched_ports_.back() != shortcut.to_port_ix) touched_ports_.push_back(shortcut.to_port_ix);
  send_.Begin(ports_.Get(shortcut.to_port_ix), *addresses_.Get(shortcut.to_address_ix));
  const size_t header = shortcut.puts_number >= 0 ? kHeaderBytes : 0;
  for (int32_t row = runs_[static_cast<size_t>(ix)].head; row != kNoRow; row = leaving_[static_cast<size_t>(row)].next) {
    const Leaving& leaving = leaving_[static_cast<size_t>(row)];
    const auto length = static_cast<size_t>(leaving.length);
    uint8_t* out = send_.Room(header + length);
    if (header > 0) {
      WriteU16(out, shortcut.puts_number);
      WriteU16(out + 2, leaving.length);
    }
    memcpy(out + header, slots_.Bytes(leaving.slot) + leaving.offset, length);
    send_.Commit(header + length);
  }
}

}  // namespace madang
