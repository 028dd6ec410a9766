// What SRTP contexts promise beyond the published vectors: packets are taken once, numbers are used once, forgeries
// change nothing, and nothing is written past the end.
#include <map>
#include <set>
#include <utility>

#include "check.h"
#include "rtp_packets.h"
#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {
namespace {

constexpr SrtpProfile kAll[] = {SrtpProfile::kAesCm128HmacSha1_80, SrtpProfile::kAesCm128HmacSha1_32,
                                SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAeadAes256Gcm};

struct Pair {
  SrtpSender sender;
  SrtpReceiver receiver;

  explicit Pair(SrtpProfile profile, uint64_t seed = 7) {
    uint8_t key[kMaxSrtpKeyBytes];
    uint8_t salt[kMaxSrtpSaltBytes];
    Seeded random(seed);
    random.Fill(key, sizeof key);
    random.Fill(salt, sizeof salt);
    CHECK(sender.Init(profile, key, salt) && receiver.Init(profile, key, salt));
  }

  Bytes ProtectRtp(const Bytes& plain) {
    Bytes packet = plain;
    packet.resize(plain.size() + kMaxSrtpTrailer);
    packet.resize(sender.ProtectRtp(packet.data(), plain.size(), packet.size()));
    return packet;
  }
  Bytes ProtectRtcp(const Bytes& plain) {
    Bytes packet = plain;
    packet.resize(plain.size() + kMaxSrtpTrailer);
    packet.resize(sender.ProtectRtcp(packet.data(), plain.size(), packet.size()));
    return packet;
  }
  SrtpFailure Take(Bytes packet) {
    SrtpFailure why = SrtpFailure::kNone;
    receiver.UnprotectRtp(packet.data(), packet.size(), &why);
    return why;
  }
  SrtpFailure TakeRtcp(Bytes packet) {
    SrtpFailure why = SrtpFailure::kNone;
    receiver.UnprotectRtcp(packet.data(), packet.size(), &why);
    return why;
  }
};

// The window against a set that remembers everything.
void WindowTakesOnce() {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    Seeded random(seed);
    ReplayWindow window;
    std::set<uint64_t> seen;
    uint64_t next = random.Below(100000);
    for (int i = 0; i < 5000; ++i) {
      if (random.OneIn(200)) next += random.Below(3000);
      const uint64_t back = random.OneIn(3) ? random.Below(1500) : 0;
      const uint64_t index = next >= back ? next - back : next;
      next += back == 0 ? 1 : 0;
      const uint64_t highest = seen.empty() ? 0 : *seen.rbegin();
      SrtpFailure expected = SrtpFailure::kNone;
      if (!seen.empty() && highest >= index && highest - index >= ReplayWindow::kSize) {
        expected = SrtpFailure::kTooOld;
      } else if (seen.count(index) != 0) {
        expected = SrtpFailure::kRepeated;
      }
      CHECK(window.Check(index) == expected);
      if (expected != SrtpFailure::kNone) continue;
      window.Commit(index);
      seen.insert(index);
      CHECK(window.highest() == *seen.rbegin());
    }
  }
}

void WindowKnowsRollovers() {
  ReplayWindow window;
  uint64_t index = 0;
  for (uint64_t each = 65000; each < 400000; each += 7000) {
    CHECK(window.Estimate(static_cast<uint16_t>(each), &index) == SrtpFailure::kNone && index == each);
    window.Commit(index);
  }
  // A late one from before the last rollover.
  const uint64_t late = (window.highest() & ~uint64_t{0xffff}) - 1;
  CHECK(window.Estimate(static_cast<uint16_t>(late), &index) == SrtpFailure::kNone && index == late);
  ReplayWindow last;
  last.Commit(ReplayWindow::kLastRtpIndex);
  CHECK(last.Estimate(0, &index) == SrtpFailure::kKeyExhausted);
  CHECK(last.Estimate(0xfffe, &index) == SrtpFailure::kNone && index == ReplayWindow::kLastRtpIndex - 1);
}

// Whatever is asked of a sender: a (SSRC, index) never leaves it twice.
void SenderUsesNumbersOnce() {
  Seeded random(3);
  Pair pair(SrtpProfile::kAeadAes128Gcm);
  std::map<uint32_t, ReplayWindow> estimate;
  std::set<std::pair<uint32_t, uint64_t>> used;
  uint16_t next[4] = {65000, 0, 100, 32767};
  for (int i = 0; i < 40000; ++i) {
    const uint32_t source = random.Below(4);
    uint16_t sequence = next[source];
    if (random.OneIn(4)) {
      sequence = static_cast<uint16_t>(sequence - random.Below(2000));
    } else {
      next[source] = static_cast<uint16_t>(next[source] + (random.OneIn(500) ? random.Below(40000) : 1));
    }
    uint64_t index = 0;
    estimate[source].Estimate(sequence, &index);
    const Bytes packet = pair.ProtectRtp(RandomRtp(&random, source, sequence, 40));
    if (packet.empty()) continue;
    if (estimate[source].Check(index) == SrtpFailure::kNone) estimate[source].Commit(index);
    CHECK(used.emplace(source, index).second);
    CHECK(pair.Take(packet) == SrtpFailure::kNone);
  }
  CHECK(pair.sender.failures().Of(SrtpFailure::kRepeated) > 0);
  CHECK(pair.sender.failures().Of(SrtpFailure::kTooOld) > 0);
}

void ForgeriesChangeNothing(SrtpProfile profile) {
  Seeded random(11);
  Pair pair(profile);
  const Bytes first = pair.ProtectRtp(RandomRtp(&random, 1, 100, 300));
  CHECK(pair.Take(first) == SrtpFailure::kNone);
  const Bytes honest = pair.ProtectRtp(RandomRtp(&random, 1, 101, 300));
  const Bytes report = pair.ProtectRtcp(RandomRtcp(&random, 1));
  for (int i = 0; i < 3000; ++i) {
    Bytes forged = random.OneIn(2) ? honest : RandomRtp(&random, random.Next(), static_cast<uint16_t>(random.Next()), 300);
    forged[random.Below(static_cast<uint32_t>(forged.size()))] ^= static_cast<uint8_t>(1 + random.Below(255));
    CHECK(pair.Take(forged) != SrtpFailure::kNone);
    Bytes forged_report = report;
    forged_report[random.Below(static_cast<uint32_t>(report.size()))] ^= static_cast<uint8_t>(1 + random.Below(255));
    CHECK(pair.TakeRtcp(forged_report) != SrtpFailure::kNone);
  }
  CHECK(pair.Take(honest) == SrtpFailure::kNone);
  CHECK(pair.Take(honest) == SrtpFailure::kRepeated);
  CHECK(pair.TakeRtcp(report) == SrtpFailure::kNone);
  CHECK(pair.TakeRtcp(report) == SrtpFailure::kRepeated);
}

// Every length from nothing on, in a buffer of exactly that length: the sanitizer sees each byte too many.
void StaysInside(SrtpProfile profile) {
  Seeded random(5);
  Pair pair(profile);
  for (size_t length = 0; length < 1500; ++length) {
    for (int kind = 0; kind < 4; ++kind) {
      Bytes exact(length);
      random.Fill(exact.data(), length);
      if (length > 0) exact[0] = static_cast<uint8_t>(0x80 | (exact[0] & 0x1f));
      if (length > 3 && kind == 3) exact[0] = 0x9f;
      CHECK(pair.Take(exact) != SrtpFailure::kNone);
      CHECK(pair.TakeRtcp(exact) != SrtpFailure::kNone);
      const size_t short_of_room = pair.sender.ProtectRtp(exact.data(), length, length);
      CHECK(short_of_room == 0 && pair.sender.ProtectRtcp(exact.data(), length, length) == 0);
    }
  }
}

void TablesAreBounded() {
  Seeded random(9);
  Pair pair(SrtpProfile::kAeadAes128Gcm);
  std::set<uint32_t> sources;
  while (sources.size() < SourceTable::kMax) sources.insert(random.Next());
  for (const uint32_t ssrc : sources) CHECK(pair.Take(pair.ProtectRtp(RandomRtp(&random, ssrc, 5, 20))) == SrtpFailure::kNone);
  uint32_t one_more = 0;
  while (sources.count(one_more) != 0) one_more += 1;
  CHECK(pair.ProtectRtp(RandomRtp(&random, one_more, 5, 20)).empty());
  CHECK(pair.sender.failures().Of(SrtpFailure::kTooManySources) == 1);
  Pair other(SrtpProfile::kAeadAes128Gcm);
  CHECK(pair.Take(other.ProtectRtp(RandomRtp(&random, one_more, 5, 20))) == SrtpFailure::kTooManySources);
  for (const uint32_t ssrc : sources) CHECK(pair.Take(pair.ProtectRtp(RandomRtp(&random, ssrc, 6, 20))) == SrtpFailure::kNone);
}

void NothingWithoutKeys() {
  SrtpSender sender;
  SrtpReceiver receiver;
  Seeded random(1);
  Bytes packet = RandomRtp(&random, 1, 1, 100);
  const size_t length = packet.size();
  packet.resize(length + kMaxSrtpTrailer);
  CHECK(sender.ProtectRtp(packet.data(), length, packet.size()) == 0);
  CHECK(sender.ProtectRtcp(packet.data(), length, packet.size()) == 0);
  CHECK(receiver.UnprotectRtp(packet.data(), packet.size(), nullptr) == 0);
  CHECK(receiver.UnprotectRtcp(packet.data(), packet.size(), nullptr) == 0);
  CHECK(!sender.Init(static_cast<SrtpProfile>(5), packet.data(), packet.data()));
  CHECK(sender.Init(SrtpProfile::kAesCm128HmacSha1_80, packet.data(), packet.data()));
  CHECK(!sender.Init(SrtpProfile::kAesCm128HmacSha1_80, packet.data(), packet.data()));
}

}  // namespace
}  // namespace madang

int main() {
  using namespace madang;
  Try("the replay window takes an index once", WindowTakesOnce);
  Try("a rollover is counted, and its last packet late", WindowKnowsRollovers);
  Try("a sender uses no number twice", SenderUsesNumbersOnce);
  for (const SrtpProfile profile : kAll) {
    std::printf("profile %d\n", static_cast<int>(profile));
    Try("forged packets are refused and change nothing", [=] { ForgeriesChangeNothing(profile); });
    Try("nothing is read or written outside the buffer", [=] { StaysInside(profile); });
  }
  Try("the tables of sources are bounded and forget nothing", TablesAreBounded);
  Try("without keys nothing is protected", NothingWithoutKeys);
  return 0;
}
