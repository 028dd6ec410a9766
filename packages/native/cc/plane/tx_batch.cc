#include "plane/tx_batch.h"

#include <time.h>

#include <algorithm>
#include <cstring>

#include "srtp/srtp_profile.h"

namespace madang {
namespace {

constexpr int32_t kNoRow = -1;

size_t PowerOfTwoFrom(size_t least) {
  size_t power = 1;
  while (power < least) power <<= 1;
  return power;
}

// 24 bits: 6 of seconds, 18 of their fraction.
uint32_t AbsSendTime() {
  timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  const uint64_t fraction = (static_cast<uint64_t>(now.tv_nsec) << 18) / 1'000'000'000;
  return static_cast<uint32_t>((static_cast<uint64_t>(now.tv_sec) & 0x3f) << 18 | fraction);
}

// Whether the row names an address, and not a peer.
bool IsToAddress(int32_t bits) {
  return (bits & (form::kPlain | form::kClearRtp)) != 0 && (bits & form::kPeerData) == 0;
}

}  // namespace

TxBatch::TxBatch(Arena* arena, SlotPool* slots, AddressTable* addresses, IndexPool<UdpPort>* ports,
                 TcpPorts* tcp, Readiness* readiness, IndexPool<Peer>* peers, PeerSessions* sessions, Counts* counts)
    : arena_(*arena),
      slots_(*slots),
      addresses_(*addresses),
      ports_(*ports),
      tcp_(*tcp),
      peers_(*peers),
      sessions_(*sessions),
      counts_(*counts),
      send_(counts),
      frames_(readiness, counts),
      rows_(reinterpret_cast<const TxRow*>(arena->data() + arena->tx_rows_at)),
      inline_(arena->data() + arena->inline_at),
      next_row_(arena->sizes.tx_rows),
      groups_(PowerOfTwoFrom(2 * size_t{arena->sizes.tx_rows})),
      first_group_(ports->capacity() + 1, kNoRow) {}

size_t TxBatch::Fail(Count why) {
  counts_[why]++;
  return 0;
}

void TxBatch::Send(int32_t rows, int32_t inline_bytes) {
  const int32_t count = std::clamp(rows, 0, static_cast<int32_t>(arena_.sizes.tx_rows));
  touched_ports_.clear();
  if (count == 0) return;
  inline_bytes_ = std::clamp(inline_bytes, 0, static_cast<int32_t>(arena_.sizes.inline_bytes));
  abs_send_time_ = AbsSendTime();
  epoch_++;
  GroupRows(count);
  for (const int32_t port_ix : touched_ports_) SendGroups(&first_group_[static_cast<size_t>(port_ix)]);
  send_.Finish();
  SendGroups(&first_group_.back());
}

// Rows to one peer mostly stand side by side: its group is looked for once.
void TxBatch::GroupRows(int32_t count) {
  Path route;
  // That of the row before, if it went to a peer.
  Group* group = nullptr;
  int32_t peer_ix = 0;
  for (int32_t ix = 0; ix < count; ix++) {
    const TxRow& row = rows_[ix];
    const bool is_to_peer = !IsToAddress(row.form);
    if (is_to_peer && group != nullptr && row.destination_ix == peer_ix) {
      Append(ix, group);
      continue;
    }
    Group* const entered = FindRoute(row, &route) ? Enter(ix, route) : nullptr;
    group = is_to_peer ? entered : nullptr;
    peer_ix = row.destination_ix;
  }
}

bool TxBatch::FindRoute(const TxRow& row, Path* out) {
  if (IsToAddress(row.form)) {
    *out = Path{row.port_ix, row.destination_ix};
  } else {
    const Peer* peer = peers_.Get(row.destination_ix);
    if (peer == nullptr) return Fail(kTxNoPeer) != 0;
    *out = peer->path;
  }
  return IsThere(*out);
}

// Counts what is missing: the port, the address, or the connection that the address stands for.
bool TxBatch::IsThere(const Path& route) {
  const bool is_tcp = TcpPorts::IsTcp(route.port_ix);
  if (is_tcp ? !tcp_.Has(route.port_ix) : ports_.Get(route.port_ix) == nullptr) return Fail(kTxNoPort) != 0;
  const bool is_there = is_tcp ? tcp_.Find(route.port_ix, route.address_ix) != nullptr
                               : addresses_.TakesDatagrams(route.address_ix);
  return is_there || Fail(kTxNoAddress) != 0;
}

int32_t TxBatch::GroupOf(const Path& route) {
  const auto mask = static_cast<uint32_t>(groups_.size() - 1);
  const uint32_t mixed = static_cast<uint32_t>(route.address_ix) * 0x9e3779b1u ^ static_cast<uint32_t>(route.port_ix) * 0x85ebca6bu;
  uint32_t ix = (mixed ^ mixed >> 15) & mask;
  // There are twice as many places as rows, so that a free one is found.
  while (groups_[ix].epoch == epoch_ &&
         (groups_[ix].address_ix != route.address_ix || groups_[ix].port_ix != route.port_ix))
    ix = (ix + 1) & mask;
  return static_cast<int32_t>(ix);
}

void TxBatch::Append(int32_t row_ix, Group* group) {
  next_row_[static_cast<size_t>(row_ix)] = kNoRow;
  next_row_[static_cast<size_t>(group->tail)] = row_ix;
  group->tail = row_ix;
}

TxBatch::Group* TxBatch::Enter(int32_t row_ix, const Path& route) {
  const int32_t group_ix = GroupOf(route);
  Group& group = groups_[static_cast<size_t>(group_ix)];
  if (group.epoch == epoch_) {
    Append(row_ix, &group);
    return &group;
  }
  next_row_[static_cast<size_t>(row_ix)] = kNoRow;
  const bool is_tcp = TcpPorts::IsTcp(route.port_ix);
  int32_t& first = is_tcp ? first_group_.back() : first_group_[static_cast<size_t>(route.port_ix)];
  if (first == kNoRow && !is_tcp) touched_ports_.push_back(route.port_ix);
  group = Group{epoch_, route.port_ix, route.address_ix, row_ix, row_ix, first};
  first = group_ix;
  return &group;
}

void TxBatch::SendGroups(int32_t* first) {
  for (int32_t ix = *first; ix != kNoRow; ix = groups_[static_cast<size_t>(ix)].next)
    SendGroup(groups_[static_cast<size_t>(ix)]);
  *first = kNoRow;
}

// To a way that is there.
void TxBatch::Begin(const Path& route) {
  is_framing_ = TcpPorts::IsTcp(route.port_ix);
  if (is_framing_) frames_.Begin(tcp_.Find(route.port_ix, route.address_ix));
  else send_.Begin(ports_.Get(route.port_ix), *addresses_.Get(route.address_ix));
}

// Frames leave at once; datagrams wait for those to other addresses of their port.
void TxBatch::End() {
  if (is_framing_) frames_.Finish();
  is_framing_ = false;
}

void TxBatch::SendGroup(const Group& group) {
  Begin({group.port_ix, group.address_ix});
  for (int32_t ix = group.head; ix != kNoRow; ix = next_row_[static_cast<size_t>(ix)]) {
    if ((rows_[ix].form & form::kPeerData) != 0) {
      SendData(rows_[ix]);
      continue;
    }
    const size_t length = Write(rows_[ix]);
    if (length > 0) Commit(length);
  }
  End();
}

size_t TxBatch::Write(const TxRow& row) {
  if ((row.form & form::kPlain) != 0) return WritePlain(row);
  if ((row.form & form::kClearRtp) != 0) return WriteRtpRow(row, nullptr);
  Peer* peer = peers_.Get(row.destination_ix);
  if (!peer->sender.is_ready()) return Fail(kTxNoKeys);
  return (row.form & form::kRtcp) != 0 ? WriteRtcpRow(row, peer) : WriteRtpRow(row, peer);
}

const uint8_t* TxBatch::Payload(const TxRow& row) const {
  if (row.offset < 0 || row.length < 0) return nullptr;
  const int64_t end = int64_t{row.offset} + row.length;
  if (row.slot < 0) return end <= inline_bytes_ ? inline_ + row.offset : nullptr;
  if (!slots_.IsInUse(row.slot) || end > slots_.slot_bytes()) return nullptr;
  return slots_.Bytes(row.slot) + row.offset;
}

bool TxBatch::Extra(const TxRow& row, const uint8_t** bytes, size_t* length) const {
  *length = 0;
  if ((row.form & form::kExtra) == 0) return true;
  const int32_t at = row.extra >> kExtraOffsetShift;
  *length = static_cast<size_t>(row.extra & kExtraLengthMask);
  *bytes = inline_ + at;
  return at >= 0 && int64_t{at} + static_cast<int64_t>(*length) <= inline_bytes_;
}

size_t TxBatch::WritePlain(const TxRow& row) {
  const uint8_t* payload = Payload(row);
  const uint8_t* extra = nullptr;
  size_t extra_bytes;
  if (payload == nullptr || !Extra(row, &extra, &extra_bytes)) return Fail(kTxBadRow);
  const auto payload_bytes = static_cast<size_t>(row.length);
  size_t length = extra_bytes + payload_bytes;
  const size_t padding = (row.form & form::kPad4) != 0 ? (4 - length % 4) % 4 : 0;
  if (length == 0 || length + padding > SendBatch::kMaxDatagramBytes) return Fail(kTxBadRow);
  uint8_t* out = Room(length + padding);
  if (extra_bytes > 0) memcpy(out, extra, extra_bytes);
  memcpy(out + extra_bytes, payload, payload_bytes);
  memset(out + length, 0, padding);
  return length + padding;
}

size_t TxBatch::WriteRtpRow(const TxRow& row, Peer* peer) {
  static constexpr ExtensionIds kNoIds;
  const bool is_padding = (row.form & form::kPadding) != 0;
  if (is_padding && (row.length < 1 || row.length > 255)) return Fail(kTxBadRow);
  RtpParts parts{};
  parts.payload = is_padding ? inline_ : Payload(row);
  if (parts.payload == nullptr || !Extra(row, &parts.extra, &parts.extra_bytes)) return Fail(kTxBadRow);
  parts.payload_bytes = static_cast<size_t>(row.length);
  parts.abs_send_time = abs_send_time_;
  if ((row.form & form::kMid) != 0) {
    if (row.mid_ix < 0 || static_cast<size_t>(row.mid_ix) >= mids.size()) return Fail(kTxBadRow);
    parts.mid = &mids[static_cast<size_t>(row.mid_ix)];
  }
  const size_t most = parts.payload_bytes + kMaxRtpOverhead + kMaxSrtpTrailer;
  if (most > SendBatch::kMaxDatagramBytes) return Fail(kTxBadRow);
  uint8_t* out = Room(most);
  const size_t length = WriteRtp(row, peer == nullptr ? kNoIds : peer->extension_ids, parts, out);
  if (peer == nullptr) return length;
  const size_t protected_bytes = peer->sender.ProtectRtp(out, length, most);
  return protected_bytes > 0 ? protected_bytes : Fail(kTxProtectFailed);
}

size_t TxBatch::WriteRtcpRow(const TxRow& row, Peer* peer) {
  const uint8_t* payload = Payload(row);
  const auto length = static_cast<size_t>(row.length);
  const size_t most = length + kMaxSrtpTrailer;
  if (payload == nullptr || most > SendBatch::kMaxDatagramBytes) return Fail(kTxBadRow);
  uint8_t* out = Room(most);
  memcpy(out, payload, length);
  const size_t protected_bytes = peer->sender.ProtectRtcp(out, length, most);
  return protected_bytes > 0 ? protected_bytes : Fail(kTxProtectFailed);
}

void TxBatch::SendData(const TxRow& row) {
  const uint8_t* payload = Payload(row);
  if (payload == nullptr) {
    Fail(kTxBadRow);
    return;
  }
  is_writing_ = true;
  if (!sessions_.Send(row.destination_ix, payload, static_cast<size_t>(row.length))) Fail(kTxNoKeys);
  is_writing_ = false;
}

void TxBatch::SendNow(const Path& path, const uint8_t* bytes, size_t length) {
  if (!is_writing_ && !IsThere(path)) return;
  if (length == 0 || length > SendBatch::kMaxDatagramBytes) return;
  if (!is_writing_) Begin(path);
  memcpy(Room(length), bytes, length);
  Commit(length);
  if (is_writing_) return;
  if (!is_framing_) send_.Finish();
  End();
}

}  // namespace madang
