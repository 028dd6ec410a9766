#include "srtp/session_keys.h"

#include <openssl/evp.h>

#include <cstring>
#include <memory>

namespace madang {

namespace {

struct CipherDelete {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

}  // namespace

// The keystream of AES in counter mode from the block that holds
//
//   | master salt, zeros up to 14 bytes |  0 |  0 |      label is XORed into byte 7: with a rate of 0, the key
//   0                                  14        16      identifier is the label followed by 48 zero bits
bool DeriveSessionKey(const SrtpProfileTraits& traits, const uint8_t* master_key, const uint8_t* master_salt,
                      SrtpKeyLabel label, uint8_t* out, size_t out_bytes) {
  SecretBytes<16> block;
  std::memcpy(block.data(), master_salt, traits.salt_bytes);
  block.data()[7] ^= static_cast<uint8_t>(label);
  const std::unique_ptr<EVP_CIPHER_CTX, CipherDelete> context(EVP_CIPHER_CTX_new());
  const EVP_CIPHER* cipher = traits.key_bytes == 32 ? EVP_aes_256_ctr() : EVP_aes_128_ctr();
  if (!context || EVP_EncryptInit_ex(context.get(), cipher, nullptr, master_key, block.data()) != 1) return false;
  std::memset(out, 0, out_bytes);
  int written = 0;
  return EVP_EncryptUpdate(context.get(), out, &written, out, static_cast<int>(out_bytes)) == 1;
}

bool DeriveSessionKeys(const SrtpProfileTraits& traits, const uint8_t* master_key, const uint8_t* master_salt,
                       SessionKeys* keys) {
  const auto derive = [&](SrtpKeyLabel label, uint8_t* out, size_t bytes) {
    return DeriveSessionKey(traits, master_key, master_salt, label, out, bytes);
  };
  return derive(SrtpKeyLabel::kRtpKey, keys->rtp.key.data(), traits.key_bytes) &&
         derive(SrtpKeyLabel::kRtpAuthKey, keys->rtp.auth_key.data(), kSrtpAuthKeyBytes) &&
         derive(SrtpKeyLabel::kRtpSalt, keys->rtp.salt.data(), traits.salt_bytes) &&
         derive(SrtpKeyLabel::kRtcpKey, keys->rtcp.key.data(), traits.key_bytes) &&
         derive(SrtpKeyLabel::kRtcpAuthKey, keys->rtcp.auth_key.data(), kSrtpAuthKeyBytes) &&
         derive(SrtpKeyLabel::kRtcpSalt, keys->rtcp.salt.data(), traits.salt_bytes);
}

}  // namespace madang
