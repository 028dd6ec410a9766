// The four entry points of SRTP: mutated packets of every profile, most of them real ones at first.
#include "mutate.h"
#include "rtp_packets.h"
#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {
namespace {

constexpr SrtpProfile kProfiles[] = {SrtpProfile::kAesCm128HmacSha1_80, SrtpProfile::kAesCm128HmacSha1_32,
                                     SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAeadAes256Gcm};

struct Contexts {
  SrtpSender sender;
  SrtpReceiver receiver;
  uint16_t sequence = 0;
  uint32_t age = 0;
};

// One pair per profile, made anew now and then so that tables and windows start empty, too.
class Peers {
 public:
  Contexts* Any(Seeded* random) {
    const uint32_t which = random->Below(4);
    std::unique_ptr<Contexts>& contexts = contexts_[which];
    if (!contexts || ++contexts->age > 20000) {
      uint8_t key[kMaxSrtpKeyBytes];
      uint8_t salt[kMaxSrtpSaltBytes];
      random->Fill(key, sizeof key);
      random->Fill(salt, sizeof salt);
      contexts = std::make_unique<Contexts>();
      CHECK(contexts->sender.Init(kProfiles[which], key, salt) && contexts->receiver.Init(kProfiles[which], key, salt));
    }
    return contexts.get();
  }

 private:
  std::unique_ptr<Contexts> contexts_[4];
};

Bytes Plain(Seeded* random, Contexts* contexts, bool is_rtcp) {
  const uint32_t ssrc = random->OneIn(50) ? random->Next() : random->Below(8);
  return is_rtcp ? RandomRtcp(random, ssrc) : RandomRtp(random, ssrc, contexts->sequence++, 200);
}

size_t Protect(Contexts* contexts, bool is_rtcp, uint8_t* packet, size_t length, size_t capacity) {
  return is_rtcp ? contexts->sender.ProtectRtcp(packet, length, capacity)
                 : contexts->sender.ProtectRtp(packet, length, capacity);
}

uint64_t TryUnprotect(Seeded* random, Peers* peers, bool is_rtcp) {
  Contexts* contexts = peers->Any(random);
  Bytes packet = Plain(random, contexts, is_rtcp);
  const size_t plain = packet.size();
  packet.resize(plain + kMaxSrtpTrailer);
  packet.resize(Protect(contexts, is_rtcp, packet.data(), plain, packet.size()));
  const Bytes honest = packet;
  if (!random->OneIn(10)) Mutate(random, &packet);
  Exact exact(packet);
  SrtpFailure why = SrtpFailure::kNone;
  const size_t length = is_rtcp ? contexts->receiver.UnprotectRtcp(exact.data(), exact.size(), &why)
                                : contexts->receiver.UnprotectRtp(exact.data(), exact.size(), &why);
  Fuzzing::Expect(length == 0 || packet == honest, "only what was protected is taken");
  Fuzzing::Expect(length == 0 ? why != SrtpFailure::kNone : length == plain, "a failure has a reason");
  return 1;
}

uint64_t TryProtect(Seeded* random, Peers* peers, bool is_rtcp) {
  Contexts* contexts = peers->Any(random);
  Bytes packet = Plain(random, contexts, is_rtcp);
  if (!random->OneIn(10)) Mutate(random, &packet);
  const size_t length = packet.size();
  packet.resize(length + random->Below(kMaxSrtpTrailer + 1));
  Exact exact(packet);
  const size_t grown = Protect(contexts, is_rtcp, exact.data(), length, exact.size());
  Fuzzing::Expect(grown == 0 || (grown > length && grown <= exact.size()), "a packet grows by its trailer only");
  return 1;
}

}  // namespace
}  // namespace madang

int main(int count, char** arguments) {
  using namespace madang;
  Fuzzing fuzzing(count, arguments);
  Peers peers;
  fuzzing.Run("SrtpReceiver::UnprotectRtp", [&](Seeded* random) { return TryUnprotect(random, &peers, false); });
  fuzzing.Run("SrtpReceiver::UnprotectRtcp", [&](Seeded* random) { return TryUnprotect(random, &peers, true); });
  fuzzing.Run("SrtpSender::ProtectRtp", [&](Seeded* random) { return TryProtect(random, &peers, false); });
  fuzzing.Run("SrtpSender::ProtectRtcp", [&](Seeded* random) { return TryProtect(random, &peers, true); });
  return 0;
}
