#ifndef MADANG_ADDON_SRTP_PAIR_OBJECT_H_
#define MADANG_ADDON_SRTP_PAIR_OBJECT_H_

#include <napi.h>

#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {

// Both directions of one peer. new SrtpPair() has no keys yet and gets them from DtlsSession.takeSrtp();
// new SrtpPair(profile, send, receive) takes keys that somebody else made, each key followed by its salt.
class SrtpPairObject : public Napi::ObjectWrap<SrtpPairObject> {
 public:
  static Napi::Function Define(Napi::Env env);
  explicit SrtpPairObject(const Napi::CallbackInfo& info);

  // Null, with a TypeError pending, for what is no such object.
  static SrtpPairObject* From(const Napi::Value& value);

  SrtpSender* sender() { return &sender_; }
  SrtpReceiver* receiver() { return &receiver_; }

 private:
  using Info = const Napi::CallbackInfo&;

  // protect…(buffer, length): the new length within the buffer, 0 on failure; unprotect…(packet): the plain length or 0
  Napi::Value ProtectRtp(Info info);
  Napi::Value ProtectRtcp(Info info);
  Napi::Value UnprotectRtp(Info info);
  Napi::Value UnprotectRtcp(Info info);
  // {send: number[], receive: number[]}, by SrtpFailure
  Napi::Value Failures(Info info);

  SrtpSender sender_;
  SrtpReceiver receiver_;
};

}  // namespace madang

#endif  // MADANG_ADDON_SRTP_PAIR_OBJECT_H_
