// Opens and closes sessions of every fate, for LeakSanitizer (which speaks at the end) and valgrind:
//
//   dtls_thousand [SESSIONS]      1,000 at first
#include "check.h"
#include "dtls_pair.h"
#include "rtp_packets.h"

namespace madang {
namespace {

void ExchangeMedia(Seeded* random, SrtpSender* sender, SrtpReceiver* receiver) {
  for (uint16_t sequence = 0; sequence < 20; ++sequence) {
    const Bytes plain = RandomRtp(random, sequence % 5u, sequence, 400);
    Bytes packet = plain;
    packet.resize(plain.size() + kMaxSrtpTrailer);
    const size_t length = sender->ProtectRtp(packet.data(), plain.size(), packet.size());
    CHECK(receiver->UnprotectRtp(packet.data(), length, nullptr) == plain.size());
  }
  Bytes report = RandomRtcp(random, 1);
  const size_t plain = report.size();
  report.resize(plain + kMaxSrtpTrailer);
  const size_t length = sender->ProtectRtcp(report.data(), plain, report.size());
  CHECK(receiver->UnprotectRtcp(report.data(), length, nullptr) == plain);
}

void Live(Seeded* random, DtlsPair* pair) {
  pair->Connect();
  SrtpSender to_server, to_client;
  SrtpReceiver from_server, from_client;
  CHECK(pair->client.session->TakeSrtp(&to_server, &from_server));
  CHECK(pair->server.session->TakeSrtp(&to_client, &from_client));
  ExchangeMedia(random, &to_server, &from_client);
  ExchangeMedia(random, &to_client, &from_server);
  const Bytes data(100, 1);
  CHECK(pair->client.session->Send(data.data(), data.size()));
  pair->Settle();
  CHECK(pair->server.data.size() == 1);
}

// What becomes of session number `which`.
void Run(Seeded* random, DtlsIdentity* a, DtlsIdentity* b, int which) {
  DtlsPair pair(a, b);
  switch (which % 5) {
    case 0:  // both live and one says good-bye
      Live(random, &pair);
      pair.client.session->Close();
      pair.Settle();
      break;
    case 1:  // both live and are dropped
      Live(random, &pair);
      break;
    case 2:  // the wrong certificate
      pair.client.session->SetRemoteFingerprint(a->fingerprint());
      pair.server.session->SetRemoteFingerprint(a->fingerprint());
      pair.Start();
      pair.Settle();
      CHECK(!pair.is_connected());
      break;
    case 3:  // left in the middle
      pair.Trust();
      pair.Start();
      DtlsPair::Deliver(&pair.client, &pair.server);
      break;
    default:  // a handshake of damaged datagrams
      pair.Trust();
      pair.Start();
      for (int round = 0; round < 4; ++round) {
        for (Bytes& each : pair.client.sent) each[random->Below(static_cast<uint32_t>(each.size()))] ^= 4;
        DtlsPair::Deliver(&pair.client, &pair.server);
        DtlsPair::Deliver(&pair.server, &pair.client);
      }
  }
}

}  // namespace
}  // namespace madang

int main(int count, char** arguments) {
  using namespace madang;
  const int sessions = count > 1 ? std::atoi(arguments[1]) : 1000;
  Seeded random(2);
  std::unique_ptr<DtlsIdentity> a = DtlsIdentity::Generate();
  std::unique_ptr<DtlsIdentity> b = DtlsIdentity::Generate();
  for (int which = 0; 2 * which < sessions; ++which) Run(&random, a.get(), b.get(), which);
  std::printf("ok %d sessions were opened and closed\n", sessions);
  return 0;
}
