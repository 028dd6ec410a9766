#include "batch/columns.h"

#include <cstddef>

namespace madang {
namespace {

constexpr int32_t Column(size_t offset) { return static_cast<int32_t>(offset / sizeof(int32_t)); }

}  // namespace

const NamedNumber kRxColumns[8] = {
    {"SLOT", Column(offsetof(RxRow, slot))},         {"LENGTH", Column(offsetof(RxRow, length))},
    {"ADDRESS_IX", Column(offsetof(RxRow, address_ix))}, {"KIND", Column(offsetof(RxRow, kind))},
    {"PEER_IX", Column(offsetof(RxRow, peer_ix))},   {"AGE_US", Column(offsetof(RxRow, age_us))},
    {"IP_FLAGS", Column(offsetof(RxRow, ip_flags))}, {"PORT_IX", Column(offsetof(RxRow, port_ix))},
};

const NamedNumber kTxColumns[16] = {
    {"SLOT", Column(offsetof(TxRow, slot))},
    {"OFFSET", Column(offsetof(TxRow, offset))},
    {"LENGTH", Column(offsetof(TxRow, length))},
    {"DESTINATION_IX", Column(offsetof(TxRow, destination_ix))},
    {"FORM", Column(offsetof(TxRow, form))},
    {"SSRC", Column(offsetof(TxRow, ssrc))},
    {"SEQ16", Column(offsetof(TxRow, seq16))},
    {"RTP_TS", Column(offsetof(TxRow, rtp_ts))},
    {"PAYLOAD_TYPE", Column(offsetof(TxRow, payload_type))},
    {"TRANSPORT_SEQ16", Column(offsetof(TxRow, transport_seq16))},
    {"MID_IX", Column(offsetof(TxRow, mid_ix))},
    {"ORIGINAL_SEQ16", Column(offsetof(TxRow, original_seq16))},
    {"PICTURE_ID", Column(offsetof(TxRow, picture_id))},
    {"LAYER_IDS", Column(offsetof(TxRow, layer_ids))},
    {"PORT_IX", Column(offsetof(TxRow, port_ix))},
    {"EXTRA", Column(offsetof(TxRow, extra))},
};

const NamedNumber kKinds[9] = {
    {"UNKNOWN", kind::kUnknown},
    {"STUN", kind::kStun},
    {"ZRTP", kind::kZrtp},
    {"DTLS", kind::kDtls},
    {"TURN_CHANNEL", kind::kTurnChannel},
    {"QUIC", kind::kQuic},
    {"RTP", kind::kRtp},
    {"PEER_STATE", kind::kPeerState},
    {"PEER_DATA", kind::kPeerData},
};

const NamedNumber kForms[15] = {
    {"PLAIN", form::kPlain},
    {"CLEAR_RTP", form::kClearRtp},
    {"TRANSPORT_SEQ", form::kTransportSeq},
    {"MID", form::kMid},
    {"ABS_SEND_TIME", form::kAbsSendTime},
    {"RTX", form::kRtx},
    {"PICTURE_ID", form::kPictureId},
    {"LAYER_IDS", form::kLayerIds},
    {"RTCP", form::kRtcp},
    {"EXTRA", form::kExtra},
    {"TWO_BYTE_EXTENSIONS", form::kTwoByteExtensions},
    {"VP9", form::kVp9},
    {"PADDING", form::kPadding},
    {"PAD4", form::kPad4},
    {"PEER_DATA", form::kPeerData},
};

}  // namespace madang
