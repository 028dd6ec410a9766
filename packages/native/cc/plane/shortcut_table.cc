#include "plane/shortcut_table.h"

namespace madang {
namespace {

constexpr size_t kFewestBuckets = 64;

}  // namespace

ShortcutTable::ShortcutTable(uint32_t capacity) : capacity_(capacity) {}

size_t ShortcutTable::BucketOf(int32_t port_ix, int32_t address_ix, int32_t number) const {
  const uint32_t mixed = static_cast<uint32_t>(address_ix) * 0x9e3779b1u ^ static_cast<uint32_t>(port_ix) * 0x85ebca6bu ^
                         static_cast<uint32_t>(number) * 0xc2b2ae35u;
  return (mixed ^ mixed >> 15) & (buckets_.size() - 1);
}

size_t ShortcutTable::BucketOf(const Shortcut& shortcut) const {
  return BucketOf(shortcut.from_port_ix, shortcut.from_address_ix, shortcut.takes_number);
}

int32_t ShortcutTable::Find(int32_t port_ix, int32_t address_ix, int32_t number) const {
  if (size_ == 0) return kNone;
  int32_t ix = buckets_[BucketOf(port_ix, address_ix, number)];
  for (; ix != kNone; ix = entries_[static_cast<size_t>(ix)].next) {
    const Shortcut& found = entries_[static_cast<size_t>(ix)].shortcut;
    if (found.from_address_ix == address_ix && found.from_port_ix == port_ix && found.takes_number == number) break;
  }
  return ix;
}

int32_t ShortcutTable::Add(const Shortcut& shortcut) {
  const bool is_known = Find(shortcut.from_port_ix, shortcut.from_address_ix, shortcut.takes_number) != kNone;
  if (size_ == capacity_ || is_known) return kNone;
  if (size_ >= buckets_.size()) Spread();
  if (free_.empty()) {
    free_.push_back(static_cast<int32_t>(entries_.size()));
    entries_.emplace_back();
  }
  const int32_t ix = free_.back();
  free_.pop_back();
  int32_t& bucket = buckets_[BucketOf(shortcut)];
  entries_[static_cast<size_t>(ix)] = Entry{shortcut, bucket, true};
  bucket = ix;
  size_++;
  return ix;
}

bool ShortcutTable::Remove(int32_t ix) {
  if (Get(ix) == nullptr) return false;
  Entry& entry = entries_[static_cast<size_t>(ix)];
  int32_t* link = &buckets_[BucketOf(entry.shortcut)];
  while (*link != ix) link = &entries_[static_cast<size_t>(*link)].next;
  *link = entry.next;
  entry.is_used = false;
  free_.push_back(ix);
  size_--;
  return true;
}

const Shortcut* ShortcutTable::Get(int32_t ix) const {
  const bool is_there = ix >= 0 && static_cast<size_t>(ix) < entries_.size() && entries_[static_cast<size_t>(ix)].is_used;
  return is_there ? &entries_[static_cast<size_t>(ix)].shortcut : nullptr;
}

// Twice as many buckets.
void ShortcutTable::Spread() {
  buckets_.assign(buckets_.empty() ? kFewestBuckets : 2 * buckets_.size(), kNone);
  for (size_t ix = 0; ix < entries_.size(); ix++) {
    if (!entries_[ix].is_used) continue;
    int32_t& bucket = buckets_[BucketOf(entries_[ix].shortcut)];
    entries_[ix].next = bucket;
    bucket = static_cast<int32_t>(ix);
  }
}

}  // namespace madang
