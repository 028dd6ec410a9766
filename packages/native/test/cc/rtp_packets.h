// Random RTP and RTCP packets of every header shape.
#ifndef MADANG_TEST_RTP_PACKETS_H_
#define MADANG_TEST_RTP_PACKETS_H_

#include "check.h"
#include "srtp/big_endian.h"

namespace madang {

// CSRCs and a header extension are there at random; the payload is 1 to `payload_limit` bytes.
inline Bytes RandomRtp(Seeded* random, uint32_t ssrc, uint16_t sequence, uint32_t payload_limit) {
  const uint32_t csrcs = random->OneIn(3) ? random->Below(16) : 0;
  const bool has_extension = random->OneIn(2);
  const uint32_t extension_words = has_extension ? random->Below(random->OneIn(20) ? 64 : 8) : 0;
  const size_t header = 12 + 4 * csrcs + (has_extension ? 4 + 4 * extension_words : 0);
  Bytes packet(header + 1 + random->Below(payload_limit));
  random->Fill(packet.data(), packet.size());
  packet[0] = static_cast<uint8_t>(0x80 | (has_extension ? 0x10 : 0) | csrcs);
  packet[2] = static_cast<uint8_t>(sequence >> 8);
  packet[3] = static_cast<uint8_t>(sequence);
  WriteBe32(&packet[8], ssrc);
  if (has_extension) {
    uint8_t* at = &packet[12 + 4 * csrcs];
    WriteBe32(at, (random->OneIn(2) ? 0xbede0000u : 0x10000000u) | extension_words);
  }
  return packet;
}

// A compound of whole words, from the eight bytes of the shortest to about a thousand.
inline Bytes RandomRtcp(Seeded* random, uint32_t ssrc) {
  Bytes packet(8 + 4 * random->Below(random->OneIn(10) ? 256 : 24));
  random->Fill(packet.data(), packet.size());
  packet[0] = static_cast<uint8_t>(0x80 | random->Below(32));
  packet[1] = static_cast<uint8_t>(200 + random->Below(8));
  const size_t words = packet.size() / 4 - 1;
  packet[2] = static_cast<uint8_t>(words >> 8);
  packet[3] = static_cast<uint8_t>(words);
  WriteBe32(&packet[4], ssrc);
  return packet;
}

}  // namespace madang

#endif  // MADANG_TEST_RTP_PACKETS_H_
