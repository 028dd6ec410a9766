// What OpenSSL asks of a session while it runs: whether to trust a certificate, and what became of alerts and cookies.
#include <openssl/ssl.h>

#include "dtls/dtls_session.h"

namespace madang {

namespace {

DtlsSession* SessionOf(const SSL* ssl) { return static_cast<DtlsSession*>(SSL_get_app_data(ssl)); }

}  // namespace

void DtlsSession::SetCallbacks(SSL_CTX* context) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_cert_verify_callback(context, VerifyCertificate, nullptr);
  SSL_CTX_set_info_callback(context, NoteAlert);
  // HelloGuard has judged the cookie already; OpenSSL makes none itself.
  SSL_CTX_set_cookie_generate_cb(context, [](SSL*, unsigned char*, unsigned int*) { return 0; });
  SSL_CTX_set_cookie_verify_cb(context, [](SSL*, const unsigned char*, unsigned int) { return 1; });
}

// Where the fingerprint is known, a wrong certificate ends the handshake with an alert. Nothing else about it matters:
// it is trusted because signaling announced it (RFC 8827 section 6.5).
int DtlsSession::VerifyCertificate(X509_STORE_CTX* store, void*) {
  const int index = SSL_get_ex_data_X509_STORE_CTX_idx();
  const DtlsSession* session = SessionOf(static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, index)));
  const X509* certificate = X509_STORE_CTX_get0_cert(store);
  if (!session->knows_fingerprint_ || session->HasExpectedFingerprint(certificate)) {
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
  }
  X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_UNTRUSTED);
  return 0;
}

void DtlsSession::NoteAlert(const SSL* ssl, int where, int value) {
  constexpr int kFatal = 2;
  DtlsSession* session = SessionOf(ssl);
  if ((where & SSL_CB_ALERT) == 0 || (value >> 8) != kFatal || session == nullptr) return;
  ((where & SSL_CB_READ) != 0 ? session->alert_received_ : session->alert_sent_) = value & 0xff;
}

}  // namespace madang
