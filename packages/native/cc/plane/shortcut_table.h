#ifndef MADANG_PLANE_SHORTCUT_TABLE_H_
#define MADANG_PLANE_SHORTCUT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace madang {

// Where datagrams of one source, that come in on one port, go on without JavaScript. Numbers are those of a header of four
// bytes before the data, number and length in network order (ChannelData, RFC 8656 section 12.4).
struct Shortcut {
  int32_t from_port_ix;
  int32_t from_address_ix;
  int32_t to_port_ix;
  int32_t to_address_ix;
  // Only datagrams with a header of this number, which is taken off; kNone: every datagram, as it is.
  int32_t takes_number;
  // The header that is put on has this number; kNone: none is put on.
  int32_t puts_number;
  // Where packets and bytes are counted.
  int32_t tally;
  // CLOCK_MONOTONIC from which on it is none any more.
  int64_t ends_at_ns;
  // Indices of ports are used again, these are not.
  uint64_t from_serial;
  uint64_t to_serial;
};

// The shortcuts of a plane, under small integers that may come again for others. Bounded; memory grows with what there is.
class ShortcutTable {
 public:
  static constexpr int32_t kNone = -1;

  explicit ShortcutTable(uint32_t capacity);

  // The index of a new shortcut; kNone when there is no room, or one for the same datagrams.
  int32_t Add(const Shortcut& shortcut);
  bool Remove(int32_t ix);
  // Null for an index that names nothing.
  const Shortcut* Get(int32_t ix) const;
  int32_t Find(int32_t port_ix, int32_t address_ix, int32_t number) const;

  uint32_t size() const { return size_; }
  // Indices ever given out are below this.
  size_t end() const { return entries_.size(); }

 private:
  struct Entry {
    Shortcut shortcut;
    int32_t next;
    bool is_used;
  };

  size_t BucketOf(int32_t port_ix, int32_t address_ix, int32_t number) const;
  size_t BucketOf(const Shortcut& shortcut) const;
  void Spread();

  std::vector<Entry> entries_;
  // First entry of each; as many as a power of two.
  std::vector<int32_t> buckets_;
  std::vector<int32_t> free_;
  uint32_t capacity_;
  uint32_t size_ = 0;
};

}  // namespace madang

#endif  // MADANG_PLANE_SHORTCUT_TABLE_H_
