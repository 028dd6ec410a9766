#include "dtls/dtls_session.h"

#include <openssl/err.h>
#include <openssl/srtp.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "dtls/srtp_export.h"

namespace madang {

namespace {

constexpr size_t kLeastDatagram = 256;
constexpr size_t kMostDatagram = 2048;
// The first wait for an answer and the longest. RFC 6347 section 4.2.4.1 begins with a second for peers it knows nothing
// of; here ICE has just had answers, and a lost flight holds up a call.
constexpr unsigned int kFirstIntervalUs = 100000;
constexpr unsigned int kLongestIntervalUs = 3000000;

// Record buffers exist only within one of these: OpenSSL would keep 19 KB for each idle session.
class RecordBuffers {
 public:
  explicit RecordBuffers(SSL* ssl) : ssl_(ssl), exist_(SSL_alloc_buffers(ssl) == 1) { ERR_clear_error(); }
  RecordBuffers(const RecordBuffers&) = delete;
  RecordBuffers& operator=(const RecordBuffers&) = delete;
  ~RecordBuffers() {
    SSL_free_buffers(ssl_);
    // The queue is one for the whole thread: Node must not find our errors in it.
    ERR_clear_error();
  }
  bool exist() const { return exist_; }

 private:
  SSL* ssl_;
  bool exist_;
};

// What encryption adds to a record: a nonce and a tag with GCM (RFC 5288 section 3), a tag with ChaCha20 (RFC 7905).
size_t EncryptionBytes(const SSL* ssl) {
  const bool is_chacha = SSL_CIPHER_get_cipher_nid(SSL_get_current_cipher(ssl)) == NID_chacha20_poly1305;
  return is_chacha ? 16 : 8 + 16;
}

DtlsOptions Bounded(DtlsOptions options) {
  options.max_datagram = std::min(std::max(options.max_datagram, kLeastDatagram), kMostDatagram);
  options.max_data_datagram = std::min(std::max(options.max_data_datagram, options.max_datagram), kMostDatagram);
  return options;
}

}  // namespace

DtlsSession::DtlsSession(DtlsIdentity* identity, DtlsSink* sink, const DtlsOptions& options)
    : identity_(identity), sink_(sink), options_(Bounded(options)) {}

void DtlsSession::SetRemoteFingerprint(const uint8_t fingerprint[kFingerprintBytes]) {
  if (knows_fingerprint_) return;
  std::memcpy(remote_fingerprint_, fingerprint, kFingerprintBytes);
  knows_fingerprint_ = true;
  if (is_handshake_done_ && state_ == DtlsState::kConnecting) OnHandshakeDone();
}

void DtlsSession::Start(double now_ms) {
  if (state_ != DtlsState::kNew) return;
  state_ = DtlsState::kConnecting;
  if (options_.role == DtlsRole::kServer) return;
  if (CreateSsl(now_ms)) Handshake();
  FreeWhenOver();
}

void DtlsSession::Receive(const uint8_t* datagram, size_t length, double now_ms) {
  DtlsRecord record;
  while (state_ == DtlsState::kConnecting || state_ == DtlsState::kConnected) {
    if (!ReadDtlsRecord(datagram, length, &record)) {
      if (length > 0) dropped_records_ += 1;
      return;
    }
    datagram += record.length;
    length -= record.length;
    if (IsWanted(record)) {
      ReceiveRecord(record, now_ms);
    } else {
      dropped_records_ += 1;
    }
  }
}

bool DtlsSession::IsWanted(const DtlsRecord& record) {
  const bool is_encrypted = record.epoch != 0;
  if (is_encrypted && record.fragment_bytes() < least_encrypted_) return false;
  if (state_ == DtlsState::kConnected) return is_encrypted;
  if (!ssl_) return options_.role == DtlsRole::kServer && IsClientHello(record);
  if (!is_encrypted) return !is_handshake_done_;
  if (record.type == DtlsRecord::kApplicationData) return false;
  return is_handshake_done_ || ++early_records_ <= kMaxEarlyRecords;
}

void DtlsSession::ReceiveRecord(const DtlsRecord& record, double now_ms) {
  const bool is_first = !ssl_;
  if (is_first && !CreateSsl(now_ms)) return;
  incoming_ = record.bytes;
  incoming_bytes_ = record.length;
  if (is_handshake_done_) {
    ReadData();
  } else {
    if (is_first && options_.after_cookie) AcceptAfterCookie();
    if (state_ == DtlsState::kConnecting) Handshake();
  }
  incoming_ = nullptr;
  incoming_bytes_ = 0;
  FreeWhenOver();
}

bool DtlsSession::CreateSsl(double now_ms) {
  SslPointer ssl(SSL_new(identity_->context()));
  BIO* bio = MakeDatagramBio(identity_->datagram_bio(), this).release();
  if (!ssl || bio == nullptr) {
    BIO_free(bio);
    Fail(DtlsFailure::kOpenssl);
    return false;
  }
  SSL_set_bio(ssl.get(), bio, bio);
  SSL_set_app_data(ssl.get(), this);
  SSL_set_mtu(ssl.get(), static_cast<long>(options_.max_datagram));
  if (!options_.needs_certificate) SSL_set_verify(ssl.get(), SSL_VERIFY_NONE, nullptr);
  DTLS_set_timer_cb(ssl.get(), NextInterval);
  if (options_.role == DtlsRole::kServer) {
    SSL_set_accept_state(ssl.get());
  } else {
    SSL_set_connect_state(ssl.get());
  }
  ssl_ = std::move(ssl);
  deadline_ms_ = now_ms + kHandshakeMs;
  return true;
}

// Only DTLSv1_listen() tells OpenSSL that the hello at hand is the second one, whose messages count from 1.
void DtlsSession::AcceptAfterCookie() {
  BIO_ADDR* unused = BIO_ADDR_new();
  const int accepted = unused != nullptr ? DTLSv1_listen(ssl_.get(), unused) : -1;
  BIO_ADDR_free(unused);
  ERR_clear_error();
  if (accepted <= 0) Fail(DtlsFailure::kProtocol);
}

void DtlsSession::Handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  if (result == 1) {
    is_handshake_done_ = true;
    least_encrypted_ = EncryptionBytes(ssl_.get());
    SSL_free_buffers(ssl_.get());
    OnHandshakeDone();
  } else {
    FailBecauseOf(SSL_get_error(ssl_.get(), result));
  }
  ERR_clear_error();
}

void DtlsSession::OnHandshakeDone() {
  if (options_.needs_certificate && !knows_fingerprint_) return;
  const X509* certificate = SSL_get0_peer_certificate(ssl_.get());
  if (options_.needs_certificate && (certificate == nullptr || !HasExpectedFingerprint(certificate))) {
    Close();
    Fail(DtlsFailure::kFingerprint);
  } else if (options_.needs_srtp && srtp_profile() == 0) {
    Close();
    Fail(DtlsFailure::kNoProfile);
  } else {
    SSL_set_mtu(ssl_.get(), static_cast<long>(options_.max_data_datagram));
    state_ = DtlsState::kConnected;
  }
}

void DtlsSession::ReadData() {
  const RecordBuffers buffers(ssl_.get());
  if (!buffers.exist()) return;
  for (;;) {
    size_t length = 0;
    const int result = SSL_read_ex(ssl_.get(), identity_->record_buffer(), DtlsIdentity::kRecordBytes, &length);
    if (result == 1) {
      if (state_ == DtlsState::kConnected) sink_->OnDtlsData(identity_->record_buffer(), length);
      continue;
    }
    const int error = SSL_get_error(ssl_.get(), result);
    if (error != SSL_ERROR_ZERO_RETURN) return FailBecauseOf(error);
    SSL_shutdown(ssl_.get());
    state_ = DtlsState::kClosed;
    return;
  }
}

void DtlsSession::FailBecauseOf(int ssl_error) {
  if (ssl_error == SSL_ERROR_WANT_READ || ssl_error == SSL_ERROR_WANT_WRITE) return;
  if (alert_received_ != kNoAlert) return Fail(DtlsFailure::kAlert);
  Fail(SSL_get_verify_result(ssl_.get()) == X509_V_OK ? DtlsFailure::kProtocol : DtlsFailure::kFingerprint);
}

void DtlsSession::Fail(DtlsFailure why) {
  state_ = DtlsState::kFailed;
  failure_ = why;
}

// Not sooner: OpenSSL may be further up in the stack.
void DtlsSession::FreeWhenOver() {
  if (state_ == DtlsState::kClosed || state_ == DtlsState::kFailed) ssl_.reset();
}

double DtlsSession::NextTimeoutMs(double now_ms) {
  if (state_ != DtlsState::kConnecting || !ssl_) return kNever;
  double left = deadline_ms_ - now_ms;
  timeval openssl = {};
  if (!is_handshake_done_ && DTLSv1_get_timeout(ssl_.get(), &openssl) == 1) {
    left = std::min(left, 1000.0 * static_cast<double>(openssl.tv_sec) + static_cast<double>(openssl.tv_usec) / 1000.0);
  }
  return std::max(left, 0.0);
}

void DtlsSession::HandleTimeout(double now_ms) {
  if (state_ != DtlsState::kConnecting || !ssl_) return;
  ERR_clear_error();
  // OpenSSL itself gives up after twelve retransmissions in a row.
  const bool is_over = now_ms >= deadline_ms_ || (!is_handshake_done_ && DTLSv1_handle_timeout(ssl_.get()) < 0);
  ERR_clear_error();
  if (!is_over) return;
  Fail(DtlsFailure::kTimeout);
  FreeWhenOver();
}

bool DtlsSession::Send(const uint8_t* data, size_t length) {
  if (state_ != DtlsState::kConnected || length == 0 || length > max_data_bytes()) return false;
  const RecordBuffers buffers(ssl_.get());
  size_t written = 0;
  return buffers.exist() && SSL_write_ex(ssl_.get(), data, length, &written) == 1;
}

size_t DtlsSession::max_data_bytes() const {
  return state_ == DtlsState::kConnected ? DTLS_get_data_mtu(ssl_.get()) : 0;
}

bool DtlsSession::TakeSrtp(SrtpSender* sender, SrtpReceiver* receiver) {
  if (state_ != DtlsState::kConnected || srtp_profile() == 0 || has_given_keys_) return false;
  has_given_keys_ = ExportSrtpKeys(ssl_.get(), options_.role == DtlsRole::kClient,
                                   static_cast<SrtpProfile>(srtp_profile()), sender, receiver);
  return has_given_keys_;
}

uint16_t DtlsSession::srtp_profile() const {
  const SRTP_PROTECTION_PROFILE* profile = ssl_ ? SSL_get_selected_srtp_profile(ssl_.get()) : nullptr;
  return profile != nullptr ? static_cast<uint16_t>(profile->id) : 0;
}

void DtlsSession::Close() {
  if (state_ == DtlsState::kFailed || state_ == DtlsState::kClosed) return;
  state_ = DtlsState::kClosed;
  if (!ssl_) return;
  if (is_handshake_done_) {
    const RecordBuffers buffers(ssl_.get());
    if (buffers.exist()) SSL_shutdown(ssl_.get());
  }
  ssl_.reset();
}

bool DtlsSession::HasExpectedFingerprint(const X509* certificate) const {
  uint8_t fingerprint[kFingerprintBytes];
  return FingerprintOf(certificate, fingerprint) &&
         CRYPTO_memcmp(fingerprint, remote_fingerprint_, kFingerprintBytes) == 0;
}

unsigned int DtlsSession::NextInterval(SSL*, unsigned int last_us) {
  return last_us == 0 ? kFirstIntervalUs : std::min(2 * last_us, kLongestIntervalUs);
}

size_t DtlsSession::TakeIncoming(uint8_t* out, size_t capacity) {
  const size_t length = incoming_bytes_ <= capacity ? incoming_bytes_ : 0;
  if (length > 0) std::memcpy(out, incoming_, length);
  incoming_bytes_ = 0;
  return length;
}

void DtlsSession::PutOutgoing(const uint8_t* datagram, size_t length) { sink_->OnDtlsDatagram(datagram, length); }

}  // namespace madang
