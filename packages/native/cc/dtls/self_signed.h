#ifndef MADANG_DTLS_SELF_SIGNED_H_
#define MADANG_DTLS_SELF_SIGNED_H_

#include "dtls/openssl_pointers.h"

namespace madang {

// A new ECDSA key on P-256, what RFC 8827 section 6.5 asks for. Null when OpenSSL refuses.
KeyPointer GenerateKey();

// A certificate that `key` signs for itself: random serial number, valid from a day ago for a year. Peers look at its
// fingerprint and at nothing else. Null when OpenSSL refuses.
CertificatePointer SelfSign(EVP_PKEY* key);

}  // namespace madang

#endif  // MADANG_DTLS_SELF_SIGNED_H_
