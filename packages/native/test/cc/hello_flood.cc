// A flood of hellos from 10,000 spoofed addresses at a guarded port: what each costs in time and memory. Only without
// sanitizers: make SANITIZE=no hello_flood.
#include <malloc.h>

#include <chrono>

#include "check.h"
#include "dtls/hello_guard.h"
#include "dtls_pair.h"

namespace madang {
namespace {

constexpr uint32_t kHellos = 1000000;
constexpr uint32_t kAddresses = 10000;

double NsNow() {
  return static_cast<double>(std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1));
}

size_t HeapBytes() { return mallinfo2().uordblks; }

void Flood(const HelloGuard& guard, Bytes hello) {
  Seeded random(1);
  uint8_t reply[HelloGuard::kReplyBytes];
  uint32_t replies = 0;
  const size_t before = HeapBytes();
  const double start = NsNow();
  for (uint32_t count = 0; count < kHellos; ++count) {
    const uint32_t from = random.Below(kAddresses);
    const uint8_t address[6] = {10, 0, static_cast<uint8_t>(from >> 8), static_cast<uint8_t>(from), 1, 2};
    // The random of the hello, so that none is like another.
    random.Fill(&hello[kDtlsHeaderBytes + 12 + 2], 4);
    const auto verdict = guard.Check(hello.data(), hello.size(), address, sizeof address, count, reply);
    replies += verdict == HelloGuard::Verdict::kReply;
  }
  const double ns = (NsNow() - start) / kHellos;
  CHECK(replies == kHellos);
  std::printf("ok %u hellos from %u addresses: %.0f ns each, heap grew by %zu bytes, replies of %zu for %zu bytes\n",
              kHellos, kAddresses, ns, HeapBytes() - before, HelloGuard::kReplyBytes, hello.size());
}

}  // namespace
}  // namespace madang

int main() {
  using namespace madang;
  const auto identity = DtlsIdentity::Generate();
  DtlsEnd client(identity.get(), As(DtlsRole::kClient));
  client.session->Start(0);
  const Bytes secret(HelloGuard::kCookieBytes, 7);
  Flood(HelloGuard(secret.data()), client.sent.front());
  return 0;
}
