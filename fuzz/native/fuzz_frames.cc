// Frames over TCP: the splitter and the judge of first bytes by themselves, against a plain reading of the same stream; and
// a whole plane with connections that send it anything, read or do not, and come and go. An input is a frame.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "mutate.h"
#include "plane/plane.h"

namespace madang {
namespace {

constexpr uint32_t kSlotBytes = 512;

Bytes Stun(Seeded* random) {
  const uint8_t attribute_bytes = static_cast<uint8_t>(4 * random->Below(8));
  Bytes message = Hex("0001 0000 2112a442 0102030405060708090a0b0c");
  message[3] = attribute_bytes;
  message.resize(message.size() + attribute_bytes, 0x2e);
  return message;
}

// STUN, something that begins as DTLS, RTP or anything else does, nothing at all, or what is too long.
Bytes Datagram(Seeded* random) {
  if (random->OneIn(4)) return Stun(random);
  static constexpr uint8_t kFirst[] = {0, 20, 22, 23, 64, 128, 144, 191};
  const uint32_t most = random->OneIn(150) ? 65535 : random->OneIn(4) ? kSlotBytes + 2 : 80;
  Bytes datagram(random->Below(most));
  random->Fill(datagram.data(), datagram.size());
  if (!datagram.empty()) datagram[0] = kFirst[random->Below(sizeof kFirst)];
  return datagram;
}

// So many frames one behind the other; now and then their bytes are changed, their lengths included.
Bytes Stream(Seeded* random, uint32_t frames, bool is_begin) {
  Bytes stream;
  for (uint32_t ix = 0; ix < frames; ix++) {
    const Bytes datagram = is_begin && ix == 0 ? Stun(random) : Datagram(random);
    stream.push_back(static_cast<uint8_t>(datagram.size() >> 8));
    stream.push_back(static_cast<uint8_t>(datagram.size()));
    stream.insert(stream.end(), datagram.begin(), datagram.end());
  }
  if (random->OneIn(8)) Mutate(random, &stream, stream.size() + 64);
  return stream;
}

// The datagrams of a stream that is there as a whole; one that is too long is a byte of 0xff.
std::vector<Bytes> ReadPlainly(const Bytes& stream) {
  std::vector<Bytes> datagrams;
  for (size_t at = 0; at + 2 <= stream.size();) {
    const size_t length = static_cast<size_t>(stream[at] << 8 | stream[at + 1]);
    at += 2;
    if (length > kSlotBytes) {
      datagrams.push_back({0xff});
    } else {
      if (at + length > stream.size()) break;
      datagrams.emplace_back(stream.begin() + static_cast<std::ptrdiff_t>(at),
                             stream.begin() + static_cast<std::ptrdiff_t>(at + length));
    }
    at += length;
  }
  return datagrams;
}

uint64_t SplitOne(Seeded* random) {
  const uint32_t frames = 1 + random->Below(12);
  const Bytes stream = Stream(random, frames, false);
  FrameSplitter splitter(kSlotBytes);
  FirstFrame first;
  FirstFrame::Verdict verdict = FirstFrame::Verdict::kUnsure;
  std::vector<Bytes> heard;
  const uint32_t longest = random->OneIn(3) ? 4 : random->OneIn(2) ? 200 : 70000;
  for (size_t at = 0; at < stream.size();) {
    const size_t length = std::min<size_t>(1 + random->Below(longest), stream.size() - at);
    Exact piece(Bytes(stream.begin() + static_cast<std::ptrdiff_t>(at), stream.begin() + static_cast<std::ptrdiff_t>(at + length)));
    const FirstFrame::Verdict next = first.Push(piece.data(), piece.size(), kSlotBytes);
    Fuzzing::Expect(verdict == FirstFrame::Verdict::kUnsure || verdict == next, "a verdict stays");
    verdict = next;
    splitter.Feed(piece.data(), piece.size());
    FrameSplitter::Frame frame;
    for (FrameSplitter::Step step; (step = splitter.Next(&frame)) != FrameSplitter::Step::kMore;)
      heard.push_back(step == FrameSplitter::Step::kTooLong ? Bytes{0xff} : Bytes(frame.bytes, frame.bytes + frame.length));
    Fuzzing::Expect(splitter.held_bytes() <= kFrameHeaderBytes + kSlotBytes, "no more than one datagram is held");
    at += length;
  }
  Fuzzing::Expect(heard == ReadPlainly(stream), "pieces are the same datagrams as the whole");
  return frames;
}

PlaneOptions Options() {
  PlaneOptions options{};
  options.sizes = {64, 128, 8192, 128, kSlotBytes};
  options.addresses = 16;
  options.ports = 2;
  options.peers = 4;
  options.connections = 8;
  options.connections_per_host = 6;
  options.seed = 1;
  return options;
}

// What JavaScript does: answers most rows by the way they came, keeps addresses, admits them, lets go, closes the port.
class Rig : public BatchListener {
 public:
  Rig() : plane_(Plane::Create(Options(), this)) {
    const uint8_t secret[64] = {1, 2, 3};
    peers_[0] = plane_->AddPeer();
    plane_->peer(peers_[0])->sender.Init(SrtpProfile::kAeadAes128Gcm, secret, secret + 32);
    plane_->peer(peers_[0])->receiver.Init(SrtpProfile::kAeadAes128Gcm, secret, secret + 32);
    for (int ix = 1; ix < 3; ix++) {
      peers_[ix] = plane_->AddPeer();
      plane_->sessions().Begin(peers_[ix], ix == 1 ? DtlsRole::kServer : DtlsRole::kClient, 300);
    }
    Listen();
    for (int& fd : fds_) fd = -1;
  }
  ~Rig() override {
    for (const int fd : fds_) close(fd);
  }

  uint64_t Try(Seeded* random) {
    random_ = random;
    const uint64_t before = plane_->counts()[kFramesReceived];
    const uint32_t client = random->Below(kClients);
    int& fd = fds_[client];
    if (fd < 0) Connect(&fd);
    else Write(fd, Stream(random, 1 + random->Below(30), false));
    plane_->Process();
    if (client >= kNeverReading && !random->OneIn(3)) Drain(fd);
    if (random->OneIn(client < kNeverReading ? 80 : 12)) Leave(&fd);
    if (random->OneIn(300)) plane_->HandleTimeouts();
    return 1 + plane_->counts()[kFramesReceived] - before;
  }

  const Counts& counts() const { return plane_->counts(); }

  bool OnBatch(int rows) override {
    const auto* rx = reinterpret_cast<const RxRow*>(plane_->arena()->data() + plane_->arena()->rx_rows_at);
    auto* tx = reinterpret_cast<TxRow*>(plane_->arena()->data() + plane_->arena()->tx_rows_at);
    for (int ix = 0; ix < rows; ix++) {
      tx[ix] = TxRow{};
      tx[ix].slot = random_->OneIn(20) ? -1 : rx[ix].slot;
      tx[ix].length = rx[ix].length;
      tx[ix].form = random_->OneIn(6) ? form::kClearRtp : form::kPlain;
      tx[ix].destination_ix = random_->OneIn(50) ? static_cast<int32_t>(random_->Next()) : rx[ix].address_ix;
      tx[ix].port_ix = random_->OneIn(50) ? static_cast<int32_t>(random_->Below(3)) : rx[ix].port_ix;
      if (random_->OneIn(8)) tx[ix] = ToPeer(tx[ix]);
      if (random_->OneIn(20)) Change(rx[ix]);
    }
    plane_->Transmit(rows, static_cast<int32_t>(random_->Below(400)));
    return true;
  }

 private:
  static constexpr uint32_t kClients = 7;
  static constexpr uint32_t kNeverReading = 3;

  void Listen() {
    TcpPortOptions options{};
    SocketAddress::Parse("127.0.0.1", 0, &options.local);
    options.send_buffer_bytes = 4096;
    options.queue_bytes = 2048;
    CHECK(plane_->ListenTcp(options, &port_ix_) == 0);
  }

  TxRow ToPeer(TxRow row) {
    row.destination_ix = peers_[random_->Below(3)];
    row.form = random_->OneIn(2) ? form::kPeerData : random_->OneIn(2) ? form::kRtcp : 0;
    return row;
  }

  void Change(const RxRow& row) {
    const int32_t peer_ix = peers_[random_->Below(3)];
    switch (random_->Below(6)) {
      case 0:
        plane_->addresses().Keep(row.address_ix);
        break;
      case 1:
        plane_->addresses().Release(row.address_ix);
        break;
      case 2:
        if (random_->OneIn(200)) {
          plane_->Unbind(port_ix_);
          Listen();
        }
        break;
      default:
        plane_->Admit(peer_ix, row.address_ix);
        plane_->UsePath(peer_ix, row.port_ix, row.address_ix);
    }
  }

  void Connect(int* fd) {
    *fd = socket(AF_INET, SOCK_STREAM, 0);
    const int few = 4096;
    setsockopt(*fd, SOL_SOCKET, SO_RCVBUF, &few, sizeof few);
    sockaddr_storage name;
    const socklen_t bytes = plane_->tcp().Local(port_ix_).ToSystem(AF_INET, &name);
    CHECK(connect(*fd, reinterpret_cast<sockaddr*>(&name), bytes) == 0);
    Write(*fd, Stream(random_, 1 + random_->Below(8), !random_->OneIn(6)));
  }

  // What the system has no room for is left out: the stream goes on with other bytes.
  void Write(int fd, const Bytes& stream) {
    for (size_t at = 0; at < stream.size();) {
      const size_t length = std::min<size_t>(1 + random_->Below(random_->OneIn(3) ? 7 : 3000), stream.size() - at);
      if (send(fd, stream.data() + at, length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) return;
      at += length;
      if (random_->OneIn(6)) plane_->Process();
    }
  }

  void Drain(int fd) {
    uint8_t bytes[8192];
    while (recv(fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0) continue;
  }

  // At once, so that the system keeps nothing of it.
  void Leave(int* fd) {
    const linger at_once{1, 0};
    if (random_->OneIn(4)) shutdown(*fd, SHUT_WR);
    else setsockopt(*fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(*fd);
    *fd = -1;
  }

  Seeded* random_ = nullptr;
  std::unique_ptr<Plane> plane_;
  int32_t port_ix_ = -1;
  int32_t peers_[3];
  int fds_[kClients];
};

}  // namespace
}  // namespace madang

int main(int count, char** arguments) {
  using namespace madang;
  Fuzzing fuzzing(count, arguments);
  fuzzing.Run("FrameSplitter and FirstFrame", SplitOne);
  Counts counts{};
  std::unique_ptr<Rig> rig;
  const auto end_rig = [&] {
    for (size_t ix = 0; rig != nullptr && ix < kCountEnd; ix++) counts[ix] += rig->counts()[ix];
    rig.reset();
  };
  fuzzing.Run("Plane with connections", [&](Seeded* random) {
    // Addresses that were kept once too often fill the table.
    if (random->OneIn(2000)) end_rig();
    if (rig == nullptr) rig = std::make_unique<Rig>();
    return rig->Try(random);
  });
  end_rig();
  // Otherwise they were not tried.
  CHECK(counts[kConnectionsAccepted] == 0 || (counts[kFramesSent] > 0 && counts[kConnectionsForeign] > 0));
  std::printf("%" PRIu64 " connections, %" PRIu64 " of them foreign, %" PRIu64 " frames sent, %" PRIu64 " dropped\n",
              counts[kConnectionsAccepted], counts[kConnectionsForeign], counts[kFramesSent], counts[kFramesDropped]);
  return 0;
}
