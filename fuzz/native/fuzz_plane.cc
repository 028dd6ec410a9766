// A whole plane: random transmit rows, which send random datagrams to the plane's own ports, which it receives, cuts
// apart, unprotects, and gives to DTLS sessions. An input is a row, or a datagram that came in.
#include <algorithm>

#include "mutate.h"
#include "plane/plane.h"

namespace madang {
namespace {

constexpr int32_t kRows = 64;
constexpr int32_t kInlineBytes = 8192;

class Listener : public BatchListener {
 public:
  bool OnBatch(int rows) override {
    total += static_cast<uint64_t>(rows);
    return true;
  }
  uint64_t total = 0;
};

PlaneOptions Options() {
  PlaneOptions options{};
  options.sizes = {128, kRows, kInlineBytes, 256, 512};
  options.addresses = 16;
  options.ports = 4;
  options.peers = 4;
  options.seed = 1;
  return options;
}

class Rig {
 public:
  Rig() : plane_(Plane::Create(Options(), &listener_)) {
    for (int32_t& ix : ports_) {
      UdpPortOptions options{};
      SocketAddress::Parse("127.0.0.1", 0, &options.local);
      options.receive_buffer_bytes = options.send_buffer_bytes = 1 << 20;
      options.segments = options.coalesces = true;
      options.queue_bytes = 1 << 16;
      CHECK(plane_->Bind(options, &ix) == 0);
      addresses_.push_back(plane_->addresses().See(plane_->port(ix)->Local()));
      plane_->addresses().Keep(addresses_.back());
    }
    AddPeers();
  }

  uint64_t Try(Seeded* random) {
    const uint64_t before = listener_.total;
    uint8_t* memory = plane_->arena()->data();
    random->Fill(memory + plane_->arena()->inline_at, kInlineBytes / 8);
    auto* rows = reinterpret_cast<TxRow*>(memory + plane_->arena()->tx_rows_at);
    for (int32_t ix = 0; ix < kRows; ix++) rows[ix] = Row(random);
    plane_->Transmit(kRows, random->OneIn(20) ? static_cast<int32_t>(random->Next()) : kInlineBytes);
    plane_->Process();
    if (random->OneIn(200)) Change(random);
    return kRows + listener_.total - before;
  }

 private:
  void AddPeers() {
    const uint8_t secret[64] = {1, 2, 3};
    const int32_t keyed = plane_->AddPeer();
    plane_->peer(keyed)->sender.Init(SrtpProfile::kAeadAes128Gcm, secret, secret + 32);
    plane_->peer(keyed)->receiver.Init(SrtpProfile::kAeadAes128Gcm, secret, secret + 32);
    const int32_t client = plane_->AddPeer();
    const int32_t server = plane_->AddPeer();
    plane_->sessions().Begin(client, DtlsRole::kClient, 1200);
    plane_->sessions().Begin(server, DtlsRole::kServer, 1200);
    peers_ = {keyed, client, server};
    for (size_t ix = 0; ix < 3; ix++) {
      plane_->Admit(peers_[ix], addresses_[ix]);
      plane_->UsePath(peers_[ix], ports_[0], addresses_[ix]);
    }
  }

  // As often right as wrong.
  int32_t Ix(Seeded* random, const std::vector<int32_t>& right) {
    return random->OneIn(8) ? static_cast<int32_t>(random->Next()) : right[random->Below(static_cast<uint32_t>(right.size()))];
  }

  TxRow Row(Seeded* random) {
    TxRow row;
    auto* columns = reinterpret_cast<int32_t*>(&row);
    for (size_t ix = 0; ix < sizeof row / sizeof *columns; ix++) columns[ix] = static_cast<int32_t>(random->Next());
    if (!random->OneIn(8)) row.slot = random->OneIn(2) ? -1 : static_cast<int32_t>(random->Below(256));
    if (!random->OneIn(8)) row.offset = static_cast<int32_t>(random->Below(400));
    if (!random->OneIn(8)) row.length = static_cast<int32_t>(random->Below(random->OneIn(4) ? 700 : 60));
    if (random->OneIn(2)) row.form = 0;
    if (random->OneIn(2)) row.form |= form::kPlain;
    const bool is_plain = (row.form & (form::kPlain | form::kClearRtp)) != 0;
    row.destination_ix = Ix(random, is_plain ? addresses_ : peers_);
    row.port_ix = Ix(random, {ports_[0], ports_[1], ports_[2]});
    if (!random->OneIn(8)) row.extra = static_cast<int32_t>(random->Below(600) << 8 | random->Below(256));
    return row;
  }

  // Peers go and come, slots are held and given back.
  void Change(Seeded* random) {
    auto* memory = plane_->arena()->data();
    for (int ix = 0; ix < 8; ix++) memory[plane_->arena()->held_at + random->Below(256)] = static_cast<uint8_t>(random->Below(3));
    auto* returned = reinterpret_cast<int32_t*>(memory + plane_->arena()->returned_at);
    returned[0] = static_cast<int32_t>(random->OneIn(4) ? random->Next() : random->Below(256));
    for (int ix = 1; ix <= 256; ix++) returned[ix] = static_cast<int32_t>(random->OneIn(9) ? random->Next() : random->Below(256));
    if (random->OneIn(4)) {
      for (const int32_t peer_ix : peers_) plane_->RemovePeer(peer_ix);
      AddPeers();
    }
    plane_->HandleTimeouts();
  }

  Listener listener_;
  std::unique_ptr<Plane> plane_;
  int32_t ports_[3];
  std::vector<int32_t> addresses_;
  std::vector<int32_t> peers_;
};

}  // namespace
}  // namespace madang

int main(int count, char** arguments) {
  using namespace madang;
  Fuzzing fuzzing(count, arguments);
  Rig rig;
  fuzzing.Run("Plane::Transmit and Plane::Process", [&rig](Seeded* random) { return rig.Try(random); });
  return 0;
}
