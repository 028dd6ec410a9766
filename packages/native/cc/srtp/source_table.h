#ifndef MADANG_SRTP_SOURCE_TABLE_H_
#define MADANG_SRTP_SOURCE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "srtp/replay_window.h"

namespace madang {

// SSRC to window, for at most `kMax` sources. Nothing is ever forgotten: whoever forgets a source would take its old
// packets once more. Takes memory as sources appear, about 170 bytes each.
class SourceTable {
 public:
  static constexpr size_t kMax = 1024;

  // Null when the source was never added. Constant time; the last one asked for is found at once.
  ReplayWindow* Find(uint32_t ssrc) {
    if (last_ < sources_.size() && sources_[last_].ssrc == ssrc) return &sources_[last_].window;
    if (buckets_.empty()) return nullptr;
    for (size_t at = Bucket(ssrc);; at = (at + 1) & (buckets_.size() - 1)) {
      if (buckets_[at] == kFree) return nullptr;
      if (sources_[buckets_[at]].ssrc != ssrc) continue;
      last_ = buckets_[at];
      return &sources_[last_].window;
    }
  }

  bool is_full() const { return sources_.size() >= kMax; }

  // Adds a source that Find() did not find. Null when the table is full.
  ReplayWindow* Add(uint32_t ssrc) {
    if (is_full()) return nullptr;
    if (2 * (sources_.size() + 1) > buckets_.size()) Grow();
    // One at a time: doubling would give a peer with five sources the memory of eight.
    sources_.reserve(sources_.size() < 8 ? sources_.size() + 1 : sources_.size() + sources_.size() / 4);
    sources_.push_back({ssrc, ReplayWindow()});
    last_ = sources_.size() - 1;
    Enter(last_);
    return &sources_[last_].window;
  }

 private:
  struct Source {
    uint32_t ssrc;
    ReplayWindow window;
  };
  static constexpr uint16_t kFree = 0xffff;

  size_t Bucket(uint32_t ssrc) const { return (ssrc * 2654435769u >> 16) & (buckets_.size() - 1); }

  void Enter(size_t source) {
    size_t at = Bucket(sources_[source].ssrc);
    while (buckets_[at] != kFree) at = (at + 1) & (buckets_.size() - 1);
    buckets_[at] = static_cast<uint16_t>(source);
  }

  void Grow() {
    buckets_.assign(buckets_.empty() ? 4 : 2 * buckets_.size(), kFree);
    for (size_t source = 0; source < sources_.size(); ++source) Enter(source);
  }

  std::vector<Source> sources_;
  std::vector<uint16_t> buckets_;
  size_t last_ = 0;
};

}  // namespace madang

#endif  // MADANG_SRTP_SOURCE_TABLE_H_
