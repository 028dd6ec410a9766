#ifndef MADANG_ADDON_MEDIA_PLANE_H_
#define MADANG_ADDON_MEDIA_PLANE_H_

#include <napi.h>

#include "addon/plane_loop.h"

namespace madang {

// A plane as JavaScript sees it. packages/native/src/native-plane.ts is the only caller and has checked the arguments;
// every call after close() throws.
class MediaPlane : public Napi::ObjectWrap<MediaPlane> {
 public:
  static Napi::Function Define(Napi::Env env);

  // new MediaPlane(options, onBatch)
  explicit MediaPlane(const Napi::CallbackInfo& info);

 private:
  using Info = const Napi::CallbackInfo&;

  // {buffer, and where in it each part begins}
  Napi::Value Memory(Info info);
  void Flush(Info info);
  // bind(options): {error: errno} or {portIx, …}
  Napi::Value Bind(Info info);
  // listenTcp(options): as bind
  Napi::Value ListenTcp(Info info);
  Napi::Value Unbind(Info info);
  // addressIx(ip, port): -1 when there is no room, -2 when `ip` is none
  Napi::Value AddressIx(Info info);
  // address(addressIx): {ip, port}, or null
  Napi::Value Address(Info info);
  Napi::Value KeepAddress(Info info);
  Napi::Value ReleaseAddress(Info info);
  Napi::Value AddMid(Info info);
  Napi::Value Counts(Info info);
  void Close(Info info);

  Napi::Value OpenPeer(Info info);
  Napi::Value ClosePeer(Info info);
  // keyPeer(peerIx, profile, send, receive): each key, then salt
  Napi::Value KeyPeer(Info info);
  // beginDtls(peerIx, isServer, maxDatagramBytes)
  Napi::Value BeginDtls(Info info);
  void SetFingerprint(Info info);
  // setIdentity(certificatePem, keyPem)
  Napi::Value SetIdentity(Info info);
  // SHA-256 of our certificate; undefined when OpenSSL refuses to make one
  Napi::Value Fingerprint(Info info);
  Napi::Value Admit(Info info);
  Napi::Value UsePath(Info info);
  Napi::Value SetExtensionIds(Info info);

  // Null, with an exception pending, when the plane is closed.
  Plane* Open(Info info);

  PlaneLoop* loop_ = nullptr;
};

}  // namespace madang

#endif  // MADANG_ADDON_MEDIA_PLANE_H_
