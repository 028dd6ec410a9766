#ifndef MADANG_BATCH_COLUMNS_H_
#define MADANG_BATCH_COLUMNS_H_

#include <cstdint>

// The batch table as C++ sees it. packages/engine/src/ports/batch-table.ts describes every column; a test compares the
// two, by the lists at the end.

namespace madang {

struct RxRow {
  int32_t slot;
  int32_t length;
  int32_t address_ix;
  int32_t kind;
  int32_t peer_ix;
  int32_t age_us;
  int32_t ip_flags;
  int32_t port_ix;
};

struct TxRow {
  int32_t slot;
  int32_t offset;
  int32_t length;
  int32_t destination_ix;
  int32_t form;
  int32_t ssrc;
  int32_t seq16;
  int32_t rtp_ts;
  int32_t payload_type;
  int32_t transport_seq16;
  int32_t mid_ix;
  int32_t original_seq16;
  int32_t picture_id;
  int32_t layer_ids;
  int32_t port_ix;
  int32_t extra;
};

static_assert(sizeof(RxRow) == 8 * sizeof(int32_t), "as RX_COLUMNS says");
static_assert(sizeof(TxRow) == 16 * sizeof(int32_t), "as TX_COLUMNS says");

// A kind of RFC 7983, or of what the addon itself has to tell.
namespace kind {
constexpr int32_t kUnknown = 0;
constexpr int32_t kStun = 1;
constexpr int32_t kZrtp = 2;
constexpr int32_t kDtls = 3;
constexpr int32_t kTurnChannel = 4;
constexpr int32_t kQuic = 5;
constexpr int32_t kRtp = 6;
constexpr int32_t kPeerState = 7;
constexpr int32_t kPeerData = 8;
}  // namespace kind

namespace form {
constexpr int32_t kPlain = 1 << 0;
constexpr int32_t kClearRtp = 1 << 1;
constexpr int32_t kTransportSeq = 1 << 2;
constexpr int32_t kMid = 1 << 3;
constexpr int32_t kAbsSendTime = 1 << 4;
constexpr int32_t kRtx = 1 << 5;
constexpr int32_t kPictureId = 1 << 6;
constexpr int32_t kLayerIds = 1 << 7;
constexpr int32_t kRtcp = 1 << 8;
constexpr int32_t kExtra = 1 << 9;
constexpr int32_t kTwoByteExtensions = 1 << 10;
constexpr int32_t kVp9 = 1 << 11;
constexpr int32_t kPadding = 1 << 12;
constexpr int32_t kPad4 = 1 << 13;
constexpr int32_t kPeerData = 1 << 14;
}  // namespace form

// Of the column `payload_type`.
constexpr int32_t kMarkerBit = 1 << 7;
// Of the column `extra`: the offset in the inline area stands above the length.
constexpr int kExtraOffsetShift = 8;
constexpr int32_t kExtraLengthMask = 0xff;

struct NamedNumber {
  const char* name;
  int32_t number;
};

extern const NamedNumber kRxColumns[8];
extern const NamedNumber kTxColumns[16];
extern const NamedNumber kKinds[9];
extern const NamedNumber kForms[15];

}  // namespace madang

#endif  // MADANG_BATCH_COLUMNS_H_
