#include "srtp/srtp_receiver.h"

#include "srtp/big_endian.h"
#include "srtp/rtp_header.h"

namespace madang {

namespace {

constexpr uint32_t kEncryptedBit = 0x80000000u;

// Enters an authentic index, and its source when it is a new one.
void Remember(SourceTable* table, ReplayWindow* window, uint32_t ssrc, uint64_t index) {
  if (window == nullptr) window = table->Add(ssrc);
  window->Commit(index);
}

}  // namespace

bool SrtpReceiver::Init(SrtpProfile profile, const uint8_t* master_key, const uint8_t* master_salt) {
  const SrtpProfileTraits* traits = FindSrtpProfile(profile);
  SessionKeys keys;
  return traits != nullptr && DeriveSessionKeys(*traits, master_key, master_salt, &keys) &&
         InitFromSession(profile, keys);
}

bool SrtpReceiver::InitFromSession(SrtpProfile profile, const SessionKeys& keys) {
  const SrtpProfileTraits* traits = FindSrtpProfile(profile);
  if (traits == nullptr || is_ready_) return false;
  is_aead_ = traits->is_aead;
  rtp_.Init(*traits, PacketCipher::Use::kOpenRtp, keys.rtp);
  rtcp_.Init(*traits, PacketCipher::Use::kOpenRtcp, keys.rtcp);
  is_ready_ = true;
  return true;
}

// The steps of RFC 3711 section 3.3 for a receiver.
size_t SrtpReceiver::UnprotectRtp(uint8_t* packet, size_t length, SrtpFailure* why) {
  if (!is_ready_) return Fail(SrtpFailure::kNotKeyed, why);
  const size_t tag = rtp_.tag_bytes();
  if (length < tag) return Fail(SrtpFailure::kMalformed, why);
  const size_t plain = length - tag;
  const size_t header = RtpHeaderBytes(packet, plain);
  if (header == 0) return Fail(SrtpFailure::kMalformed, why);
  const uint32_t ssrc = RtpSsrc(packet);
  ReplayWindow* window = sources_.Find(ssrc);
  uint64_t index = RtpSequence(packet);
  if (window != nullptr) {
    SrtpFailure doubt = window->Estimate(RtpSequence(packet), &index);
    if (doubt == SrtpFailure::kNone) doubt = window->Check(index);
    if (doubt != SrtpFailure::kNone) return Fail(doubt, why);
  } else if (sources_.is_full()) {
    return Fail(SrtpFailure::kTooManySources, why);
  }
  const PacketSpan span{packet, header, plain - header, ssrc, index, static_cast<uint32_t>(index >> 16)};
  if (!rtp_.Open(span, packet + plain)) return Fail(SrtpFailure::kAuthentication, why);
  Remember(&sources_, window, ssrc, index);
  return plain;
}

// RFC 3711 section 3.4. For the layout see SrtpSender::ProtectRtcp.
size_t SrtpReceiver::UnprotectRtcp(uint8_t* packet, size_t length, SrtpFailure* why) {
  if (!is_ready_) return Fail(SrtpFailure::kNotKeyed, why);
  const size_t trailer = rtcp_.tag_bytes() + kSrtcpIndexBytes;
  if (length < trailer || !IsRtcp(packet, length - trailer)) return Fail(SrtpFailure::kMalformed, why);
  const size_t plain = length - trailer;
  const uint32_t word = ReadBe32(packet + plain + (is_aead_ ? rtcp_.tag_bytes() : 0));
  if ((word & kEncryptedBit) == 0) return Fail(SrtpFailure::kNotEncrypted, why);
  const uint32_t index = word & ~kEncryptedBit;
  const uint32_t ssrc = RtcpSsrc(packet);
  ReplayWindow* window = reporters_.Find(ssrc);
  const SrtpFailure doubt = window != nullptr ? window->Check(index) : SrtpFailure::kNone;
  if (doubt != SrtpFailure::kNone) return Fail(doubt, why);
  if (window == nullptr && reporters_.is_full()) return Fail(SrtpFailure::kTooManySources, why);
  const PacketSpan span{packet, kRtcpClearBytes, plain - kRtcpClearBytes, ssrc, index, word};
  if (!rtcp_.Open(span, packet + plain + (is_aead_ ? 0 : kSrtcpIndexBytes)))
    return Fail(SrtpFailure::kAuthentication, why);
  Remember(&reporters_, window, ssrc, index);
  return plain;
}

}  // namespace madang
