#ifndef MADANG_DTLS_OPENSSL_POINTERS_H_
#define MADANG_DTLS_OPENSSL_POINTERS_H_

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace madang {

struct OpensslFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};

using BioPointer = std::unique_ptr<BIO, OpensslFree>;
using BioMethodPointer = std::unique_ptr<BIO_METHOD, OpensslFree>;
using KeyPointer = std::unique_ptr<EVP_PKEY, OpensslFree>;
using SslPointer = std::unique_ptr<SSL, OpensslFree>;
using SslContextPointer = std::unique_ptr<SSL_CTX, OpensslFree>;
using CertificatePointer = std::unique_ptr<X509, OpensslFree>;

}  // namespace madang

#endif  // MADANG_DTLS_OPENSSL_POINTERS_H_
