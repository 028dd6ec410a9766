// Certificates and keys as PEM: texts of whoever runs the server, so nothing of this comes from the network. Nearly all of
// the time is OpenSSL's.
#include <string>

#include "dtls/dtls_identity.h"
#include "mutate.h"
#include "openssl_memory.h"

namespace madang {
namespace {

Bytes BytesOf(const std::string& text) { return Bytes(text.begin(), text.end()); }
std::string TextOf(const Bytes& bytes) { return std::string(bytes.begin(), bytes.end()); }

}  // namespace
}  // namespace madang

int main(int count, char** arguments) {
  using namespace madang;
  TakeOpensslMemoryPastSanitizer();
  Fuzzing fuzzing(count, arguments);
  const auto identity = DtlsIdentity::Generate();
  const Bytes texts[2] = {BytesOf(identity->CertificatePem()), BytesOf(identity->KeyPem())};
  fuzzing.Run("DtlsIdentity::Load", [&](Seeded* random) {
    Bytes mutated[2] = {texts[0], texts[1]};
    Mutate(random, &mutated[random->Below(2)]);
    DtlsIdentity::Load(TextOf(mutated[0]), TextOf(mutated[1]));
    return uint64_t{1};
  });
  return 0;
}
