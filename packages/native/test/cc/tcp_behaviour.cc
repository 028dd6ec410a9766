// TCP by itself, under the sanitizers: frames out of any pieces, first bytes, queues, ports and their connections.
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "batch/counts.h"
#include "check.h"
#include "tcp/frame_batch.h"
#include "tcp/frame_queue.h"
#include "tcp/frame_splitter.h"
#include "tcp/tcp_ports.h"
#include "udp/address_table.h"
#include "udp/readiness.h"

namespace madang {
namespace {

constexpr uint32_t kMostBytes = 600;

Bytes Framed(const Bytes& datagram) {
  Bytes frame = {static_cast<uint8_t>(datagram.size() >> 8), static_cast<uint8_t>(datagram.size())};
  frame.insert(frame.end(), datagram.begin(), datagram.end());
  return frame;
}

Bytes Stun(size_t attribute_bytes = 0) {
  Bytes message = Hex("0001 0000 2112a442 0102030405060708090a0b0c");
  message[3] = static_cast<uint8_t>(attribute_bytes);
  message.resize(message.size() + attribute_bytes, 0x2e);
  return message;
}

// Everything that a splitter makes of a piece, put behind `out`; of a datagram that is passed over one byte of 0xff.
void Split(FrameSplitter* splitter, const uint8_t* piece, size_t length, std::vector<Bytes>* out) {
  // Of its own, so that a byte read too far is found.
  const Bytes own(piece, piece + length);
  splitter->Feed(own.data(), own.size());
  FrameSplitter::Frame frame;
  for (;;) {
    const FrameSplitter::Step step = splitter->Next(&frame);
    if (step == FrameSplitter::Step::kMore) return;
    if (step == FrameSplitter::Step::kTooLong) out->push_back({0xff});
    else out->emplace_back(frame.bytes, frame.bytes + frame.length);
  }
}

void SplitAnywhere() {
  const std::vector<Bytes> datagrams = {Bytes(1, 1), {}, Bytes(kMostBytes, 2), Bytes(kMostBytes + 1, 3), Bytes(7, 4)};
  Bytes stream;
  for (const Bytes& datagram : datagrams) {
    const Bytes frame = Framed(datagram);
    stream.insert(stream.end(), frame.begin(), frame.end());
  }
  const std::vector<Bytes> expected = {datagrams[0], datagrams[1], datagrams[2], {0xff}, datagrams[4]};
  for (size_t cut = 0; cut <= stream.size(); cut++) {
    FrameSplitter splitter(kMostBytes);
    std::vector<Bytes> heard;
    Split(&splitter, stream.data(), cut, &heard);
    Split(&splitter, stream.data() + cut, stream.size() - cut, &heard);
    CHECK(heard == expected && splitter.held_bytes() == 0);
  }
  FrameSplitter splitter(kMostBytes);
  std::vector<Bytes> heard;
  for (const uint8_t& byte : stream) Split(&splitter, &byte, 1, &heard);
  CHECK(heard == expected);
}

void JudgeFirstBytes() {
  using Verdict = FirstFrame::Verdict;
  const Bytes stun = Framed(Stun(8));
  for (size_t cut = 0; cut <= 10; cut++) {
    FirstFrame first;
    CHECK(first.Push(stun.data(), cut, kMostBytes) == (cut < 10 ? Verdict::kUnsure : Verdict::kStun));
    CHECK(first.Push(stun.data() + cut, stun.size() - cut, kMostBytes) == Verdict::kStun);
  }
  // Each byte of the ten matters, but for the type's own bits.
  for (const size_t at : {0u, 1u, 2u, 4u, 5u, 6u, 7u, 8u, 9u}) {
    Bytes other = stun;
    other[at] ^= 0x40;
    FirstFrame first;
    CHECK(first.Push(other.data(), other.size(), kMostBytes) == Verdict::kForeign);
    CHECK(first.Push(stun.data(), stun.size(), kMostBytes) == Verdict::kForeign);
  }
  FirstFrame longer;
  CHECK(longer.Push(Framed(Bytes(kMostBytes + 4)).data(), 2, kMostBytes) == Verdict::kForeign);
}

void QueueWholeFrames() {
  FrameQueue queue(1000);
  Seeded random(5);
  Bytes in;
  size_t out = 0;
  for (int step = 0; step < 20000; step++) {
    if (random.OneIn(2)) {
      const Bytes frame(1 + random.Below(300), static_cast<uint8_t>(step));
      const size_t before = queue.size();
      if (queue.Push(frame.data(), frame.size())) in.insert(in.end(), frame.begin(), frame.end());
      else CHECK(before + frame.size() > 1000 && queue.size() == before);
    } else if (!queue.empty()) {
      const size_t bytes = 1 + random.Below(static_cast<uint32_t>(queue.size()));
      CHECK(memcmp(queue.bytes(), in.data() + out, queue.size()) == 0);
      queue.Pop(bytes);
      out += bytes;
    }
    CHECK(queue.size() == in.size() - out && queue.size() <= 1000);
  }
}

// Ports by themselves, with plain sockets at the other end.
struct Rig {
  explicit Rig(TcpLimits limits = {2, 4, 3, kMostBytes})
      : addresses(16, 1), ports(limits, &addresses, &readiness, &counts) {
    SocketAddress::Parse("127.0.0.1", 0, &options.local);
    options.queue_bytes = 4096;
    options.send_buffer_bytes = 4096;
    CHECK(ports.Listen(options, &port_ix) == 0);
  }

  int Connect() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_storage name;
    const socklen_t bytes = ports.Local(port_ix).ToSystem(AF_INET, &name);
    CHECK(fd >= 0 && connect(fd, reinterpret_cast<sockaddr*>(&name), bytes) == 0);
    ports.Accept(port_ix);
    return fd;
  }

  // The connections that can be read.
  TcpConnection* Ready() {
    Readiness::Event events[Readiness::kMaxEvents];
    for (int left = readiness.Poll(events); left > 0; left--) {
      TcpConnection* connection = ports.ByKey(events[left - 1].key);
      if (connection != nullptr && events[left - 1].can_read) return connection;
    }
    return nullptr;
  }

  Counts counts{};
  Readiness readiness;
  AddressTable addresses;
  TcpPorts ports;
  TcpPortOptions options{};
  int32_t port_ix = -1;
};

void KeepBounds() {
  Rig rig;
  std::vector<int> fds;
  for (int ix = 0; ix < 5; ix++) fds.push_back(rig.Connect());
  CHECK(rig.counts[kConnectionsAccepted] == 3 && rig.counts[kConnectionsRefused] == 2);
  CHECK(rig.ports.connections_open() == 3 && rig.addresses.size() == 3);
  for (const int fd : fds) close(fd);
  while (TcpConnection* connection = rig.Ready()) CHECK(!rig.ports.Read(connection));
  CHECK(rig.counts[kConnectionsEnded] == 3 && rig.ports.connections_open() == 0);
  // Of those that are gone nothing is left behind.
  for (int ix = 0; ix < 200; ix++) {
    const int fd = rig.Connect();
    CHECK(rig.ports.connections_open() == 1);
    close(fd);
    while (TcpConnection* connection = rig.Ready()) rig.ports.Read(connection);
  }
  CHECK(rig.counts[kConnectionsRefused] == 2 && rig.addresses.evictions() > 100);
}

void EndTheLonely() {
  Rig rig;
  const int silent = rig.Connect();
  const int chatty = rig.Connect();
  const int kept = rig.Connect();
  const int32_t kept_ix = rig.addresses.size() > 2 ? 2 : -1;
  CHECK(rig.addresses.Keep(kept_ix));
  const Bytes frame = Framed(Stun());
  for (int second = 1; second <= 10; second++) {
    CHECK(rig.ports.connections_open() == 3);
    CHECK(write(chatty, frame.data(), frame.size()) == static_cast<ssize_t>(frame.size()));
    while (TcpConnection* connection = rig.Ready()) {
      CHECK(rig.ports.Read(connection));
      FrameSplitter::Frame heard;
      while (connection->Next(&heard) != FrameSplitter::Step::kMore) continue;
    }
    rig.ports.Sweep();
  }
  CHECK(rig.ports.connections_open() == 1 && rig.counts[kConnectionsUnproven] == 2);
  CHECK(rig.addresses.Release(kept_ix));
  rig.ports.Sweep();
  CHECK(rig.ports.connections_open() == 1);
  rig.ports.Sweep();
  CHECK(rig.ports.connections_open() == 0 && rig.counts[kConnectionsLeft] == 1);
  for (const int fd : {silent, chatty, kept}) close(fd);
}

// As many bytes as the socket holds, behind `heard`.
void Drain(int fd, Bytes* heard) {
  uint8_t bytes[4096];
  for (ssize_t count; (count = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0;)
    heard->insert(heard->end(), bytes, bytes + count);
}

void SendWholeFrames() {
  for (uint64_t seed = 1; seed <= 20; seed++) {
    Rig rig;
    const int fd = rig.Connect();
    TcpConnection* connection = rig.ports.Find(rig.port_ix, 0);
    FrameBatch batch(&rig.readiness, &rig.counts);
    Seeded random(seed);
    Bytes heard;
    uint32_t frames = 0;
    for (int round = 0; round < 300; round++) {
      batch.Begin(connection);
      for (uint32_t left = random.Below(40); left > 0; left--, frames++) {
        const size_t length = 5 + random.Below(random.OneIn(50) ? 60000 : 1200);
        uint8_t* room = batch.Room(length);
        memset(room, static_cast<int>(length), length);
        memcpy(room, &frames, sizeof frames);
        batch.Commit(length);
      }
      batch.Finish();
      if (random.OneIn(4)) Drain(fd, &heard);
      if (random.OneIn(4)) connection->SendQueued(&rig.readiness, &rig.counts);
    }
    while (connection->waits()) {
      Drain(fd, &heard);
      connection->SendQueued(&rig.readiness, &rig.counts);
    }
    for (size_t before = SIZE_MAX; before != heard.size();) {
      before = heard.size();
      usleep(1000);
      Drain(fd, &heard);
    }
    FrameSplitter splitter(65535);
    std::vector<Bytes> split;
    Split(&splitter, heard.data(), heard.size(), &split);
    CHECK(splitter.held_bytes() == 0 && split.size() == rig.counts[kFramesSent]);
    CHECK(rig.counts[kFramesSent] + rig.counts[kFramesDropped] == frames && rig.counts[kFramesDropped] > 0);
    int64_t last = -1;
    for (const Bytes& frame : split) {
      uint32_t number;
      memcpy(&number, frame.data(), sizeof number);
      CHECK(number > last && frame.back() == static_cast<uint8_t>(frame.size()));
      last = number;
    }
    close(fd);
  }
}

void GoOnWithoutDescriptors() {
  Rig rig;
  const int waiting = socket(AF_INET, SOCK_STREAM, 0);
  rlimit limit;
  CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
  const rlimit none{static_cast<rlim_t>(waiting + 1), limit.rlim_max};
  CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
  sockaddr_storage name;
  const socklen_t bytes = rig.ports.Local(rig.port_ix).ToSystem(AF_INET, &name);
  CHECK(connect(waiting, reinterpret_cast<sockaddr*>(&name), bytes) == 0);
  rig.ports.Accept(rig.port_ix);
  CHECK(rig.counts[kConnectionsRefused] == 1 && rig.ports.connections_open() == 0);
  // Nobody waits any more, so nothing wakes the loop.
  Readiness::Event events[Readiness::kMaxEvents];
  CHECK(rig.readiness.Poll(events) == 0);
  CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
  close(waiting);
  close(rig.Connect());
  CHECK(rig.counts[kConnectionsAccepted] == 1);
}

void Main() {
  Try("a stream that is cut anywhere is the same datagrams", SplitAnywhere);
  Try("a stream is judged by its first ten bytes", JudgeFirstBytes);
  Try("a queue takes whole frames up to its bound", QueueWholeFrames);
  Try("connections are bounded, and leave nothing behind", KeepBounds);
  Try("whoever is nobody's ends, silent or not", EndTheLonely);
  Try("who reads slowly loses whole frames only", SendWholeFrames);
  Try("without descriptors connections are refused", GoOnWithoutDescriptors);
}

}  // namespace
}  // namespace madang

int main() {
  madang::Main();
  return 0;
}
