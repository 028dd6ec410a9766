#include "batch/slot_pool.h"

#include <algorithm>

namespace madang {

SlotPool::SlotPool(const Arena& arena)
    : states_(arena.sizes.slots, State::kFree),
      slab_(arena.data() + arena.slab_at),
      held_(arena.data() + arena.held_at),
      returned_(reinterpret_cast<int32_t*>(arena.data() + arena.returned_at)),
      slot_bytes_(arena.sizes.slot_bytes) {
  free_.reserve(arena.sizes.slots);
  for (int32_t slot = static_cast<int32_t>(arena.sizes.slots) - 1; slot >= 0; slot--) free_.push_back(slot);
}

int32_t SlotPool::Take() {
  const int32_t slot = free_.back();
  free_.pop_back();
  states_[slot] = State::kInBatch;
  held_[slot] = 0;
  return slot;
}

void SlotPool::Free(int32_t slot) {
  states_[slot] = State::kFree;
  held_[slot] = 0;
  free_.push_back(slot);
}

void SlotPool::EndBatch(int32_t slot) {
  if (states_[slot] != State::kInBatch) return;
  if (held_[slot] == 1) states_[slot] = State::kHeld;
  else Free(slot);
}

void SlotPool::CollectReturned() {
  const int32_t count = std::clamp(returned_[0], 0, static_cast<int32_t>(states_.size()));
  for (int32_t ix = 1; ix <= count; ix++) {
    const int32_t slot = returned_[ix];
    const bool is_held = slot >= 0 && slot < static_cast<int32_t>(states_.size()) && states_[slot] == State::kHeld;
    if (is_held) Free(slot);
  }
  returned_[0] = 0;
}

bool SlotPool::IsInUse(int32_t slot) const {
  return slot >= 0 && slot < static_cast<int32_t>(states_.size()) && states_[slot] != State::kFree;
}

}  // namespace madang
