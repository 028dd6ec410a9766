// What DTLS sessions promise, two of them against each other.
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <functional>
#include <string>

#include "check.h"
#include "dtls/hello_guard.h"
#include "dtls/self_signed.h"
#include "dtls_pair.h"
#include "rtp_packets.h"

namespace madang {
namespace {

struct Identities {
  std::unique_ptr<DtlsIdentity> a = DtlsIdentity::Generate();
  std::unique_ptr<DtlsIdentity> b = DtlsIdentity::Generate();
  std::unique_ptr<DtlsIdentity> stranger = DtlsIdentity::Generate();
};

void ExpectMedia(SrtpSender* sender, SrtpReceiver* receiver) {
  Seeded random(1);
  const Bytes plain = RandomRtp(&random, 5, 77, 500);
  Bytes packet = plain;
  packet.resize(plain.size() + kMaxSrtpTrailer);
  const size_t length = sender->ProtectRtp(packet.data(), plain.size(), packet.size());
  CHECK(length > plain.size());
  CHECK(receiver->UnprotectRtp(packet.data(), length, nullptr) == plain.size());
  CHECK(std::equal(plain.begin(), plain.end(), packet.begin()));
}

// Both sides' keys fit, for each profile that can be agreed on.
void AgreesOnKeys(Identities* of) {
  const SrtpProfile all[] = {SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAeadAes256Gcm,
                             SrtpProfile::kAesCm128HmacSha1_80, SrtpProfile::kAesCm128HmacSha1_32};
  for (const SrtpProfile profile : all) {
    CHECK(of->b->SetProfiles(&profile, 1) && of->a->SetProfiles(all, 4));
    DtlsPair pair(of->a.get(), of->b.get());
    SrtpSender to_server, to_client;
    SrtpReceiver from_server, from_client;
    CHECK(!pair.client.session->TakeSrtp(&to_server, &from_server));
    pair.Connect();
    CHECK(pair.client.session->srtp_profile() == static_cast<uint16_t>(profile));
    CHECK(pair.client.session->TakeSrtp(&to_server, &from_server));
    CHECK(pair.server.session->TakeSrtp(&to_client, &from_client));
    CHECK(!pair.server.session->TakeSrtp(&to_client, &from_client));
    ExpectMedia(&to_server, &from_client);
    ExpectMedia(&to_client, &from_server);
  }
  CHECK(of->b->SetProfiles(all, 4));
}

void NeedsAProfileInCommon(Identities* of) {
  const SrtpProfile gcm = SrtpProfile::kAeadAes128Gcm;
  const SrtpProfile cm = SrtpProfile::kAesCm128HmacSha1_80;
  CHECK(of->a->SetProfiles(&gcm, 1) && of->b->SetProfiles(&cm, 1));
  DtlsPair pair(of->a.get(), of->b.get());
  pair.Trust();
  pair.Start();
  pair.Settle();
  CHECK(!pair.is_connected() && pair.server.session->failure() == DtlsFailure::kNoProfile);
  DtlsOptions client = As(DtlsRole::kClient), server = As(DtlsRole::kServer);
  client.needs_srtp = server.needs_srtp = false;
  DtlsPair data_only(of->a.get(), of->b.get(), client, server);
  data_only.Connect();
  CHECK(of->a->SetProfiles(&gcm, 1) && of->b->SetProfiles(&gcm, 1));
}

void CarriesData(Identities* of) {
  DtlsPair pair(of->a.get(), of->b.get());
  CHECK(!pair.client.session->Send(reinterpret_cast<const uint8_t*>("x"), 1));
  pair.Connect();
  Seeded random(4);
  const size_t most = pair.client.session->max_data_bytes();
  CHECK(most > 1100 && most < 1200);
  Bytes longest(most);
  random.Fill(longest.data(), longest.size());
  for (int round = 0; round < 100; ++round) {
    const size_t length = 1 + random.Below(static_cast<uint32_t>(most));
    CHECK(pair.client.session->Send(longest.data(), length));
    CHECK(pair.server.session->Send(longest.data(), most));
    pair.Settle();
    CHECK(pair.server.data.back() == Bytes(longest.begin(), longest.begin() + static_cast<long>(length)));
    CHECK(pair.client.data.back() == longest);
  }
  CHECK(pair.server.data.size() == 100 && pair.client.data.size() == 100);
  CHECK(pair.client.longest <= 1200 && pair.server.longest <= 1200);
  longest.push_back(0);
  CHECK(!pair.client.session->Send(longest.data(), longest.size()) && !pair.client.session->Send(longest.data(), 0));
}

void RefusesAnotherCertificate(Identities* of) {
  for (const bool client_is_wrong : {true, false}) {
    DtlsPair pair(client_is_wrong ? of->stranger.get() : of->a.get(),
                  client_is_wrong ? of->b.get() : of->stranger.get());
    pair.client.session->SetRemoteFingerprint(of->b->fingerprint());
    pair.server.session->SetRemoteFingerprint(of->a->fingerprint());
    pair.Start();
    pair.Settle();
    DtlsEnd& judge = client_is_wrong ? pair.server : pair.client;
    DtlsEnd& other = client_is_wrong ? pair.client : pair.server;
    CHECK(judge.session->state() == DtlsState::kFailed);
    CHECK(judge.session->failure() == DtlsFailure::kFingerprint);
    CHECK(judge.session->alert_sent() == SSL_AD_BAD_CERTIFICATE);
    CHECK(other.session->failure() == DtlsFailure::kAlert);
    CHECK(other.session->alert_received() == SSL_AD_BAD_CERTIFICATE);
    SrtpSender sender;
    SrtpReceiver receiver;
    CHECK(!judge.session->TakeSrtp(&sender, &receiver) && !sender.is_ready());
  }
}

// Signaling may be slower than the handshake: nothing is given out before it has spoken.
void WaitsForTheFingerprint(Identities* of) {
  for (const bool is_right : {true, false}) {
    DtlsPair pair(of->a.get(), of->b.get());
    pair.client.session->SetRemoteFingerprint(of->b->fingerprint());
    pair.Start();
    pair.Settle();
    DtlsSession& server = *pair.server.session;
    CHECK(pair.client.session->state() == DtlsState::kConnected);
    CHECK(server.state() == DtlsState::kConnecting && server.NextTimeoutMs(NowMs()) > 1000);
    SrtpSender sender;
    SrtpReceiver receiver;
    CHECK(!server.TakeSrtp(&sender, &receiver));
    CHECK(pair.client.session->Send(reinterpret_cast<const uint8_t*>("early"), 5));
    pair.Settle();
    CHECK(pair.server.data.empty());
    server.SetRemoteFingerprint((is_right ? of->a : of->stranger)->fingerprint());
    pair.Settle();
    CHECK(server.state() == (is_right ? DtlsState::kConnected : DtlsState::kFailed));
    CHECK(server.TakeSrtp(&sender, &receiver) == is_right);
    CHECK(is_right || server.failure() == DtlsFailure::kFingerprint);
    CHECK(is_right || pair.client.session->state() == DtlsState::kClosed);
  }
}

// Real time passes here, because OpenSSL's timers can't be told any other.
void SurvivesLoss(Identities* of) {
  size_t lost = 0;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    Seeded random(seed);
    DtlsPair pair(of->a.get(), of->b.get());
    pair.Trust();
    pair.Start();
    const double deadline = NowMs() + 20000;
    while (!pair.is_connected() && NowMs() < deadline) {
      for (int i = 0; i < 2; ++i) {
        DtlsEnd& from = i == 0 ? pair.client : pair.server;
        DtlsEnd& to = i == 0 ? pair.server : pair.client;
        if (from.sent.size() > 1 && random.OneIn(4)) std::swap(from.sent[0], from.sent[1]);
        while (!from.sent.empty()) {
          const Bytes datagram = from.sent.front();
          from.sent.pop_front();
          if (random.OneIn(4)) {
            lost += 1;
            continue;
          }
          for (int copies = random.OneIn(5) ? 2 : 1; copies > 0; --copies) {
            to.session->Receive(datagram.data(), datagram.size(), NowMs());
          }
        }
        const double left = from.session->NextTimeoutMs(NowMs());
        if (left == 0) from.session->HandleTimeout(NowMs());
      }
      SleepMs(2);
    }
    CHECK(pair.is_connected());
    CHECK(pair.client.longest <= 1200 && pair.server.longest <= 1200);
  }
  CHECK(lost > 10);
}

// A quiet peer: OpenSSL retransmits, and the deadline ends it. Here time is an argument, so no waiting.
void GivesUp(Identities* of) {
  DtlsPair pair(of->a.get(), of->b.get());
  pair.Trust();
  pair.Start();
  const double now = NowMs();
  CHECK(pair.server.session->NextTimeoutMs(now) == DtlsSession::kNever);
  const double left = pair.client.session->NextTimeoutMs(now);
  CHECK(left >= 0 && left <= 100);
  pair.client.session->HandleTimeout(now + DtlsSession::kHandshakeMs + 1);
  CHECK(pair.client.session->failure() == DtlsFailure::kTimeout);
  CHECK(pair.client.session->NextTimeoutMs(now) == DtlsSession::kNever);
}

void KeepsToSmallDatagrams(Identities* of) {
  DtlsOptions client = As(DtlsRole::kClient), server = As(DtlsRole::kServer);
  client.max_datagram = server.max_datagram = 400;
  DtlsPair pair(of->a.get(), of->b.get(), client, server);
  pair.Connect();
  CHECK(pair.client.longest <= 400 && pair.server.longest <= 400);
  Bytes data(pair.client.session->max_data_bytes());
  CHECK(data.size() > 300 && pair.client.session->Send(data.data(), data.size()));
  CHECK(pair.client.longest <= 400);
}

void SaysGoodBye(Identities* of) {
  DtlsPair pair(of->a.get(), of->b.get());
  pair.Connect();
  pair.client.session->Close();
  CHECK(pair.client.session->state() == DtlsState::kClosed);
  pair.Settle();
  CHECK(pair.server.session->state() == DtlsState::kClosed);
  CHECK(!pair.server.session->Send(reinterpret_cast<const uint8_t*>("x"), 1));
  SrtpSender sender;
  SrtpReceiver receiver;
  CHECK(!pair.server.session->TakeSrtp(&sender, &receiver));
}

// Whatever plaintext or forged bytes arrive at a connected session, it goes on.
void CannotBeDisturbed(Identities* of) {
  DtlsPair first(of->a.get(), of->b.get());
  first.Trust();
  first.Start();
  const Bytes hello = first.client.sent.front();
  first.Settle();
  DtlsSession& server = *first.server.session;
  Seeded random(8);
  const Bytes fatal_alert = Hex("15 fefd 0000 000000000005 0002 0228");
  // Too short to hold a tag: OpenSSL would give up over it.
  const Bytes short_alert = Hex("15 fefd 0001 000000000005 0002 0228");
  const Bytes forged_alert = Hex("15 fefd 0001 000000000005 001a 0001000000000005 112233445566778899aabbccddeeff001122");
  for (int round = 0; round < 2000; ++round) {
    const Bytes* known[] = {&hello, &fatal_alert, &short_alert, &forged_alert};
    Bytes bytes = round % 5 == 4 ? Bytes(200) : *known[round % 5];
    if (round % 5 == 4) random.Fill(bytes.data(), bytes.size());
    if (random.OneIn(2)) bytes[random.Below(static_cast<uint32_t>(bytes.size()))] ^= 1;
    server.Receive(bytes.data(), bytes.size(), NowMs());
  }
  CHECK(server.state() == DtlsState::kConnected && first.server.sent.empty());
  CHECK(server.dropped_records() > 900);
  CHECK(first.client.session->Send(reinterpret_cast<const uint8_t*>("still here"), 10));
  first.Settle();
  CHECK(first.server.data.size() == 1 && first.server.data[0].size() == 10);
}

// Nothing but a hello makes a server spend memory.
void BeginsWithAHello(Identities* of) {
  DtlsPair pair(of->a.get(), of->b.get());
  pair.Trust();
  pair.server.session->Start(NowMs());
  const Bytes finished = Hex("16 fefd 0001 000000000000 0018 000000000000000011223344556677889900aabbccddeeff");
  const Bytes empty = Hex("16 fefd 0000 000000000000 000c 010000000000000000000000");
  const Bytes huge = Hex("16 fefd 0000 000000000000 000d 01ffffff000000000000000100");
  for (const Bytes& each : {finished, empty, huge}) {
    pair.server.session->Receive(each.data(), each.size(), NowMs());
    CHECK(pair.server.session->NextTimeoutMs(NowMs()) == DtlsSession::kNever);
  }
  CHECK(pair.server.session->dropped_records() == 3 && pair.server.sent.empty());
  pair.client.session->Start(NowMs());
  pair.Settle();
  CHECK(pair.is_connected());
}

// What a port open to everybody does: first the guard, then a session.
void ExchangesCookies(Identities* of) {
  const Bytes secret(20, 3);
  const HelloGuard guard(secret.data());
  const Bytes here = Hex("7f000001 1234"), elsewhere = Hex("7f000001 1235");
  DtlsOptions server = As(DtlsRole::kServer);
  server.after_cookie = true;
  DtlsPair pair(of->a.get(), of->b.get(), As(DtlsRole::kClient), server);
  pair.Trust();
  pair.Start();
  uint8_t reply[HelloGuard::kReplyBytes];
  const auto check = [&](const Bytes& hello, const Bytes& from, double now_ms) {
    return guard.Check(hello.data(), hello.size(), from.data(), from.size(), now_ms, reply);
  };
  CHECK(check(pair.client.sent.front(), here, 0) == HelloGuard::Verdict::kReply);
  CHECK(sizeof reply < pair.client.sent.front().size());
  pair.client.sent.clear();
  pair.client.session->Receive(reply, sizeof reply, NowMs());
  CHECK(pair.client.sent.size() == 1);
  const Bytes second = pair.client.sent.front();
  CHECK(check(second, elsewhere, 0) == HelloGuard::Verdict::kReply);
  CHECK(check(second, here, 2 * HelloGuard::kCookieMs) == HelloGuard::Verdict::kReply);
  CHECK(check(second, here, HelloGuard::kCookieMs) == HelloGuard::Verdict::kAccept);
  Bytes cut = second;
  for (; !cut.empty(); cut.pop_back()) CHECK(cut == second || check(cut, here, 0) == HelloGuard::Verdict::kDrop);
  pair.Settle();
  CHECK(pair.is_connected());
}

void LoadsFromPem(Identities* of) {
  const auto copy = DtlsIdentity::Load(of->a->CertificatePem(), of->a->KeyPem());
  CHECK(copy && std::equal(copy->fingerprint(), copy->fingerprint() + kFingerprintBytes, of->a->fingerprint()));
  DtlsPair pair(copy.get(), of->b.get());
  pair.Connect();
  CHECK(!DtlsIdentity::Load(of->a->CertificatePem(), of->b->KeyPem()));
  CHECK(!DtlsIdentity::Load("", "") && !DtlsIdentity::Load("-----BEGIN CERTIFICATE-----", of->a->KeyPem()));
}

std::string Written(const std::function<void(BIO*)>& write) {
  const BioPointer memory(BIO_new(BIO_s_mem()));
  write(memory.get());
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory.get(), &data);
  return std::string(data, static_cast<size_t>(length));
}

// As an operator's certificate may be.
void LoadsRsa(Identities* of) {
  const KeyPointer key(EVP_RSA_gen(2048));
  const CertificatePointer certificate = SelfSign(key.get());
  const auto identity = DtlsIdentity::Load(
      Written([&](BIO* to) { PEM_write_bio_X509(to, certificate.get()); }),
      Written([&](BIO* to) { PEM_write_bio_PKCS8PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr); }));
  CHECK(identity);
  DtlsPair pair(of->a.get(), identity.get());
  pair.Connect();
}

}  // namespace
}  // namespace madang

int main() {
  using namespace madang;
  Identities of;
  CHECK(of.a && of.b && of.stranger);
  Try("both sides get keys that fit, for each profile", [&] { AgreesOnKeys(&of); });
  Try("without a profile in common there is no session, unless none is needed", [&] { NeedsAProfileInCommon(&of); });
  Try("data of every size up to the datagram arrives", [&] { CarriesData(&of); });
  Try("a certificate other than announced is refused with an alert", [&] { RefusesAnotherCertificate(&of); });
  Try("nothing is given out before signaling has named the fingerprint", [&] { WaitsForTheFingerprint(&of); });
  Try("a handshake gets through loss, repetition and disorder", [&] { SurvivesLoss(&of); });
  Try("a peer that stays silent is given up", [&] { GivesUp(&of); });
  Try("no datagram is longer than allowed", [&] { KeepsToSmallDatagrams(&of); });
  Try("closing is told to the peer", [&] { SaysGoodBye(&of); });
  Try("a connected session can't be disturbed from outside", [&] { CannotBeDisturbed(&of); });
  Try("only a hello begins a session", [&] { BeginsWithAHello(&of); });
  Try("a cookie shows that a sender can receive", [&] { ExchangesCookies(&of); });
  Try("an identity can be kept as PEM", [&] { LoadsFromPem(&of); });
  Try("an identity may be an RSA one", [&] { LoadsRsa(&of); });
  return 0;
}
