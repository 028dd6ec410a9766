#include "batch/arena.h"

#include <sys/mman.h>

#include "batch/columns.h"

namespace madang {
namespace {

constexpr size_t Aligned(size_t bytes) { return (bytes + 63) & ~size_t{63}; }

size_t AfterRx(const ArenaSizes& sizes) { return Aligned(size_t{sizes.rx_rows} * sizeof(RxRow)); }
size_t AfterTx(const ArenaSizes& sizes) { return AfterRx(sizes) + Aligned(size_t{sizes.tx_rows} * sizeof(TxRow)); }
size_t AfterHead(const ArenaSizes& sizes) { return AfterTx(sizes) + Aligned(2 * sizeof(int32_t)); }
size_t AfterReturned(const ArenaSizes& sizes) {
  return AfterHead(sizes) + Aligned((size_t{sizes.slots} + 1) * sizeof(int32_t));
}
size_t AfterHeld(const ArenaSizes& sizes) { return AfterReturned(sizes) + Aligned(sizes.slots); }
size_t AfterInline(const ArenaSizes& sizes) { return AfterHeld(sizes) + Aligned(sizes.inline_bytes); }

}  // namespace

std::shared_ptr<Arena> Arena::Create(const ArenaSizes& sizes) {
  const size_t bytes = AfterInline(sizes) + size_t{sizes.slots} * sizes.slot_bytes;
  void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (data == MAP_FAILED) return nullptr;
  return std::shared_ptr<Arena>(new Arena(sizes, bytes, static_cast<uint8_t*>(data)));
}

Arena::Arena(const ArenaSizes& sizes, size_t bytes, uint8_t* data)
    : sizes(sizes),
      rx_rows_at(0),
      tx_rows_at(AfterRx(sizes)),
      tx_head_at(AfterTx(sizes)),
      returned_at(AfterHead(sizes)),
      held_at(AfterReturned(sizes)),
      inline_at(AfterHeld(sizes)),
      slab_at(AfterInline(sizes)),
      data_(data),
      bytes_(bytes) {}

Arena::~Arena() { munmap(data_, bytes_); }

}  // namespace madang
