#ifndef MADANG_BATCH_SLOT_POOL_H_
#define MADANG_BATCH_SLOT_POOL_H_

#include <cstdint>
#include <vector>

#include "batch/arena.h"

namespace madang {

// Which slots are free. A slot is taken for a datagram, and after the batch given back unless JavaScript has marked it
// as held; then it stays until JavaScript names it in the list of returned slots. What JavaScript wrote is not trusted
// to be right: a slot is freed once, and only if it was held.
class SlotPool {
 public:
  explicit SlotPool(const Arena& arena);

  uint32_t free_slots() const { return static_cast<uint32_t>(free_.size()); }
  // Only while free_slots() is not 0. The last freed is the first taken: its bytes are still in the cache.
  int32_t Take();
  // Of a slot that Take() gave: frees it at once.
  void Free(int32_t slot);
  // After the batch of a slot that Take() gave: frees it unless it is held.
  void EndBatch(int32_t slot);
  // Takes back what JavaScript has returned since the last call.
  void CollectReturned();
  // Whether the slot holds a datagram: one of this batch, or one that is held.
  bool IsInUse(int32_t slot) const;

  uint8_t* Bytes(int32_t slot) const { return slab_ + static_cast<size_t>(slot) * slot_bytes_; }
  uint32_t slot_bytes() const { return slot_bytes_; }

 private:
  enum class State : uint8_t { kFree, kInBatch, kHeld };

  std::vector<int32_t> free_;
  std::vector<State> states_;
  uint8_t* slab_;
  uint8_t* held_;
  int32_t* returned_;
  uint32_t slot_bytes_;
};

}  // namespace madang

#endif  // MADANG_BATCH_SLOT_POOL_H_
