// Two sessions and the wire between them, which may lose, repeat and rearrange datagrams.
#ifndef MADANG_TEST_DTLS_PAIR_H_
#define MADANG_TEST_DTLS_PAIR_H_

#include <unistd.h>

#include <ctime>
#include <deque>
#include <memory>

#include "check.h"
#include "dtls/dtls_session.h"

namespace madang {

// The clock that OpenSSL's timers follow too, more or less.
inline double NowMs() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1000.0 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e6;
}

inline void SleepMs(double ms) { usleep(static_cast<useconds_t>(1000.0 * ms)); }

struct DtlsEnd final : DtlsSink {
  std::deque<Bytes> sent;
  std::vector<Bytes> data;
  size_t longest = 0;
  std::unique_ptr<DtlsSession> session;

  DtlsEnd(DtlsIdentity* identity, const DtlsOptions& options)
      : session(std::make_unique<DtlsSession>(identity, this, options)) {}

  void OnDtlsDatagram(const uint8_t* datagram, size_t length) override {
    sent.emplace_back(datagram, datagram + length);
    longest = length > longest ? length : longest;
  }
  void OnDtlsData(const uint8_t* bytes, size_t length) override { data.emplace_back(bytes, bytes + length); }
};

inline DtlsOptions As(DtlsRole role) {
  DtlsOptions options;
  options.role = role;
  return options;
}

struct DtlsPair {
  DtlsIdentity* client_identity;
  DtlsIdentity* server_identity;
  DtlsEnd client;
  DtlsEnd server;

  DtlsPair(DtlsIdentity* of_client, DtlsIdentity* of_server, DtlsOptions client_options = As(DtlsRole::kClient),
           DtlsOptions server_options = As(DtlsRole::kServer))
      : client_identity(of_client),
        server_identity(of_server),
        client(of_client, client_options),
        server(of_server, server_options) {}

  void Trust() {
    client.session->SetRemoteFingerprint(server_identity->fingerprint());
    server.session->SetRemoteFingerprint(client_identity->fingerprint());
  }
  void Start() {
    server.session->Start(NowMs());
    client.session->Start(NowMs());
  }
  // Delivers until nobody has anything to say.
  void Settle() {
    while (!client.sent.empty() || !server.sent.empty()) {
      Deliver(&client, &server);
      Deliver(&server, &client);
    }
  }
  static void Deliver(DtlsEnd* from, DtlsEnd* to) {
    while (!from->sent.empty()) {
      const Bytes datagram = from->sent.front();
      from->sent.pop_front();
      to->session->Receive(datagram.data(), datagram.size(), NowMs());
    }
  }
  void Connect() {
    Trust();
    Start();
    Settle();
    CHECK(is_connected());
  }
  bool is_connected() const {
    return client.session->state() == DtlsState::kConnected && server.session->state() == DtlsState::kConnected;
  }
};

}  // namespace madang

#endif  // MADANG_TEST_DTLS_PAIR_H_
