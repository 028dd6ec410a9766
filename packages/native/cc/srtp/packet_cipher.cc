#include "srtp/packet_cipher.h"

#include <cstring>
#include <utility>

#include "srtp/big_endian.h"

namespace madang {

namespace {

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
  if (context_ || gcm_) return true;
  const bool seals = use_ == Use::kSealRtp || use_ == Use::kSealRtcp;
  if (is_aead_) gcm_ = GcmContext::Create(key_.data(), has_long_key_ ? 32 : 16, seals);
  else if (!KeyCounterMode(seals)) return false;
  if (is_aead_ && !gcm_) return false;
  key_.Cleanse();
  return true;
}

bool PacketCipher::KeyCounterMode(bool seals) {
  std::unique_ptr<EVP_CIPHER_CTX, ContextDelete> context(EVP_CIPHER_CTX_new());
  if (!context) return false;
  if (EVP_CipherInit_ex(context.get(), EVP_aes_128_ctr(), nullptr, key_.data(), nullptr, seals) != 1) return false;
  context_ = std::move(context);
  return true;
}

// RFC 7714 sections 8.1 and 9.1, which are the same for a 48-bit index:
//
//   | 0 | 0 |      SSRC     |         index         |   XOR salt
//   0       2               6                      12
bool PacketCipher::StartGcm(const PacketSpan& packet) {
  uint8_t iv[GcmContext::kIvBytes];
  std::memcpy(iv, salt_.data(), sizeof iv);
  MixIntoIv(iv + 2, packet.ssrc, packet.index);
  if (!gcm_->Start(iv) || !gcm_->Authenticate(packet.bytes, packet.clear)) return false;
  if (!is_rtcp()) return true;
  uint8_t word[kSrtcpIndexBytes];
  WriteBe32(word, packet.word);
  return gcm_->Authenticate(word, sizeof word);
}

bool PacketCipher::SealGcm(const PacketSpan& packet, uint8_t* tag) {
  return StartGcm(packet) && gcm_->Apply(packet.bytes + packet.clear, packet.secret) && gcm_->Tag(tag);
}

bool PacketCipher::OpenGcm(const PacketSpan& packet, const uint8_t* tag) {
  return StartGcm(packet) && gcm_->Apply(packet.bytes + packet.clear, packet.secret) && gcm_->HasTag(tag);
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
