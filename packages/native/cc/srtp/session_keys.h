#ifndef MADANG_SRTP_SESSION_KEYS_H_
#define MADANG_SRTP_SESSION_KEYS_H_

#include <cstddef>
#include <cstdint>

#include "srtp/secret_bytes.h"
#include "srtp/srtp_profile.h"

namespace madang {

// What one kind of packet (RTP or RTCP) of one direction is protected with.
struct PacketKeys {
  SecretBytes<kMaxSrtpKeyBytes> key;
  SecretBytes<kMaxSrtpSaltBytes> salt;
  SecretBytes<kSrtpAuthKeyBytes> auth_key;
};

// The session keys of one direction.
struct SessionKeys {
  PacketKeys rtp;
  PacketKeys rtcp;
};

// Labels of the key derivation (RFC 3711 section 4.3.1).
enum class SrtpKeyLabel : uint8_t {
  kRtpKey = 0,
  kRtpAuthKey = 1,
  kRtpSalt = 2,
  kRtcpKey = 3,
  kRtcpAuthKey = 4,
  kRtcpSalt = 5,
};

// One derived key of `out_bytes`, with a key derivation rate of 0 (RFC 3711 section 4.3.3; AES-256 as in RFC 7714
// section 11). `master_salt` has the profile's length.
bool DeriveSessionKey(const SrtpProfileTraits& traits, const uint8_t* master_key, const uint8_t* master_salt,
                      SrtpKeyLabel label, uint8_t* out, size_t out_bytes);

// All six.
bool DeriveSessionKeys(const SrtpProfileTraits& traits, const uint8_t* master_key, const uint8_t* master_salt,
                       SessionKeys* keys);

}  // namespace madang

#endif  // MADANG_SRTP_SESSION_KEYS_H_
