#ifndef MADANG_SRTP_SRTP_PROFILE_H_
#define MADANG_SRTP_SRTP_PROFILE_H_

#include <cstddef>
#include <cstdint>

namespace madang {

// The protection profiles by their numbers in `use_srtp` (RFC 5764 section 4.1.2, RFC 7714 section 14.2).
enum class SrtpProfile : uint16_t {
  kAesCm128HmacSha1_80 = 1,
  kAesCm128HmacSha1_32 = 2,
  kAeadAes128Gcm = 7,
  kAeadAes256Gcm = 8,
};

// Lengths in bytes. The SRTCP tag of the _32 profile is the long one (RFC 5764 section 4.1.2).
struct SrtpProfileTraits {
  SrtpProfile profile;
  size_t key_bytes;
  size_t salt_bytes;
  size_t rtp_tag_bytes;
  size_t rtcp_tag_bytes;
  bool is_aead;
};

// Null for a number that is none of the four.
const SrtpProfileTraits* FindSrtpProfile(SrtpProfile profile);

constexpr size_t kMaxSrtpKeyBytes = 32;
constexpr size_t kMaxSrtpSaltBytes = 14;
constexpr size_t kSrtpAuthKeyBytes = 20;
// The index word at the end of every SRTCP packet.
constexpr size_t kSrtcpIndexBytes = 4;
// What a packet may grow by when it is protected: a GCM tag and the index word of SRTCP.
constexpr size_t kMaxSrtpTrailer = 16 + kSrtcpIndexBytes;

}  // namespace madang

#endif  // MADANG_SRTP_SRTP_PROFILE_H_
