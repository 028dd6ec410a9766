#ifndef MADANG_BATCH_ARENA_H_
#define MADANG_BATCH_ARENA_H_

#include <cstddef>
#include <cstdint>
#include <memory>

namespace madang {

struct ArenaSizes {
  uint32_t rx_rows;
  uint32_t tx_rows;
  uint32_t inline_bytes;
  uint32_t slots;
  uint32_t slot_bytes;
};

// The memory that C++ and JavaScript share: tables, inline area, slots. One anonymous mapping, so that slots that were
// never used take no memory. It lives as long as either side holds it.
class Arena {
 public:
  // Null when the system gives no memory.
  static std::shared_ptr<Arena> Create(const ArenaSizes& sizes);
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  uint8_t* data() const { return data_; }
  size_t bytes() const { return bytes_; }

  const ArenaSizes sizes;
  // Offsets of the parts, each at a multiple of 64.
  const size_t rx_rows_at;
  const size_t tx_rows_at;
  // Two Int32: rows and inline bytes that JavaScript hands over.
  const size_t tx_head_at;
  // One Int32 for how many slots stand in the list that follows: those which JavaScript gives back.
  const size_t returned_at;
  // One byte a slot: 1 while JavaScript holds it.
  const size_t held_at;
  const size_t inline_at;
  const size_t slab_at;

 private:
  Arena(const ArenaSizes& sizes, size_t bytes, uint8_t* data);

  uint8_t* data_;
  size_t bytes_;
};

}  // namespace madang

#endif  // MADANG_BATCH_ARENA_H_
