#ifndef MADANG_SRTP_RTP_HEADER_H_
#define MADANG_SRTP_RTP_HEADER_H_

#include <cstddef>
#include <cstdint>

#include "srtp/big_endian.h"

namespace madang {

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
// |                           timestamp                           |
// |                             SSRC                              |
// |                      CSRC, CC words                           |
// |      defined by profile       |   length, in words            |  if X
// |                     header extension                          |
//
// Bytes of all this, which SRTP leaves in the clear (RFC 3711 section 3.1); 0 when the packet is none or too short.
inline size_t RtpHeaderBytes(const uint8_t* packet, size_t length) {
  constexpr size_t kFixed = 12;
  if (length < kFixed || (packet[0] >> 6) != 2) return 0;
  size_t header = kFixed + 4 * static_cast<size_t>(packet[0] & 0x0f);
  if ((packet[0] & 0x10) != 0) {
    if (length < header + 4) return 0;
    header += 4 + 4 * static_cast<size_t>(ReadBe16(packet + header + 2));
  }
  return header <= length ? header : 0;
}

inline uint16_t RtpSequence(const uint8_t* packet) { return ReadBe16(packet + 2); }
inline uint32_t RtpSsrc(const uint8_t* packet) { return ReadBe32(packet + 8); }

// What SRTCP leaves in the clear: the first header and the sender's SSRC (RFC 3711 section 3.4).
constexpr size_t kRtcpClearBytes = 8;

inline bool IsRtcp(const uint8_t* packet, size_t length) {
  return length >= kRtcpClearBytes && (packet[0] >> 6) == 2;
}

inline uint32_t RtcpSsrc(const uint8_t* packet) { return ReadBe32(packet + 4); }

}  // namespace madang

#endif  // MADANG_SRTP_RTP_HEADER_H_
