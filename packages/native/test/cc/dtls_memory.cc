// Counts the memory of a peer, byte by byte: what OpenSSL asks for, what our own code asks for, and what both cost the
// heap. Only without sanitizers: make SANITIZE=no dtls_memory.
#include <malloc.h>
#include <openssl/crypto.h>

#include <new>

#include "check.h"
#include "dtls_pair.h"
#include "rtp_packets.h"

namespace {

long openssl_bytes = 0;
long own_bytes = 0;

long SizeOf(void* block) { return block == nullptr ? 0 : static_cast<long>(malloc_usable_size(block)); }

void* OpensslMalloc(size_t size, const char*, int) {
  void* block = std::malloc(size);
  openssl_bytes += SizeOf(block);
  return block;
}

void* OpensslRealloc(void* old, size_t size, const char*, int) {
  openssl_bytes -= SizeOf(old);
  void* block = std::realloc(old, size);
  openssl_bytes += SizeOf(block);
  return block;
}

void OpensslFree(void* block, const char*, int) {
  openssl_bytes -= SizeOf(block);
  std::free(block);
}

}  // namespace

void* operator new(size_t size) {
  void* block = std::malloc(size);
  if (block == nullptr) std::abort();
  own_bytes += SizeOf(block);
  return block;
}

void operator delete(void* block) noexcept {
  own_bytes -= SizeOf(block);
  std::free(block);
}

void operator delete(void* block, size_t) noexcept { operator delete(block); }

namespace madang {
namespace {

constexpr int kPairs = 500;

struct Media {
  SrtpSender sender;
  SrtpReceiver receiver;
};

struct Both {
  std::unique_ptr<DtlsPair> pair;
  std::unique_ptr<Media> client = std::make_unique<Media>();
  std::unique_ptr<Media> server = std::make_unique<Media>();
};

// What was counted since the last time, for one of the two peers of each pair.
class Stage {
 public:
  void Print(const char* name) {
    const long heap = static_cast<long>(mallinfo2().uordblks);
    std::printf("ok %-66s OpenSSL %6ld  own %6ld  heap %6ld bytes\n", name, Each(openssl_bytes - openssl_),
                Each(own_bytes - own_), Each(heap - heap_));
    openssl_ = openssl_bytes;
    own_ = own_bytes;
    heap_ = static_cast<long>(mallinfo2().uordblks);
  }

 private:
  static long Each(long bytes) { return bytes / (2 * kPairs); }

  long openssl_ = openssl_bytes;
  long own_ = own_bytes;
  long heap_ = static_cast<long>(mallinfo2().uordblks);
};

void SendOne(Seeded* random, Media* from, Media* to, bool is_rtcp) {
  Bytes packet = is_rtcp ? RandomRtcp(random, 1) : RandomRtp(random, 1, 1, 100);
  const size_t plain = packet.size();
  packet.resize(plain + kMaxSrtpTrailer);
  const size_t length = is_rtcp ? from->sender.ProtectRtcp(packet.data(), plain, packet.size())
                                : from->sender.ProtectRtp(packet.data(), plain, packet.size());
  CHECK(plain == (is_rtcp ? to->receiver.UnprotectRtcp(packet.data(), length, nullptr)
                          : to->receiver.UnprotectRtp(packet.data(), length, nullptr)));
}

void Measure(DtlsIdentity* a, DtlsIdentity* b) {
  std::vector<Both> all(kPairs);
  Seeded random(1);
  Stage stage;
  for (Both& each : all) each.pair = std::make_unique<DtlsPair>(a, b);
  stage.Print("a session that waits for its peer (with the queues of this test)");
  for (Both& each : all) each.pair->Connect();
  stage.Print("more once it is connected");
  for (Both& each : all) {
    CHECK(each.pair->client.session->TakeSrtp(&each.client->sender, &each.client->receiver));
    CHECK(each.pair->server.session->TakeSrtp(&each.server->sender, &each.server->receiver));
  }
  std::printf("   %zu bytes of SrtpSender, %zu of SrtpReceiver and %zu of DtlsSession itself\n", sizeof(SrtpSender),
              sizeof(SrtpReceiver), sizeof(DtlsSession));
  stage.Print("more once its SRTP contexts have keys");
  for (const bool is_rtcp : {false, true}) {
    for (Both& each : all) {
      SendOne(&random, each.client.get(), each.server.get(), is_rtcp);
      SendOne(&random, each.server.get(), each.client.get(), is_rtcp);
    }
    stage.Print(is_rtcp ? "more once reports went both ways" : "more once RTP of one source went both ways");
  }
}

}  // namespace
}  // namespace madang

int main() {
  CRYPTO_set_mem_functions(OpensslMalloc, OpensslRealloc, OpensslFree);
  const auto a = madang::DtlsIdentity::Generate();
  const auto b = madang::DtlsIdentity::Generate();
  {
    madang::DtlsPair warm(a.get(), b.get());
    warm.Connect();
  }
  madang::Measure(a.get(), b.get());
  return 0;
}
