#include "srtp/packet_cipher.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <cstring>

#include "srtp/big_endian.h"

namespace madang {

namespace {

constexpr size_t kGcmTagBytes = 16;
constexpr size_t kGcmIvBytes = 12;

// SSRC and 48-bit index, XORed into the salt that is already there.
void MixIntoIv(uint8_t* at, uint32_t ssrc, uint64_t index) {
  for (int byte = 0; byte < 4; ++byte) at[byte] ^= static_cast<uint8_t>(ssrc >> (24 - 8 * byte));
  for (int byte = 0; byte < 6; ++byte) at[4 + byte] ^= static_cast<uint8_t>(index >> (40 - 8 * byte));
}

bool Update(EVP_CIPHER_CTX* context, uint8_t* out, const uint8_t* in, size_t length) {
  int written = 0;
  return EVP_CipherUpdate(context, out, &written, in, static_cast<int>(length)) == 1;
}

}  // namespace

void PacketCipher::Init(const SrtpProfileTraits& traits, Use use, const PacketKeys& keys) {
  use_ = use;
  is_aead_ = traits.is_aead;
  has_long_key_ = traits.key_bytes == 32;
  tag_bytes_ = static_cast<uint8_t>(is_rtcp() ? traits.rtcp_tag_bytes : traits.rtp_tag_bytes);
  std::memcpy(key_.data(), keys.key.data(), traits.key_bytes);
  std::memcpy(salt_.data(), keys.salt.data(), traits.salt_bytes);
  if (!is_aead_) hmac_.SetKey(keys.auth_key.data(), kSrtpAuthKeyBytes);
}

bool PacketCipher::Seal(const PacketSpan& packet, uint8_t* tag) {
  if (!EnsureKeyed()) return false;
  if (is_aead_) return SealGcm(packet, tag);
  if (!ApplyCounterMode(packet)) return false;
  uint8_t whole[HmacSha1::kTagBytes];
  hmac_.Sign(packet.bytes, packet.clear + packet.secret, packet.word, whole);
  std::memcpy(tag, whole, tag_bytes_);
  return true;
}

bool PacketCipher::Open(const PacketSpan& packet, const uint8_t* tag) {
  if (!EnsureKeyed()) return false;
  if (is_aead_) return OpenGcm(packet, tag);
  uint8_t whole[HmacSha1::kTagBytes];
  hmac_.Sign(packet.bytes, packet.clear + packet.secret, packet.word, whole);
  return CRYPTO_memcmp(tag, whole, tag_bytes_) == 0 && ApplyCounterMode(packet);
}

bool PacketCipher::EnsureKeyed() {
  if (context_) return true;
  std::unique_ptr<EVP_CIPHER_CTX, ContextDelete> context(EVP_CIPHER_CTX_new());
  if (!context || !KeyContext(context.get())) return false;
  context_ = std::move(context);
  key_.Cleanse();
  return true;
}

bool PacketCipher::KeyContext(EVP_CIPHER_CTX* context) {
  const EVP_CIPHER* gcm = has_long_key_ ? EVP_aes_256_gcm() : EVP_aes_128_gcm();
  const bool seals = use_ == Use::kSealRtp || use_ == Use::kSealRtcp;
  return EVP_CipherInit_ex(context, is_aead_ ? gcm : EVP_aes_128_ctr(), nullptr, key_.data(), nullptr, seals) == 1;
}

// RFC 7714 sections 8.1 and 9.1, which are the same for a 48-bit index:
//
//   | 0 | 0 |      SSRC     |         index         |   XOR salt
//   0       2               6                      12
bool PacketCipher::StartGcm(const PacketSpan& packet) {
  uint8_t iv[kGcmIvBytes];
  std::memcpy(iv, salt_.data(), sizeof iv);
  MixIntoIv(iv + 2, packet.ssrc, packet.index);
  if (EVP_CipherInit_ex2(context_.get(), nullptr, nullptr, iv, -1, nullptr) != 1) return false;
  if (!Update(context_.get(), nullptr, packet.bytes, packet.clear)) return false;
  if (!is_rtcp()) return true;
  uint8_t word[kSrtcpIndexBytes];
  WriteBe32(word, packet.word);
  return Update(context_.get(), nullptr, word, sizeof word);
}

bool PacketCipher::SealGcm(const PacketSpan& packet, uint8_t* tag) {
  uint8_t* secret = packet.bytes + packet.clear;
  int written = 0;
  if (!StartGcm(packet) || !Update(context_.get(), secret, secret, packet.secret)) return false;
  if (EVP_CipherFinal_ex(context_.get(), tag, &written) != 1) return false;
  return EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, kGcmTagBytes, tag) == 1;
}

bool PacketCipher::OpenGcm(const PacketSpan& packet, const uint8_t* tag) {
  uint8_t* secret = packet.bytes + packet.clear;
  uint8_t expected[kGcmTagBytes];
  std::memcpy(expected, tag, sizeof expected);
  int written = 0;
  if (!StartGcm(packet) || !Update(context_.get(), secret, secret, packet.secret)) return false;
  if (EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, kGcmTagBytes, expected) != 1) return false;
  return EVP_CipherFinal_ex(context_.get(), expected, &written) == 1;
}

// RFC 3711 section 4.1.1:
//
//   |      0        |      SSRC     |         index         | 0 | 0 |   XOR salt, two zero bytes
//   0               4               8                      14      16
bool PacketCipher::ApplyCounterMode(const PacketSpan& packet) {
  uint8_t iv[16] = {};
  std::memcpy(iv, salt_.data(), kMaxSrtpSaltBytes);
  MixIntoIv(iv + 4, packet.ssrc, packet.index);
  uint8_t* secret = packet.bytes + packet.clear;
  return EVP_CipherInit_ex2(context_.get(), nullptr, nullptr, iv, -1, nullptr) == 1 &&
         Update(context_.get(), secret, secret, packet.secret);
}

}  // namespace madang
