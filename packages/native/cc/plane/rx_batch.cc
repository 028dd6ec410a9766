#include "plane/rx_batch.h"

#include <time.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "batch/datagram_kind.h"

namespace madang {
namespace {

constexpr int32_t kLongestAgeUs = 60'000'000;

int64_t WallNs() {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

int32_t AgeUs(int64_t wall_ns, int64_t now_ns) {
  if (wall_ns == 0) return 0;
  return static_cast<int32_t>(std::clamp<int64_t>((now_ns - wall_ns) / 1'000, 0, kLongestAgeUs));
}

}  // namespace

std::unique_ptr<RxBatch> RxBatch::Create(Arena* arena, SlotPool* slots, AddressTable* addresses, Counts* counts) {
  std::unique_ptr<DatagramReader> reader = DatagramReader::Create(slots->slot_bytes());
  if (reader == nullptr) return nullptr;
  return std::unique_ptr<RxBatch>(new RxBatch(arena, slots, addresses, counts, std::move(reader)));
}

RxBatch::RxBatch(Arena* arena, SlotPool* slots, AddressTable* addresses, Counts* counts,
                 std::unique_ptr<DatagramReader> reader)
    : slots_(*slots),
      addresses_(*addresses),
      counts_(*counts),
      reader_(std::move(reader)),
      rows_(reinterpret_cast<RxRow*>(arena->data() + arena->rx_rows_at)),
      capacity_(static_cast<int>(arena->sizes.rx_rows)),
      discard_(arena->sizes.slot_bytes) {
  std::fill(std::begin(prepared_), std::end(prepared_), -1);
}

// How many messages can be read: slots stand ready for them, and rows are left even if each is as coalesced as can be.
int RxBatch::Prepare() {
  const int wanted = std::min(DatagramReader::kMaxMessages, RowsLeft() / kMostSegments);
  for (int ix = 0; ix < wanted; ix++) {
    if (prepared_[ix] >= 0) continue;
    prepared_[ix] = slots_.free_slots() > 0 ? slots_.Take() : TakeLastPrepared(ix);
    if (prepared_[ix] < 0) return ix;
    reader_->SetSlot(ix, slots_.Bytes(prepared_[ix]));
  }
  return wanted;
}

int32_t RxBatch::TakeLastPrepared(int after) {
  for (int ix = DatagramReader::kMaxMessages - 1; ix > after; ix--) {
    if (prepared_[ix] >= 0) return std::exchange(prepared_[ix], -1);
  }
  return -1;
}

uint32_t RxBatch::prepared_slots() const {
  return static_cast<uint32_t>(std::count_if(std::begin(prepared_), std::end(prepared_), [](int32_t slot) { return slot >= 0; }));
}

bool RxBatch::Read(const UdpPort& port, int32_t port_ix, DatagramGate* gate) {
  const int wanted = Prepare();
  if (wanted == 0) {
    Discard(port);
    return false;
  }
  const int count = reader_->Read(port.fd(), wanted);
  counts_[kReceiveCalls]++;
  const int64_t now_ns = count > 0 ? WallNs() : 0;
  for (int ix = 0; ix < count; ix++) {
    const Incoming& message = reader_->message(ix);
    RxRow row{};
    row.peer_ix = AddressTable::kNone;
    row.port_ix = port_ix;
    row.age_us = AgeUs(message.wall_ns, now_ns);
    row.ip_flags = message.ecn;
    counts_[kReceivedBytes] += message.bytes;
    const bool is_single = message.segment_bytes == 0 || message.bytes <= message.segment_bytes;
    if (is_single) TakeSingle(ix, message, row, gate);
    else TakeCoalesced(ix, message, row, gate);
  }
  return count == wanted;
}

// Without a free slot datagrams are read and forgotten; leaving them would wake the loop again and again.
void RxBatch::Discard(const UdpPort& port) {
  for (int ix = 0; ix < DatagramReader::kMaxMessages; ix++) reader_->SetSlot(ix, discard_.data());
  const int count = reader_->Read(port.fd(), DatagramReader::kMaxMessages);
  if (count > 0) counts_[kRxNoSlot] += static_cast<uint64_t>(count);
}

bool RxBatch::Address(const Incoming& message, RxRow* row) {
  SocketAddress source;
  if (!SocketAddress::FromSystem(message.from, &source)) return false;
  if (last_address_ix_ == AddressTable::kNone || !(source == last_) || addresses_.Get(last_address_ix_) == nullptr) {
    last_ = source;
    last_address_ix_ = addresses_.See(source);
  }
  row->address_ix = last_address_ix_;
  return last_address_ix_ != AddressTable::kNone;
}

void RxBatch::TakeSingle(int ix, const Incoming& message, RxRow row, DatagramGate* gate) {
  counts_[kReceived]++;
  if (message.bytes > slots_.slot_bytes() || message.is_cut) {
    counts_[kRxTooLong]++;
    return;
  }
  if (message.bytes == 0) {
    counts_[kRxEmpty]++;
    return;
  }
  if (!Address(message, &row)) {
    counts_[kRxNoAddress]++;
    return;
  }
  const int32_t slot = prepared_[ix];
  prepared_[ix] = -1;
  row.length = static_cast<int32_t>(message.bytes);
  Offer(slot, row, gate);
}

void RxBatch::Take(const uint8_t* datagram, uint32_t length, RxRow row, DatagramGate* gate) {
  counts_[kReceived]++;
  if (length == 0 || length > slots_.slot_bytes() || slots_.free_slots() == 0 || RowsLeft() == 0) {
    counts_[length == 0 ? kRxEmpty : length > slots_.slot_bytes() ? kRxTooLong : kRxNoSlot]++;
    return;
  }
  const int32_t slot = slots_.Take();
  memcpy(slots_.Bytes(slot), datagram, length);
  row.length = static_cast<int32_t>(length);
  Offer(slot, row, gate);
}

// The datagrams stand one behind the other, from the slot on into the spill area. Each gets a slot of its own.
void RxBatch::TakeCoalesced(int ix, const Incoming& message, RxRow row, DatagramGate* gate) {
  const uint32_t size = message.segment_bytes;
  const uint32_t head_bytes = slots_.slot_bytes();
  const uint32_t datagrams = (message.bytes + size - 1) / size;
  counts_[kReceived] += datagrams;
  counts_[kCoalesced] += datagrams;
  const bool is_known = Address(message, &row);
  if (size > head_bytes || message.is_cut || !is_known) {
    counts_[is_known ? kRxTooLong : kRxNoAddress] += datagrams;
    return;
  }
  const uint8_t* head = slots_.Bytes(prepared_[ix]);
  const uint8_t* spill = reader_->Spill(ix);
  for (uint32_t from = 0; from < message.bytes; from += size) {
    if (slots_.free_slots() == 0 || RowsLeft() == 0) {
      counts_[kRxNoSlot]++;
      continue;
    }
    const uint32_t length = std::min(size, message.bytes - from);
    const uint32_t in_head = from < head_bytes ? std::min(length, head_bytes - from) : 0;
    const int32_t slot = slots_.Take();
    uint8_t* out = slots_.Bytes(slot);
    memcpy(out, head + from, in_head);
    memcpy(out + in_head, spill + (from + in_head - head_bytes), length - in_head);
    row.length = static_cast<int32_t>(length);
    Offer(slot, row, gate);
  }
}

void RxBatch::Offer(int32_t slot, RxRow row, DatagramGate* gate) {
  uint8_t* datagram = slots_.Bytes(slot);
  row.slot = slot;
  row.kind = DatagramKind(datagram[0]);
  const DatagramGate::Verdict verdict = gate->Pass(datagram, &row);
  if (verdict == DatagramGate::Verdict::kPass) rows_[count_++] = row;
  if (verdict == DatagramGate::Verdict::kDrop) slots_.Free(slot);
}

RxRow* RxBatch::AddRow() { return RowsLeft() == 0 ? nullptr : &rows_[count_++]; }

void RxBatch::End() {
  // What JavaScript wrote into the rows is not trusted: slots are ended by their own state.
  for (int ix = 0; ix < count_; ix++) {
    const int32_t slot = rows_[ix].slot;
    if (slots_.IsInUse(slot)) slots_.EndBatch(slot);
  }
  count_ = 0;
}

}  // namespace madang
