#ifndef MADANG_BATCH_RTP_WRITER_H_
#define MADANG_BATCH_RTP_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "batch/columns.h"

namespace madang {

// By which numbers the header extensions were negotiated with one peer; 0 where one was not.
struct ExtensionIds {
  uint8_t mid = 0;
  uint8_t transport_seq = 0;
  uint8_t abs_send_time = 0;
};

// What a row refers to, looked up and checked against bounds.
struct RtpParts {
  const uint8_t* payload;
  size_t payload_bytes;
  // Extension elements that are encoded already, in the form that the row asks for.
  const uint8_t* extra;
  size_t extra_bytes;
  const std::string* mid;
  // Middle 24 bits of the NTP time of sending (6.18 fixed-point seconds).
  uint32_t abs_send_time;
};

// More than any header, with its extensions and the RTX prefix, can take.
constexpr size_t kMaxRtpOverhead = 12 + 4 + 3 * (2 + 255) + 255 + 4 + 2;

// Writes the RTP packet that a row describes (RFC 3550 section 5.1): a new header, header extensions in the one- or
// two-byte form (RFC 8285), then the payload, with the original sequence number in front for RTX (RFC 4588 section 4),
// and its picture ids replaced where the row says so. Returns its length; there must be room for payload_bytes +
// kMaxRtpOverhead.
//
//   |V=2|P|X|CC=0|M|PT| sequence number | timestamp | SSRC |
//   | 0xBEDE or 0x1000 | words | id len data … id len data | zeros |   if any extension is there
//   | original sequence number |                                       RTX
//   | payload … |
size_t WriteRtp(const TxRow& row, const ExtensionIds& ids, const RtpParts& parts, uint8_t* out);

}  // namespace madang

#endif  // MADANG_BATCH_RTP_WRITER_H_
