// Protects with Debian's libsrtp2 and unprotects here, and the other way round: 10,000 random packets of every header
// shape in each direction, profile and kind, with numbers that leap, wrap and come late.
//
//   srtp_agreement [SEED]
#include <srtp2/srtp.h>

#include <algorithm>
#include <cinttypes>

#include "rtp_packets.h"
#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {
namespace {

constexpr int kPackets = 10000;
constexpr uint32_t kPayloadLimit = 1200;

struct Peer {
  SrtpProfile profile;
  const char* name;
  srtp_profile_t theirs;
  Bytes key;
  Bytes salt;
};

Peer MakePeer(Seeded* random, SrtpProfile profile, const char* name, srtp_profile_t theirs) {
  const SrtpProfileTraits& traits = *FindSrtpProfile(profile);
  Peer peer{profile, name, theirs, Bytes(traits.key_bytes), Bytes(traits.salt_bytes)};
  random->Fill(peer.key.data(), peer.key.size());
  random->Fill(peer.salt.data(), peer.salt.size());
  return peer;
}

srtp_t MakeTheirs(const Peer& peer, srtp_ssrc_type_t direction) {
  srtp_policy_t policy = {};
  CHECK(srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, peer.theirs) == srtp_err_status_ok);
  CHECK(srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, peer.theirs) == srtp_err_status_ok);
  Bytes key = peer.key;
  key.insert(key.end(), peer.salt.begin(), peer.salt.end());
  policy.key = key.data();
  policy.ssrc.type = direction;
  policy.window_size = 1024;
  srtp_t session = nullptr;
  CHECK(srtp_create(&session, &policy) == srtp_err_status_ok);
  return session;
}

// The numbers of one source: mostly the next one, now and then a leap. They start where the rollover comes after at most
// 15,000 of them, and run over it several times with long leaps.
std::vector<uint16_t> Numbers(Seeded* random, int count, uint32_t longest_leap) {
  std::vector<uint16_t> numbers;
  uint32_t next = 50000 + random->Below(15000);
  for (int i = 0; i < count; ++i) {
    numbers.push_back(static_cast<uint16_t>(next));
    next += random->OneIn(50) ? 1 + random->Below(longest_leap) : 1;
  }
  return numbers;
}

constexpr int kSources = 5;
constexpr uint32_t kAnyLeap = 30000;
// A packet that is overtaken by such a leap is still within the window.
constexpr uint32_t kShortLeap = 900;

// Swaps packets with the next of their source, not with two of them and not at the very start: who sees a rollover
// before the first packet of all can't know of it.
void Shuffle(Seeded* random, std::vector<Bytes>* packets) {
  for (size_t i = 10 * kSources; i + 2 * kSources < packets->size(); ++i) {
    if (!random->OneIn(10)) continue;
    std::swap((*packets)[i], (*packets)[i + kSources]);
    i += 2 * kSources;
  }
}

Bytes Expand(const Bytes& plain) {
  Bytes packet = plain;
  packet.resize(plain.size() + SRTP_MAX_TRAILER_LEN + kMaxSrtpTrailer);
  return packet;
}

// Plain packets of several sources; those of one source in order.
std::vector<Bytes> PlainRtp(Seeded* random, uint32_t longest_leap) {
  std::vector<Bytes> packets;
  std::vector<uint16_t> numbers[kSources];
  uint32_t ssrcs[kSources];
  for (int i = 0; i < kSources; ++i) {
    numbers[i] = Numbers(random, kPackets / kSources, longest_leap);
    ssrcs[i] = random->Next();
  }
  for (int i = 0; i < kPackets; ++i) {
    const int source = i % kSources;
    packets.push_back(RandomRtp(random, ssrcs[source], numbers[source][static_cast<size_t>(i / kSources)], kPayloadLimit));
  }
  return packets;
}

std::vector<Bytes> PlainRtcp(Seeded* random) {
  std::vector<Bytes> packets;
  for (int i = 0; i < kPackets; ++i) packets.push_back(RandomRtcp(random, 1 + random->Below(4)));
  return packets;
}

void OursToTheirs(Seeded* random, const Peer& peer, bool is_rtcp) {
  SrtpSender sender;
  CHECK(sender.Init(peer.profile, peer.key.data(), peer.salt.data()));
  srtp_t theirs = MakeTheirs(peer, ssrc_any_inbound);
  std::vector<Bytes> wire;
  std::vector<Bytes> plain = is_rtcp ? PlainRtcp(random) : PlainRtp(random, kAnyLeap);
  for (const Bytes& each : plain) {
    Bytes packet = Expand(each);
    const size_t length = is_rtcp ? sender.ProtectRtcp(packet.data(), each.size(), packet.size())
                                  : sender.ProtectRtp(packet.data(), each.size(), packet.size());
    CHECK(length > each.size());
    packet.resize(length);
    wire.push_back(packet);
  }
  for (size_t i = 0; i < wire.size(); ++i) {
    int length = static_cast<int>(wire[i].size());
    const auto status =
        is_rtcp ? srtp_unprotect_rtcp(theirs, wire[i].data(), &length) : srtp_unprotect(theirs, wire[i].data(), &length);
    if (status != srtp_err_status_ok) std::fprintf(stderr, "packet %zu: libsrtp says %d\n", i, status);
    CHECK(status == srtp_err_status_ok);
    wire[i].resize(static_cast<size_t>(length));
    CHECK(wire[i] == plain[i]);
  }
  srtp_dealloc(theirs);
}

// Their packets arrive rearranged, and some twice.
void TheirsToOurs(Seeded* random, const Peer& peer, bool is_rtcp) {
  srtp_t theirs = MakeTheirs(peer, ssrc_any_outbound);
  SrtpReceiver receiver;
  CHECK(receiver.Init(peer.profile, peer.key.data(), peer.salt.data()));
  std::vector<Bytes> both;  // plain packet, then its wire form, behind a length
  for (const Bytes& each : is_rtcp ? PlainRtcp(random) : PlainRtp(random, kShortLeap)) {
    Bytes packet = Expand(each);
    int length = static_cast<int>(each.size());
    const auto status = is_rtcp ? srtp_protect_rtcp(theirs, packet.data(), &length)
                                : srtp_protect(theirs, packet.data(), &length);
    CHECK(status == srtp_err_status_ok);
    Bytes pair(4);
    WriteBe32(pair.data(), static_cast<uint32_t>(each.size()));
    pair.insert(pair.end(), each.begin(), each.end());
    pair.insert(pair.end(), packet.begin(), packet.begin() + length);
    both.push_back(pair);
  }
  Shuffle(random, &both);
  uint64_t repeats = 0;
  for (const Bytes& pair : both) {
    const size_t plain_bytes = ReadBe32(pair.data());
    const Bytes plain(pair.begin() + 4, pair.begin() + 4 + static_cast<long>(plain_bytes));
    const Bytes wire(pair.begin() + 4 + static_cast<long>(plain_bytes), pair.end());
    const auto unprotect = [&](Bytes* packet, SrtpFailure* why) {
      return is_rtcp ? receiver.UnprotectRtcp(packet->data(), packet->size(), why)
                     : receiver.UnprotectRtp(packet->data(), packet->size(), why);
    };
    SrtpFailure why = SrtpFailure::kNone;
    Bytes packet = wire;
    const size_t length = unprotect(&packet, &why);
    if (length == 0) std::fprintf(stderr, "failure %d\n", static_cast<int>(why));
    CHECK(length == plain.size());
    packet.resize(length);
    CHECK(packet == plain);
    if (!random->OneIn(4)) continue;
    packet = wire;
    CHECK(unprotect(&packet, &why) == 0 && why == SrtpFailure::kRepeated);
    repeats += 1;
  }
  CHECK(repeats > 0 && receiver.failures().Of(SrtpFailure::kRepeated) == repeats);
  srtp_dealloc(theirs);
}

}  // namespace
}  // namespace madang

int main(int count, char** arguments) {
  using namespace madang;
  const uint64_t seed = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1;
  std::printf("seed %" PRIu64 ", %s\n", seed, srtp_get_version_string());
  CHECK(srtp_init() == srtp_err_status_ok);
  Seeded random(seed);
  const Peer peers[] = {
      MakePeer(&random, SrtpProfile::kAesCm128HmacSha1_80, "AES128_CM_SHA1_80", srtp_profile_aes128_cm_sha1_80),
      MakePeer(&random, SrtpProfile::kAesCm128HmacSha1_32, "AES128_CM_SHA1_32", srtp_profile_aes128_cm_sha1_32),
      MakePeer(&random, SrtpProfile::kAeadAes128Gcm, "AEAD_AES_128_GCM", srtp_profile_aead_aes_128_gcm),
      MakePeer(&random, SrtpProfile::kAeadAes256Gcm, "AEAD_AES_256_GCM", srtp_profile_aead_aes_256_gcm),
  };
  for (const Peer& peer : peers) {
    for (const bool is_rtcp : {false, true}) {
      OursToTheirs(&random, peer, is_rtcp);
      std::printf("ok %s, %s, libsrtp takes %d of ours\n", peer.name, is_rtcp ? "SRTCP" : "SRTP", kPackets);
      TheirsToOurs(&random, peer, is_rtcp);
      std::printf("ok %s, %s, we take %d of libsrtp's\n", peer.name, is_rtcp ? "SRTCP" : "SRTP", kPackets);
    }
  }
  srtp_shutdown();
  return 0;
}
