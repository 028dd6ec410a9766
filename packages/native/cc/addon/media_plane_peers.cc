// The calls of a plane that are about peers.
#include <openssl/crypto.h>

#include <string>

#include "addon/arguments.h"
#include "addon/media_plane.h"
#include "srtp/srtp_profile.h"

namespace madang {

Napi::Value MediaPlane::OpenPeer(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  return Napi::Number::New(info.Env(), plane->AddPeer());
}

Napi::Value MediaPlane::ClosePeer(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  return Napi::Boolean::New(info.Env(), plane->RemovePeer(IntArgument(info, 0)));
}

Napi::Value MediaPlane::KeyPeer(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  Peer* peer = plane->peer(IntArgument(info, 0));
  const auto profile = static_cast<SrtpProfile>(IntArgument(info, 1));
  const SrtpProfileTraits* traits = FindSrtpProfile(profile);
  const auto send = info[2].As<Napi::Uint8Array>();
  const auto receive = info[3].As<Napi::Uint8Array>();
  const size_t wanted = traits == nullptr ? 0 : traits->key_bytes + traits->salt_bytes;
  const bool is_keyed = peer != nullptr && wanted > 0 && send.ByteLength() == wanted &&
                        receive.ByteLength() == wanted &&
                        peer->sender.Init(profile, send.Data(), send.Data() + traits->key_bytes) &&
                        peer->receiver.Init(profile, receive.Data(), receive.Data() + traits->key_bytes);
  return Napi::Boolean::New(info.Env(), is_keyed);
}

Napi::Value MediaPlane::BeginDtls(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const DtlsRole role = IntArgument(info, 1) == 0 ? DtlsRole::kClient : DtlsRole::kServer;
  const bool has_begun = plane->sessions().Begin(IntArgument(info, 0), role, static_cast<size_t>(IntArgument(info, 2)));
  loop_->SetTimer();
  return Napi::Boolean::New(info.Env(), has_begun);
}

void MediaPlane::SetFingerprint(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return;
  const auto fingerprint = info[1].As<Napi::Uint8Array>();
  if (fingerprint.ByteLength() != kFingerprintBytes) return;
  plane->sessions().SetFingerprint(IntArgument(info, 0), fingerprint.Data());
  loop_->SetTimer();
}

Napi::Value MediaPlane::SetIdentity(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const std::string certificate = info[0].As<Napi::String>();
  std::string key = info[1].As<Napi::String>();
  const bool is_set = plane->sessions().SetIdentity(DtlsIdentity::Load(certificate, key));
  OPENSSL_cleanse(key.data(), key.size());
  return Napi::Boolean::New(info.Env(), is_set);
}

Napi::Value MediaPlane::Fingerprint(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const DtlsIdentity* identity = plane->sessions().Identity();
  if (identity == nullptr) return info.Env().Undefined();
  return Napi::Buffer<uint8_t>::Copy(info.Env(), identity->fingerprint(), kFingerprintBytes);
}

Napi::Value MediaPlane::Admit(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  return Napi::Boolean::New(info.Env(), plane->Admit(IntArgument(info, 0), IntArgument(info, 1)));
}

Napi::Value MediaPlane::UsePath(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const bool is_used = plane->UsePath(IntArgument(info, 0), IntArgument(info, 1), IntArgument(info, 2));
  loop_->SetTimer();
  return Napi::Boolean::New(info.Env(), is_used);
}

Napi::Value MediaPlane::SetExtensionIds(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  Peer* peer = plane->peer(IntArgument(info, 0));
  if (peer != nullptr) {
    const auto id = [&info](size_t ix) { return static_cast<uint8_t>(IntArgument(info, ix)); };
    peer->extension_ids = ExtensionIds{id(1), id(2), id(3)};
  }
  return Napi::Boolean::New(info.Env(), peer != nullptr);
}

}  // namespace madang
