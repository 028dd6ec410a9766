#include "srtp/srtp_sender.h"

#include "srtp/big_endian.h"
#include "srtp/rtp_header.h"

namespace madang {

namespace {

constexpr uint32_t kEncryptedBit = 0x80000000u;

}  // namespace

bool SrtpSender::Init(SrtpProfile profile, const uint8_t* master_key, const uint8_t* master_salt) {
  const SrtpProfileTraits* traits = FindSrtpProfile(profile);
  SessionKeys keys;
  return traits != nullptr && DeriveSessionKeys(*traits, master_key, master_salt, &keys) &&
         InitFromSession(profile, keys);
}

bool SrtpSender::InitFromSession(SrtpProfile profile, const SessionKeys& keys) {
  const SrtpProfileTraits* traits = FindSrtpProfile(profile);
  if (traits == nullptr || is_ready_) return false;
  is_aead_ = traits->is_aead;
  rtp_.Init(*traits, PacketCipher::Use::kSealRtp, keys.rtp);
  rtcp_.Init(*traits, PacketCipher::Use::kSealRtcp, keys.rtcp);
  is_ready_ = true;
  return true;
}

size_t SrtpSender::ProtectRtp(uint8_t* packet, size_t length, size_t capacity) {
  if (!is_ready_) return Fail(SrtpFailure::kNotKeyed);
  const size_t header = RtpHeaderBytes(packet, length);
  if (header == 0) return Fail(SrtpFailure::kMalformed);
  if (capacity < length || capacity - length < rtp_.tag_bytes()) return Fail(SrtpFailure::kNoRoom);
  const uint32_t ssrc = RtpSsrc(packet);
  ReplayWindow* window = sources_.Find(ssrc);
  if (window == nullptr) window = sources_.Add(ssrc);
  if (window == nullptr) return Fail(SrtpFailure::kTooManySources);
  uint64_t index = 0;
  SrtpFailure why = window->Estimate(RtpSequence(packet), &index);
  if (why == SrtpFailure::kNone) why = window->Check(index);
  if (why != SrtpFailure::kNone) return Fail(why);
  // Used from here on, whatever becomes of the packet.
  window->Commit(index);
  const PacketSpan span{packet, header, length - header, ssrc, index, static_cast<uint32_t>(index >> 16)};
  if (!rtp_.Seal(span, packet + length)) return Fail(SrtpFailure::kCipher);
  return length + rtp_.tag_bytes();
}

// AES-CM:  | clear, 8 bytes | secret |  E, index | tag |
// GCM:     | clear, 8 bytes | secret | tag |  E, index |      (RFC 3711 section 3.4, RFC 7714 section 9.2)
size_t SrtpSender::ProtectRtcp(uint8_t* packet, size_t length, size_t capacity) {
  if (!is_ready_) return Fail(SrtpFailure::kNotKeyed);
  if (!IsRtcp(packet, length)) return Fail(SrtpFailure::kMalformed);
  const size_t grows = rtcp_.tag_bytes() + kSrtcpIndexBytes;
  if (capacity < length || capacity - length < grows) return Fail(SrtpFailure::kNoRoom);
  if (next_report_ >= kEncryptedBit) return Fail(SrtpFailure::kKeyExhausted);
  const uint32_t index = next_report_++;
  const uint32_t word = kEncryptedBit | index;
  const PacketSpan span{packet, kRtcpClearBytes, length - kRtcpClearBytes, RtcpSsrc(packet), index, word};
  uint8_t* tag = packet + length + (is_aead_ ? 0 : kSrtcpIndexBytes);
  if (!rtcp_.Seal(span, tag)) return Fail(SrtpFailure::kCipher);
  WriteBe32(packet + length + (is_aead_ ? rtcp_.tag_bytes() : 0), word);
  return length + grows;
}

}  // namespace madang
