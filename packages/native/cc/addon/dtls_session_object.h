#ifndef MADANG_ADDON_DTLS_SESSION_OBJECT_H_
#define MADANG_ADDON_DTLS_SESSION_OBJECT_H_

#include <napi.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "dtls/dtls_session.h"

namespace madang {

// new DtlsSession(identity, {isClient, maxDatagramBytes, needsSrtp, afterCookie, needsCertificate,
// maxDataDatagramBytes}). What a call sends and receives is
// gathered and returned as {datagrams, data}, so that no JavaScript runs within OpenSSL. The media path does not go
// through here: it is for TURN over DTLS, tools and tests.
class DtlsSessionObject : public Napi::ObjectWrap<DtlsSessionObject>, private DtlsSink {
 public:
  static Napi::Function Define(Napi::Env env);
  explicit DtlsSessionObject(const Napi::CallbackInfo& info);

 private:
  using Info = const Napi::CallbackInfo&;
  using Records = std::vector<std::vector<uint8_t>>;

  Napi::Value SetRemoteFingerprint(Info info);
  Napi::Value Start(Info info);
  Napi::Value Receive(Info info);
  Napi::Value NextTimeoutMs(Info info);
  Napi::Value HandleTimeout(Info info);
  // send(bytes): {datagrams, data}, or null when nothing can be sent now
  Napi::Value Send(Info info);
  Napi::Value Close(Info info);
  // {state, failure, alertReceived, alertSent, srtpProfile, maxDataBytes, droppedRecords}
  Napi::Value Status(Info info);
  // takeSrtp(pair): whether `pair`, an SrtpPair without keys, has them now
  Napi::Value TakeSrtp(Info info);

  void OnDtlsDatagram(const uint8_t* datagram, size_t length) override;
  void OnDtlsData(const uint8_t* data, size_t length) override;
  Napi::Value TakeOutput(Napi::Env env);

  std::shared_ptr<DtlsIdentity> identity_;
  std::unique_ptr<DtlsSession> session_;
  Records datagrams_;
  Records data_;
};

}  // namespace madang

#endif  // MADANG_ADDON_DTLS_SESSION_OBJECT_H_
