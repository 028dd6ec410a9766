#ifndef MADANG_DTLS_DTLS_SESSION_H_
#define MADANG_DTLS_DTLS_SESSION_H_

#include <cstddef>
#include <cstdint>

#include "dtls/datagram_bio.h"
#include "dtls/dtls_identity.h"
#include "dtls/dtls_record.h"
#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {

// Where a session's output goes, from within its calls. Must not call the session back.
class DtlsSink {
 public:
  // To be sent as one datagram.
  virtual void OnDtlsDatagram(const uint8_t* datagram, size_t length) = 0;
  // One decrypted record of application data. The bytes are gone when this returns.
  virtual void OnDtlsData(const uint8_t* data, size_t length) = 0;

 protected:
  ~DtlsSink() = default;
};

enum class DtlsRole : uint8_t { kClient = 0, kServer = 1 };

enum class DtlsState : uint8_t {
  kNew = 0,
  kConnecting,  // a server that waits for its hello, too
  kConnected,   // the handshake is done and the fingerprint is the expected one
  kClosed,      // by Close() or by the peer's close_notify
  kFailed,
};

enum class DtlsFailure : uint8_t {
  kNone = 0,
  kTimeout,      // no answer, or no end after 30 s
  kFingerprint,  // the certificate is not the one that signaling announced
  kNoProfile,    // no SRTP profile in common
  kAlert,        // the peer gave up: see alert_received()
  kProtocol,     // we gave up: see alert_sent()
  kOpenssl,      // no memory, and the like
};

struct DtlsOptions {
  DtlsRole role = DtlsRole::kServer;
  // The largest datagram that is sent, as UDP payload.
  size_t max_datagram = 1200;
  // Fail when no SRTP profile is agreed on. Not for TURN.
  bool needs_srtp = true;
  // A HelloGuard has accepted the first datagram.
  bool after_cookie = false;
  // Whether the peer must show a certificate, that of the fingerprint. Not for clients of TURN, who prove themselves in it.
  bool needs_certificate = true;
  // The largest datagram that is sent once the handshake is done; 0 is as before it.
  size_t max_data_datagram = 0;
};

// One DTLS 1.2 association. It reads datagrams that somebody has found to come from the peer's address, hands out those
// to be sent, and gives keys and data only after the peer's certificate had the fingerprint that signaling announced.
//
// Takes no memory of OpenSSL's before the first hello, and keeps no record buffers between calls once it is connected.
// Plaintext records can't disturb a connected session; before that, data and all but a few encrypted records are dropped.
//
// Time is monotonic milliseconds, for the deadline; retransmissions follow OpenSSL's own clock, which can't be injected.
class DtlsSession final : private DatagramEnd {
 public:
  static constexpr double kHandshakeMs = 30000;
  static constexpr int kNoAlert = -1;
  static constexpr double kNever = -1;

  // Both outlive the session. `max_datagram` is taken within 256 to 2,048.
  DtlsSession(DtlsIdentity* identity, DtlsSink* sink, const DtlsOptions& options);
  DtlsSession(const DtlsSession&) = delete;
  DtlsSession& operator=(const DtlsSession&) = delete;

  // For DtlsIdentity: what OpenSSL calls back about certificates, alerts and cookies.
  static void SetCallbacks(SSL_CTX* context);

  // SHA-256 of the certificate that the peer must show. May come while the handshake runs, which then waits at its end;
  // the first call counts.
  void SetRemoteFingerprint(const uint8_t fingerprint[kFingerprintBytes]);

  // A client sends its hello; a server waits for one.
  void Start(double now_ms);
  // One datagram from the peer; anything may be in it.
  void Receive(const uint8_t* datagram, size_t length, double now_ms);
  // Milliseconds from now until HandleTimeout() is due, 0 if it is; kNever when nothing is awaited.
  double NextTimeoutMs(double now_ms);
  void HandleTimeout(double now_ms);

  // One record of application data. False unless connected and 1 to max_data_bytes() long.
  bool Send(const uint8_t* data, size_t length);
  size_t max_data_bytes() const;

  // Keys both, once. False unless connected with an SRTP profile, or when the keys were taken before.
  bool TakeSrtp(SrtpSender* sender, SrtpReceiver* receiver);

  // Says good-bye to a peer that is connected, and frees what OpenSSL holds.
  void Close();

  DtlsState state() const { return state_; }
  DtlsFailure failure() const { return failure_; }
  // Descriptions of fatal alerts (RFC 5246 section 7.2), or kNoAlert.
  int alert_received() const { return alert_received_; }
  int alert_sent() const { return alert_sent_; }
  // Of the agreed SRTP profile; 0 when there is none.
  uint16_t srtp_profile() const;
  // Records that were not given to OpenSSL.
  uint64_t dropped_records() const { return dropped_records_; }

 private:
  static constexpr size_t kGcmRecordBytes = 8 + 16;
  // Encrypted records that may come before the handshake is done: OpenSSL keeps them, with 17 KB each.
  static constexpr int kMaxEarlyRecords = 8;

  static int VerifyCertificate(X509_STORE_CTX* store, void* unused);
  static void NoteAlert(const SSL* ssl, int where, int value);
  static unsigned int NextInterval(SSL* ssl, unsigned int last_us);

  size_t TakeIncoming(uint8_t* out, size_t capacity) override;
  void PutOutgoing(const uint8_t* datagram, size_t length) override;

  bool IsWanted(const DtlsRecord& record);
  void ReceiveRecord(const DtlsRecord& record, double now_ms);
  bool CreateSsl(double now_ms);
  void AcceptAfterCookie();
  void Handshake();
  void OnHandshakeDone();
  void ReadData();
  void FailBecauseOf(int ssl_error);
  void Fail(DtlsFailure why);
  void FreeWhenOver();
  bool HasExpectedFingerprint(const X509* certificate) const;

  DtlsIdentity* const identity_;
  DtlsSink* const sink_;
  const DtlsOptions options_;
  SslPointer ssl_;
  const uint8_t* incoming_ = nullptr;
  size_t incoming_bytes_ = 0;
  double deadline_ms_ = 0;
  uint64_t dropped_records_ = 0;
  uint8_t remote_fingerprint_[kFingerprintBytes] = {};
  // Of a fragment that could be authentic. OpenSSL ends a session over a shorter one, whoever sent it.
  size_t least_encrypted_ = kGcmRecordBytes;
  bool knows_fingerprint_ = false;
  bool is_handshake_done_ = false;
  bool has_given_keys_ = false;
  DtlsState state_ = DtlsState::kNew;
  DtlsFailure failure_ = DtlsFailure::kNone;
  int early_records_ = 0;
  int alert_received_ = kNoAlert;
  int alert_sent_ = kNoAlert;
};

}  // namespace madang

#endif  // MADANG_DTLS_DTLS_SESSION_H_
