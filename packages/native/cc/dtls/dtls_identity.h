#ifndef MADANG_DTLS_DTLS_IDENTITY_H_
#define MADANG_DTLS_DTLS_IDENTITY_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "dtls/openssl_pointers.h"
#include "srtp/srtp_profile.h"

namespace madang {

constexpr size_t kFingerprintBytes = 32;

// SHA-256 of a certificate in DER. False when OpenSSL refuses.
bool FingerprintOf(const X509* certificate, uint8_t out[kFingerprintBytes]);

// Who we are towards all DTLS peers of one addon instance: certificate, key and the SSL_CTX with the rules of every
// handshake. DTLS 1.2 only, forward-secret AEAD suites only, no tickets, no renegotiation, a certificate demanded from
// both sides. Sessions must not outlive it.
class DtlsIdentity {
 public:
  // With a new key and certificate. Null when OpenSSL refuses.
  static std::unique_ptr<DtlsIdentity> Generate();
  // From PEM: a certificate, those that lead to its issuer if any follow, and its private key: of an elliptic curve or of RSA,
  // as PKCS #8 (RFC 5958), without a passphrase. Null when they can't be read or do not belong together.
  static std::unique_ptr<DtlsIdentity> Load(const std::string& certificate_pem, const std::string& key_pem);

  DtlsIdentity(const DtlsIdentity&) = delete;
  DtlsIdentity& operator=(const DtlsIdentity&) = delete;

  const uint8_t* fingerprint() const { return fingerprint_; }
  std::string CertificatePem() const;
  // So that several threads can be one identity. Cleanse it after use.
  std::string KeyPem() const;

  // Which SRTP profiles are agreed to, best first; AEAD_AES_128_GCM, AEAD_AES_256_GCM and AES128_CM_SHA1_80 at first.
  // False for an empty list or an unknown profile. For sessions that start later.
  bool SetProfiles(const SrtpProfile* profiles, size_t count);

  SSL_CTX* context() const { return context_.get(); }
  const BIO_METHOD* datagram_bio() const { return datagram_bio_.get(); }
  // Where one decrypted record at a time is put: sessions of a thread share it.
  uint8_t* record_buffer() { return record_buffer_.get(); }
  static constexpr size_t kRecordBytes = 16384;

 private:
  DtlsIdentity() = default;

  bool SetUp(KeyPointer key, CertificatePointer certificate);
  bool SetUpContext();

  KeyPointer key_;
  CertificatePointer certificate_;
  std::vector<CertificatePointer> issuers_;
  SslContextPointer context_;
  BioMethodPointer datagram_bio_;
  std::unique_ptr<uint8_t[]> record_buffer_;
  uint8_t fingerprint_[kFingerprintBytes] = {};
};

}  // namespace madang

#endif  // MADANG_DTLS_DTLS_IDENTITY_H_
