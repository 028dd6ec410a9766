#ifndef MADANG_BATCH_INDEX_POOL_H_
#define MADANG_BATCH_INDEX_POOL_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace madang {

// Things under small integers, up to a bound. Of the free indices the one that has been free longest is given out, so
// that a row which still names a thing that is gone rarely meets another one.
template <typename T>
class IndexPool {
 public:
  static constexpr int32_t kNone = -1;

  explicit IndexPool(uint32_t capacity) : capacity_(capacity) {}

  // The index that Add() will give next; kNone when the pool is full.
  int32_t next() const {
    const bool is_reused = free_.size() > kRestingIndices || (things_.size() == capacity_ && !free_.empty());
    if (is_reused) return free_.front();
    return things_.size() == capacity_ ? kNone : static_cast<int32_t>(things_.size());
  }

  // kNone when the pool is full; `thing` is gone then.
  int32_t Add(std::unique_ptr<T> thing) {
    const int32_t ix = next();
    if (ix == kNone) return kNone;
    if (static_cast<size_t>(ix) == things_.size()) {
      things_.push_back(std::move(thing));
      return ix;
    }
    free_.pop_front();
    things_[static_cast<size_t>(ix)] = std::move(thing);
    return ix;
  }

  // Null for an index that names nothing.
  T* Get(int32_t ix) const {
    return ix >= 0 && static_cast<size_t>(ix) < things_.size() ? things_[static_cast<size_t>(ix)].get() : nullptr;
  }

  std::unique_ptr<T> Remove(int32_t ix) {
    if (Get(ix) == nullptr) return nullptr;
    free_.push_back(ix);
    return std::move(things_[static_cast<size_t>(ix)]);
  }

  uint32_t capacity() const { return capacity_; }
  // Indices ever given out are below this.
  int32_t end() const { return static_cast<int32_t>(things_.size()); }
  size_t size() const { return things_.size() - free_.size(); }

 private:
  static constexpr size_t kRestingIndices = 64;

  std::vector<std::unique_ptr<T>> things_;
  std::deque<int32_t> free_;
  uint32_t capacity_;
};

}  // namespace madang

#endif  // MADANG_BATCH_INDEX_POOL_H_
