#include "dtls/dtls_identity.h"

#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/srtp.h>

#include "dtls/datagram_bio.h"
#include "dtls/dtls_session.h"
#include "dtls/self_signed.h"

namespace madang {

namespace {

// What RFC 8827 section 6.5 demands first, then the same in strength. Nothing without forward secrecy, nothing in CBC.
constexpr char kSuites[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305";
constexpr char kGroups[] = "X25519:P-256:P-384";
constexpr SrtpProfile kProfiles[] = {SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAeadAes256Gcm,
                                     SrtpProfile::kAesCm128HmacSha1_80};
// A peer's certificate message; also bounds what OpenSSL puts together from fragments.
constexpr long kMaxCertificatesBytes = 16384;
// Only small datagrams are ever sent, so OpenSSL's buffer for them may be small too.
constexpr long kMaxSendFragment = 2048;
// Between a certificate and the root that its reader knows.
constexpr size_t kMostIssuers = 8;

const char* OpensslName(SrtpProfile profile) {
  switch (profile) {
    case SrtpProfile::kAesCm128HmacSha1_80:
      return "SRTP_AES128_CM_SHA1_80";
    case SrtpProfile::kAesCm128HmacSha1_32:
      return "SRTP_AES128_CM_SHA1_32";
    case SrtpProfile::kAeadAes128Gcm:
      return "SRTP_AEAD_AES_128_GCM";
    case SrtpProfile::kAeadAes256Gcm:
      return "SRTP_AEAD_AES_256_GCM";
  }
  return nullptr;
}

std::string TextOf(BIO* memory) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory, &data);
  return length > 0 ? std::string(data, static_cast<size_t>(length)) : std::string();
}

BioPointer ReadFrom(const std::string& text) {
  return BioPointer(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// A PEM file may ask for a passphrase, and OpenSSL would then ask the terminal.
int NoPassphrase(char*, int, int, void*) { return -1; }

// A decoder that tries every form and kind of key takes seven times as long.
KeyPointer ReadKey(const std::string& pem, const char* kind) {
  EVP_PKEY* key = nullptr;
  OSSL_DECODER_CTX* decoder =
      OSSL_DECODER_CTX_new_for_pkey(&key, "PEM", "PrivateKeyInfo", kind, EVP_PKEY_KEYPAIR, nullptr, nullptr);
  if (decoder == nullptr) return nullptr;
  OSSL_DECODER_CTX_set_pem_password_cb(decoder, NoPassphrase, nullptr);
  OSSL_DECODER_from_bio(decoder, ReadFrom(pem).get());
  OSSL_DECODER_CTX_free(decoder);
  return KeyPointer(key);
}

KeyPointer ReadKey(const std::string& pem) {
  KeyPointer key = ReadKey(pem, "EC");
  return key ? std::move(key) : ReadKey(pem, "RSA");
}

// The next one of a text.
CertificatePointer ReadCertificate(BIO* text) {
  return CertificatePointer(PEM_read_bio_X509(text, nullptr, NoPassphrase, nullptr));
}

}  // namespace

bool FingerprintOf(const X509* certificate, uint8_t out[kFingerprintBytes]) {
  unsigned int length = 0;
  return X509_digest(certificate, EVP_sha256(), out, &length) == 1 && length == kFingerprintBytes;
}

std::unique_ptr<DtlsIdentity> DtlsIdentity::Generate() {
  std::unique_ptr<DtlsIdentity> identity(new DtlsIdentity());
  KeyPointer key = GenerateKey();
  if (!key) return nullptr;
  CertificatePointer certificate = SelfSign(key.get());
  if (!certificate || !identity->SetUp(std::move(key), std::move(certificate))) return nullptr;
  return identity;
}

std::unique_ptr<DtlsIdentity> DtlsIdentity::Load(const std::string& certificate_pem, const std::string& key_pem) {
  std::unique_ptr<DtlsIdentity> identity(new DtlsIdentity());
  KeyPointer key = ReadKey(key_pem);
  const BioPointer text = ReadFrom(certificate_pem);
  CertificatePointer certificate = key ? ReadCertificate(text.get()) : nullptr;
  while (certificate && identity->issuers_.size() < kMostIssuers) {
    CertificatePointer issuer = ReadCertificate(text.get());
    if (!issuer) break;
    identity->issuers_.push_back(std::move(issuer));
  }
  const bool fit = certificate && X509_check_private_key(certificate.get(), key.get()) == 1;
  const bool done = fit && identity->SetUp(std::move(key), std::move(certificate));
  ERR_clear_error();
  return done ? std::move(identity) : nullptr;
}

bool DtlsIdentity::SetUp(KeyPointer key, CertificatePointer certificate) {
  key_ = std::move(key);
  certificate_ = std::move(certificate);
  datagram_bio_ = MakeDatagramBioMethod();
  record_buffer_ = std::make_unique<uint8_t[]>(kRecordBytes);
  context_.reset(SSL_CTX_new(DTLS_method()));
  return datagram_bio_ && context_ && FingerprintOf(certificate_.get(), fingerprint_) && SetUpContext() &&
         SetProfiles(kProfiles, sizeof kProfiles / sizeof kProfiles[0]);
}

bool DtlsIdentity::SetUpContext() {
  SSL_CTX* context = context_.get();
  SSL_CTX_set_security_level(context, 1);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_QUERY_MTU |
                                   SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_max_cert_list(context, kMaxCertificatesBytes);
  SSL_CTX_set_max_send_fragment(context, kMaxSendFragment);
  DtlsSession::SetCallbacks(context);
  if (SSL_CTX_use_certificate(context, certificate_.get()) != 1) return false;
  if (SSL_CTX_use_PrivateKey(context, key_.get()) != 1) return false;
  for (const CertificatePointer& issuer : issuers_) {
    if (SSL_CTX_add1_chain_cert(context, issuer.get()) != 1) return false;
  }
  return SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version(context, DTLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, kSuites) == 1 && SSL_CTX_set1_groups_list(context, kGroups) == 1;
}

bool DtlsIdentity::SetProfiles(const SrtpProfile* profiles, size_t count) {
  std::string names;
  for (size_t at = 0; at < count; ++at) {
    const char* name = OpensslName(profiles[at]);
    if (name == nullptr) return false;
    names += (names.empty() ? "" : ":") + std::string(name);
  }
  // This function alone returns 0 for success.
  return !names.empty() && SSL_CTX_set_tlsext_use_srtp(context_.get(), names.c_str()) == 0;
}

std::string DtlsIdentity::CertificatePem() const {
  const BioPointer memory(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(memory.get(), certificate_.get());
  for (const CertificatePointer& issuer : issuers_) PEM_write_bio_X509(memory.get(), issuer.get());
  return TextOf(memory.get());
}

std::string DtlsIdentity::KeyPem() const {
  const BioPointer memory(BIO_new(BIO_s_secmem()));
  PEM_write_bio_PrivateKey(memory.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return TextOf(memory.get());
}

}  // namespace madang
