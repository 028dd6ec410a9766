#include "dtls/self_signed.h"

#include <openssl/bn.h>
#include <openssl/rand.h>

namespace madang {

namespace {

constexpr long kDaySeconds = 24 * 60 * 60;
constexpr long kValidDays = 365;
// Positive, and well below the 20 bytes that RFC 5280 section 4.1.2.2 allows.
constexpr int kSerialBits = 127;

bool SetSerial(X509* certificate) {
  BIGNUM* number = BN_new();
  const bool done = number != nullptr && BN_rand(number, kSerialBits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
                    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
  BN_free(number);
  return done;
}

bool SetName(X509* certificate) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto* text = reinterpret_cast<const unsigned char*>("Madang");
  return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1;
}

}  // namespace

KeyPointer GenerateKey() { return KeyPointer(EVP_EC_gen("P-256")); }

CertificatePointer SelfSign(EVP_PKEY* key) {
  CertificatePointer certificate(X509_new());
  if (!certificate || X509_set_version(certificate.get(), X509_VERSION_3) != 1) return nullptr;
  if (!SetSerial(certificate.get()) || !SetName(certificate.get())) return nullptr;
  if (X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDaySeconds) == nullptr) return nullptr;
  if (X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kValidDays * kDaySeconds) == nullptr) return nullptr;
  if (X509_set_pubkey(certificate.get(), key) != 1) return nullptr;
  if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) return nullptr;
  return certificate;
}

}  // namespace madang
