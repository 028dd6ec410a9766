// The entry points of DTLS: the guard, a server and a client at every stage of a handshake, a connected session, and data
// to be sent.
#include "../../packages/native/test/cc/dtls_pair.h"
#include "dtls/hello_guard.h"
#include "mutate.h"
#include "openssl_memory.h"

namespace madang {
namespace {

struct Identities {
  std::unique_ptr<DtlsIdentity> client = DtlsIdentity::Generate();
  std::unique_ptr<DtlsIdentity> server = DtlsIdentity::Generate();
};

void ReceiveExact(DtlsEnd* end, const Bytes& datagram) {
  Exact exact(datagram);
  end->session->Receive(exact.data(), exact.size(), 0);
}

Bytes HelloOf(Identities* of, const HelloGuard* guard, const Bytes& address) {
  DtlsEnd client(of->client.get(), As(DtlsRole::kClient));
  client.session->Start(0);
  if (guard == nullptr) return client.sent.back();
  uint8_t reply[HelloGuard::kReplyBytes];
  const Bytes first = client.sent.back();
  guard->Check(first.data(), first.size(), address.data(), address.size(), 0, reply);
  client.session->Receive(reply, sizeof reply, 0);
  return client.sent.back();
}

// What a server, or a client, gets first.
std::vector<Bytes> FirstFlight(Identities* of, bool for_server) {
  DtlsPair pair(of->client.get(), of->server.get());
  pair.Trust();
  pair.Start();
  if (!for_server) DtlsPair::Deliver(&pair.client, &pair.server);
  const std::deque<Bytes>& sent = for_server ? pair.client.sent : pair.server.sent;
  return {sent.begin(), sent.end()};
}

uint64_t TryGuard(Seeded* random, const HelloGuard& guard, const Bytes& address, const Bytes& hello) {
  Bytes datagram = hello;
  if (!random->OneIn(20)) Mutate(random, &datagram);
  Exact exact(datagram);
  uint8_t reply[HelloGuard::kReplyBytes];
  guard.Check(exact.data(), exact.size(), address.data(), address.size(), 0, reply);
  return 1;
}

// The first flights of another handshake, mutated, at a session that has just begun: cheap, so most inputs are these. A
// client gives up at the latest when a signature does not fit its own hello.
uint64_t TryBeginning(Seeded* random, Identities* of, const std::vector<Bytes>& flight, bool target_is_server) {
  DtlsEnd target((target_is_server ? of->server : of->client).get(),
                 As(target_is_server ? DtlsRole::kServer : DtlsRole::kClient));
  target.session->SetRemoteFingerprint((target_is_server ? of->client : of->server)->fingerprint());
  target.session->Start(0);
  uint64_t inputs = 0;
  while (inputs < 12 && target.session->state() == DtlsState::kConnecting) {
    Bytes datagram = flight[inputs < flight.size() ? inputs : random->Below(static_cast<uint32_t>(flight.size()))];
    if (!random->OneIn(6)) Mutate(random, &datagram);
    ReceiveExact(&target, datagram);
    inputs += 1;
  }
  return inputs;
}

// A handshake in which `target` gets each datagram several times mutated before it comes as it was sent. Ends when one
// side has had enough.
uint64_t TryHandshake(Seeded* random, Identities* of, bool target_is_server) {
  DtlsPair pair(of->client.get(), of->server.get());
  pair.Trust();
  pair.Start();
  DtlsEnd& target = target_is_server ? pair.server : pair.client;
  DtlsEnd& other = target_is_server ? pair.client : pair.server;
  const uint32_t patience = random->Below(4) == 0 ? 40 : 6;
  uint64_t inputs = 0;
  while (!pair.client.sent.empty() || !pair.server.sent.empty()) {
    DtlsPair::Deliver(&target, &other);
    if (other.sent.empty()) break;
    const Bytes datagram = other.sent.front();
    other.sent.pop_front();
    for (uint32_t left = random->Below(patience); left > 0; --left) {
      Bytes mutated = datagram;
      Mutate(random, &mutated);
      ReceiveExact(&target, mutated);
      inputs += 1;
      if (target.session->state() != DtlsState::kConnecting) break;
    }
    ReceiveExact(&target, datagram);
    inputs += 1;
  }
  Fuzzing::Expect(target.longest <= 1200, "no datagram is longer than allowed");
  Fuzzing::Expect(target.data.empty(), "no data comes out of a handshake");
  return inputs;
}

// Records from outside, beside real ones in between: the session goes on.
class Connected {
 public:
  explicit Connected(Identities* of) : pair_(of->client.get(), of->server.get()) {
    pair_.Trust();
    pair_.Start();
    while (!pair_.is_connected()) {
      Take(&pair_.client, &pair_.server);
      Take(&pair_.server, &pair_.client);
    }
  }

  uint64_t Try(Seeded* random) {
    DtlsEnd& target = random->OneIn(2) ? pair_.server : pair_.client;
    Bytes datagram = seen_[random->Below(static_cast<uint32_t>(seen_.size()))];
    Mutate(random, &datagram);
    target.data.clear();
    ReceiveExact(&target, datagram);
    target.sent.clear();
    Fuzzing::Expect(target.session->state() == DtlsState::kConnected, "a connected session can't be disturbed");
    if (random->OneIn(64)) Exchange(random);
    return 1;
  }

 private:
  void Take(DtlsEnd* from, DtlsEnd* to) {
    for (const Bytes& each : from->sent) seen_.push_back(each);
    DtlsPair::Deliver(from, to);
  }

  void Exchange(Seeded* random) {
    Bytes data(1 + random->Below(200));
    random->Fill(data.data(), data.size());
    pair_.server.data.clear();
    Fuzzing::Expect(pair_.client.session->Send(data.data(), data.size()), "data can be sent");
    if (seen_.size() < 64) seen_.push_back(pair_.client.sent.back());
    DtlsPair::Deliver(&pair_.client, &pair_.server);
    Fuzzing::Expect(pair_.server.data.size() == 1 && pair_.server.data[0] == data, "data arrives");
  }

  DtlsPair pair_;
  std::vector<Bytes> seen_;
};

uint64_t TrySend(Seeded* random, DtlsPair* pair) {
  Bytes data(random->Below(random->OneIn(10) ? 4000 : 1300));
  Exact exact(data);
  const bool fits = !data.empty() && data.size() <= pair->client.session->max_data_bytes();
  Fuzzing::Expect(pair->client.session->Send(exact.data(), exact.size()) == fits, "what fits is sent");
  pair->client.sent.clear();
  return 1;
}

}  // namespace
}  // namespace madang

int main(int count, char** arguments) {
  using namespace madang;
  TakeOpensslMemoryPastSanitizer();
  Fuzzing fuzzing(count, arguments);
  Identities of;
  const Bytes secret(20, 1);
  const HelloGuard guard(secret.data());
  const Bytes address = Hex("7f0000011234");
  const Bytes hellos[] = {HelloOf(&of, nullptr, address), HelloOf(&of, &guard, address)};
  fuzzing.Run("HelloGuard::Check",
              [&](Seeded* random) { return TryGuard(random, guard, address, hellos[random->Below(2)]); });
  Connected connected(&of);
  fuzzing.Run("DtlsSession::Receive, connected", [&](Seeded* random) { return connected.Try(random); });
  DtlsPair sending(of.client.get(), of.server.get());
  sending.Connect();
  fuzzing.Run("DtlsSession::Send", [&](Seeded* random) { return TrySend(random, &sending); });
  for (const bool is_server : {true, false}) {
    const std::vector<Bytes> flight = FirstFlight(&of, is_server);
    fuzzing.Run(is_server ? "DtlsSession::Receive, server" : "DtlsSession::Receive, client", [&](Seeded* random) {
      return random->OneIn(20) ? TryHandshake(random, &of, is_server) : TryBeginning(random, &of, flight, is_server);
    });
  }
  return 0;
}
