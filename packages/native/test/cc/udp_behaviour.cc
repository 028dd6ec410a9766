// Sockets by themselves, under the sanitizers: runs and coalesced messages, the queue, the table of addresses. With
// PORTABLE=yes over sendmsg and recvmsg, as on systems without Linux' ways.
#include <unistd.h>

#include <memory>

#include "batch/counts.h"
#include "check.h"
#include "udp/address_table.h"
#include "udp/datagram_reader.h"
#include "udp/offload.h"
#include "udp/readiness.h"
#include "udp/send_batch.h"

namespace madang {
namespace {

constexpr uint32_t kSlotBytes = 2048;

std::unique_ptr<UdpPort> Open(const char* ip = "127.0.0.1") {
  UdpPortOptions options{};
  CHECK(SocketAddress::Parse(ip, 0, &options.local));
  options.receive_buffer_bytes = options.send_buffer_bytes = 1 << 20;
  options.segments = options.coalesces = true;
  options.queue_bytes = 4096;
  std::unique_ptr<UdpPort> port;
  CHECK(UdpPort::Open(options, &port) == 0);
  return port;
}

// Reads what is there, and puts together what slot and spill hold.
std::vector<Bytes> ReadAll(const UdpPort& port) {
  const std::unique_ptr<DatagramReader> reader = DatagramReader::Create(kSlotBytes);
  std::vector<uint8_t> slots(DatagramReader::kMaxMessages * kSlotBytes);
  std::vector<Bytes> datagrams;
  for (;;) {
    for (int ix = 0; ix < DatagramReader::kMaxMessages; ix++) reader->SetSlot(ix, &slots[ix * kSlotBytes]);
    const int count = reader->Read(port.fd(), DatagramReader::kMaxMessages);
    CHECK(count >= 0);
    if (count == 0) return datagrams;
    for (int ix = 0; ix < count; ix++) {
      const Incoming& message = reader->message(ix);
      CHECK(message.wall_ns > 0);
      Bytes whole(&slots[ix * kSlotBytes], &slots[ix * kSlotBytes] + std::min(message.bytes, kSlotBytes));
      if (message.bytes > kSlotBytes) whole.insert(whole.end(), reader->Spill(ix), reader->Spill(ix) + message.bytes - kSlotBytes);
      const size_t step = message.segment_bytes == 0 ? whole.size() : message.segment_bytes;
      for (size_t from = 0; from < whole.size(); from += step)
        datagrams.emplace_back(whole.begin() + from, whole.begin() + std::min(from + step, whole.size()));
    }
  }
}

void SendMany(SendBatch* batch, UdpPort* from, const UdpPort& to, const std::vector<Bytes>& datagrams) {
  batch->Begin(from, to.Local());
  for (const Bytes& datagram : datagrams) {
    memcpy(batch->Room(datagram.size()), datagram.data(), datagram.size());
    batch->Commit(datagram.size());
  }
  batch->Finish();
}

std::vector<Bytes> RandomDatagrams(uint64_t seed, size_t count, uint32_t most) {
  Seeded random(seed);
  std::vector<Bytes> datagrams;
  uint32_t length = 1;
  for (size_t ix = 0; ix < count; ix++) {
    // Runs of one length now and then.
    if (random.OneIn(3)) length = 1 + random.Below(most);
    Bytes datagram(length);
    random.Fill(datagram.data(), length);
    datagrams.push_back(datagram);
  }
  return datagrams;
}

void ArriveAsTheyWere() {
  for (uint64_t seed = 1; seed <= 60; seed++) {
    Counts counts{};
    SendBatch batch(&counts);
    const auto from = Open();
    const auto to = Open();
    const auto sent = RandomDatagrams(seed, 150, seed % 2 == 0 ? 1400 : 3000);
    SendMany(&batch, from.get(), *to, sent);
    CHECK(counts[kSent] == sent.size());
    CHECK(MADANG_HAS_MMSG || counts[kSegmented] == 0);
    CHECK(ReadAll(*to) == sent);
  }
}

void FillTheSlab() {
  Counts counts{};
  SendBatch batch(&counts);
  const auto from = Open();
  const auto to = Open();
  // Many times the slab, in datagrams that never fit it evenly.
  for (int round = 0; round < 20; round++) {
    const auto sent = RandomDatagrams(round + 100, 40, 60000);
    SendMany(&batch, from.get(), *to, sent);
    const auto heard = ReadAll(*to);
    // What the receiver's buffer could not take is gone; what came is whole and in order.
    size_t at = 0;
    for (const Bytes& datagram : heard) {
      while (at < sent.size() && sent[at] != datagram) at++;
      CHECK(at++ < sent.size());
    }
    CHECK(!heard.empty());
  }
}

void TakeTurnsBetweenPorts() {
  Counts counts{};
  SendBatch batch(&counts);
  const auto one = Open();
  const auto two = Open();
  const auto to = Open();
  const Bytes datagram(500, 7);
  for (int ix = 0; ix < 10; ix++) {
    batch.Begin(ix % 2 == 0 ? one.get() : two.get(), to->Local());
    memcpy(batch.Room(500), datagram.data(), 500);
    batch.Commit(500);
  }
  batch.Finish();
  CHECK(ReadAll(*to).size() == 10);
}

void QueueInOrder() {
  SendQueue queue(1000);
  SocketAddress to{};
  Seeded random(5);
  uint32_t pushed = 0;
  uint32_t popped = 0;
  for (int step = 0; step < 20000; step++) {
    uint8_t bytes[100];
    memcpy(bytes, &pushed, sizeof pushed);
    if (random.OneIn(2)) {
      if (queue.Push(to, bytes, 4 + random.Below(96))) pushed++;
      continue;
    }
    if (queue.empty()) continue;
    CHECK(memcmp(queue.bytes(), &popped, sizeof popped) == 0);
    popped++;
    queue.Pop();
  }
  CHECK(pushed > 5000 && pushed - popped < 30);
}

void RememberAddresses() {
  AddressTable table(100, 42);
  Seeded random(9);
  for (int step = 0; step < 50000; step++) {
    SocketAddress address{};
    CHECK(SocketAddress::Parse("192.0.2.1", static_cast<uint16_t>(random.Below(400)), &address));
    const int32_t ix = table.See(address);
    CHECK(ix >= 0 && *table.Get(ix) == address && table.Find(address) == ix);
    CHECK(table.size() <= 100);
    table.Get(static_cast<int32_t>(random.Next()));
    table.Release(static_cast<int32_t>(random.Next()));
  }
  CHECK(table.evictions() > 1000);
}

void WakeForWhatIsThere() {
  Readiness readiness;
  const auto port = Open();
  const auto other = Open("::1");
  CHECK(readiness.Watch(port->fd(), 3) == 0 && readiness.Watch(other->fd(), 4) == 0);
  Readiness::Event events[Readiness::kMaxEvents];
  CHECK(readiness.Poll(events) == 0);
  Counts counts{};
  SendBatch batch(&counts);
  SendMany(&batch, port.get(), *port, {Bytes(3, 1)});
  CHECK(readiness.Poll(events) == 1 && events[0].key == 3 && events[0].can_read);
  CHECK(readiness.WatchRoom(other->fd(), 4, true) == 0);
  CHECK(readiness.Poll(events) == 2);
}

void Main() {
  Try("datagrams arrive as they were and in order", ArriveAsTheyWere);
  Try("a full slab is sent and begun anew", FillTheSlab);
  Try("ports take turns", TakeTurnsBetweenPorts);
  Try("a queue keeps order and bound", QueueInOrder);
  Try("addresses are found until they have to go", RememberAddresses);
  Try("sockets wake by their number", WakeForWhatIsThere);
}

}  // namespace
}  // namespace madang

int main() {
  madang::Main();
  return 0;
}
