#ifndef MADANG_SRTP_PACKET_CIPHER_H_
#define MADANG_SRTP_PACKET_CIPHER_H_

#include <openssl/evp.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "srtp/gcm_context.h"
#include "srtp/hmac_sha1.h"
#include "srtp/session_keys.h"
#include "srtp/srtp_profile.h"

namespace madang {

// A packet as the transforms see it: `clear` bytes, then `secret` bytes. `word` is the rollover counter of RTP or the
// index word of RTCP; AES-CM signs both, GCM authenticates only that of RTCP.
struct PacketSpan {
  uint8_t* bytes;
  size_t clear;
  size_t secret;
  uint32_t ssrc;
  uint64_t index;
  uint32_t word;
};

// Encrypts and authenticates one kind of packet in one direction. Its context is keyed at the first packet and
// then only gets new initialisation vectors; peers that never send or receive never have one.
class PacketCipher {
 public:
  enum class Use { kSealRtp, kSealRtcp, kOpenRtp, kOpenRtcp };

  PacketCipher() = default;
  PacketCipher(const PacketCipher&) = delete;
  PacketCipher& operator=(const PacketCipher&) = delete;

  // Copies the keys. To be called once.
  void Init(const SrtpProfileTraits& traits, Use use, const PacketKeys& keys);

  // Encrypts in place and writes the tag. False when OpenSSL refuses.
  bool Seal(const PacketSpan& packet, uint8_t* tag);
  // Checks the tag and decrypts in place. After false the secret bytes are worthless.
  bool Open(const PacketSpan& packet, const uint8_t* tag);

  size_t tag_bytes() const { return tag_bytes_; }

 private:
  struct ContextDelete {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };

  bool is_rtcp() const { return use_ == Use::kSealRtcp || use_ == Use::kOpenRtcp; }
  bool EnsureKeyed();
  bool KeyCounterMode(bool seals);
  bool StartGcm(const PacketSpan& packet);
  bool SealGcm(const PacketSpan& packet, uint8_t* tag);
  bool OpenGcm(const PacketSpan& packet, const uint8_t* tag);
  bool ApplyCounterMode(const PacketSpan& packet);

  // The one of counter mode, or that of GCM.
  std::unique_ptr<EVP_CIPHER_CTX, ContextDelete> context_;
  std::unique_ptr<GcmContext> gcm_;
  SecretBytes<kMaxSrtpKeyBytes> key_;
  SecretBytes<kMaxSrtpSaltBytes> salt_;
  HmacSha1 hmac_;
  Use use_ = Use::kSealRtp;
  bool is_aead_ = false;
  bool has_long_key_ = false;
  uint8_t tag_bytes_ = 0;
};

}  // namespace madang

#endif  // MADANG_SRTP_PACKET_CIPHER_H_
