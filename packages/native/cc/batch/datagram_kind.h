#ifndef MADANG_BATCH_DATAGRAM_KIND_H_
#define MADANG_BATCH_DATAGRAM_KIND_H_

#include <cstdint>

#include "batch/columns.h"

namespace madang {

// What a datagram is by its first byte (RFC 7983 section 7, with the ranges of RFC 9443 section 2).
inline int32_t DatagramKind(uint8_t first_byte) {
  if (first_byte >= 192) return kind::kQuic;
  if (first_byte >= 128) return kind::kRtp;
  if (first_byte >= 80) return kind::kQuic;
  if (first_byte >= 64) return kind::kTurnChannel;
  if (first_byte >= 20) return kind::kDtls;
  if (first_byte >= 16) return kind::kZrtp;
  return first_byte <= 3 ? kind::kStun : kind::kUnknown;
}

// Whether a datagram of kind kRtp is RTCP, by its second byte (RFC 5761 section 4).
inline bool IsRtcp(const uint8_t* datagram) { return (datagram[1] & 0x7f) >= 64 && (datagram[1] & 0x7f) < 96; }

}  // namespace madang

#endif  // MADANG_BATCH_DATAGRAM_KIND_H_
