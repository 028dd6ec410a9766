// The published vectors of RFC 3711 appendix B and RFC 7714 sections 16 and 17, byte for byte.
#include <cstring>

#include "check.h"
#include "srtp/packet_cipher.h"
#include "srtp/session_keys.h"
#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {
namespace {

void DerivesKeys() {  // RFC 3711 appendix B.3
  const SrtpProfileTraits& traits = *FindSrtpProfile(SrtpProfile::kAesCm128HmacSha1_80);
  const Bytes key = Hex("E1F97A0D3E018BE0D64FA32C06DE4139");
  const Bytes salt = Hex("0EC675AD498AFEEBB6960B3AABE6");
  const auto derives = [&](SrtpKeyLabel label, const char* expected) {
    const Bytes wanted = Hex(expected);
    Bytes got(wanted.size());
    CHECK(DeriveSessionKey(traits, key.data(), salt.data(), label, got.data(), got.size()));
    return got == wanted;
  };
  CHECK(derives(SrtpKeyLabel::kRtpKey, "C61E7A93744F39EE10734AFE3FF7A087"));
  CHECK(derives(SrtpKeyLabel::kRtpSalt, "30CBBC08863D8C85D49DB34A9AE1"));
  CHECK(derives(SrtpKeyLabel::kRtpAuthKey,
                "CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE"
                "E049646C43D9327AD175578EF7227098 6371C10C9A369AC2F94A8C5FBCDDDC25"
                "6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2"));
}

// RFC 3711 appendix B.2: the keystream of one packet of index 0 and SSRC 0, 65,282 blocks long.
void MakesKeystream() {
  PacketKeys keys;
  std::memcpy(keys.key.data(), Hex("2B7E151628AED2A6ABF7158809CF4F3C").data(), 16);
  std::memcpy(keys.salt.data(), Hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD").data(), 14);
  PacketCipher cipher;
  cipher.Init(*FindSrtpProfile(SrtpProfile::kAesCm128HmacSha1_80), PacketCipher::Use::kSealRtp, keys);
  Bytes packet(12 + 1044512);
  uint8_t tag[10];
  CHECK(cipher.Seal({packet.data(), 12, packet.size() - 12, 0, 0, 0}, tag));
  const Bytes first = Hex("E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB"
                          "41E95B3BB0A2E8DD477901E4FCA894C0");
  const Bytes last = Hex("EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE"
                         "6A2CC3787889374FBEB4C81B17BA6C44");
  CHECK(std::memcmp(&packet[12], first.data(), first.size()) == 0);
  CHECK(std::memcmp(&packet[packet.size() - last.size()], last.data(), last.size()) == 0);
}

void FillGcmKeys(SessionKeys* keys) {
  for (PacketKeys* each : {&keys->rtp, &keys->rtcp}) {
    for (size_t at = 0; at < each->key.size(); ++at) each->key.data()[at] = static_cast<uint8_t>(at);
    std::memcpy(each->salt.data(), "Quid pro quo", 12);
  }
}

void ProtectsRtp(SrtpProfile profile, const char* expected) {
  SessionKeys keys;
  FillGcmKeys(&keys);
  SrtpSender sender;
  SrtpReceiver receiver;
  CHECK(sender.InitFromSession(profile, keys) && receiver.InitFromSession(profile, keys));
  const Bytes plain = Hex("8040f17b8041f8d35501a0b2 47616c6c696120657374206f6d6e69732064697669736120696e20706172746573"
                          "2074726573");
  const Bytes wanted = Hex(expected);
  Bytes packet = plain;
  packet.resize(plain.size() + kMaxSrtpTrailer);
  CHECK(sender.ProtectRtp(packet.data(), plain.size(), packet.size()) == wanted.size());
  packet.resize(wanted.size());
  CHECK(packet == wanted);
  CHECK(receiver.UnprotectRtp(packet.data(), packet.size(), nullptr) == plain.size());
  packet.resize(plain.size());
  CHECK(packet == plain);
}

void ProtectsRtcp(SrtpProfile profile, const char* expected) {
  constexpr uint32_t kIndex = 0x5d4;
  SessionKeys keys;
  FillGcmKeys(&keys);
  SrtpSender sender;
  SrtpReceiver receiver;
  CHECK(sender.InitFromSession(profile, keys) && receiver.InitFromSession(profile, keys));
  const Bytes plain = Hex("81c8000d4d617273 4e5450314e545032525450200000042a0000e9304c756e61 deadbeefdeadbeef"
                          "deadbeefdeadbeef deadbeef");
  const Bytes wanted = Hex(expected);
  Bytes packet;
  for (uint32_t index = 0; index <= kIndex; ++index) {
    packet = plain;
    packet.resize(plain.size() + kMaxSrtpTrailer);
    CHECK(sender.ProtectRtcp(packet.data(), plain.size(), packet.size()) == wanted.size());
  }
  packet.resize(wanted.size());
  CHECK(packet == wanted);
  CHECK(receiver.UnprotectRtcp(packet.data(), packet.size(), nullptr) == plain.size());
  packet.resize(plain.size());
  CHECK(packet == plain);
}

// Section 17.3 gives a packet with a good tag and without the E bit. It is refused here: nobody agrees to send so.
void RefusesTagOnly() {
  SessionKeys keys;
  FillGcmKeys(&keys);
  SrtpReceiver receiver;
  CHECK(receiver.InitFromSession(SrtpProfile::kAeadAes128Gcm, keys));
  Bytes packet = Hex("81c8000d4d617273 4e5450314e545032525450200000042a0000e9304c756e61 deadbeefdeadbeef"
                     "deadbeefdeadbeef deadbeef 841dd9683dd78ec92ae58790125f62b3 000005d4");
  SrtpFailure why = SrtpFailure::kNone;
  CHECK(receiver.UnprotectRtcp(packet.data(), packet.size(), &why) == 0);
  CHECK(why == SrtpFailure::kNotEncrypted && receiver.failures().Of(why) == 1);
}

}  // namespace
}  // namespace madang

int main() {
  using madang::SrtpProfile;
  madang::Try("RFC 3711 B.2, keystream", madang::MakesKeystream);
  madang::Try("RFC 3711 B.3, key derivation", madang::DerivesKeys);
  madang::Try("RFC 7714 16.1, SRTP with AES-128-GCM", [] {
    madang::ProtectsRtp(SrtpProfile::kAeadAes128Gcm,
                        "8040f17b8041f8d35501a0b2 f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf"
                        "8833 899d7f27beb16a9152cf765ee4390cce");
  });
  madang::Try("RFC 7714 16.2, SRTP with AES-256-GCM", [] {
    madang::ProtectsRtp(SrtpProfile::kAeadAes256Gcm,
                        "8040f17b8041f8d35501a0b2 32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799"
                        "b87b 7aa3db36dfffd6b0f9bb7878d7a76c13");
  });
  madang::Try("RFC 7714 17.1, SRTCP with AES-128-GCM", [] {
    madang::ProtectsRtcp(SrtpProfile::kAeadAes128Gcm,
                         "81c8000d4d617273 63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded"
                         "0bb9275bc84aa45896cf4d2fc5abf87245d9eade 800005d4");
  });
  madang::Try("RFC 7714 17.2, SRTCP with AES-256-GCM", [] {
    madang::ProtectsRtcp(SrtpProfile::kAeadAes256Gcm,
                         "81c8000d4d617273 d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de047"
                         "6f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be 800005d4");
  });
  madang::Try("RFC 7714 17.3, a packet that is only tagged is refused", madang::RefusesTagOnly);
  return 0;
}
