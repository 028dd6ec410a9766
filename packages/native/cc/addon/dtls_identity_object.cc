#include "addon/dtls_identity_object.h"

#include <vector>

namespace madang {

namespace {

constexpr napi_type_tag kTag = {0x1b0f3a0c2f9d4e11, 0x9a6d51c07e7b0d21};

}  // namespace

Napi::Function DtlsIdentityObject::Define(Napi::Env env) {
  return DefineClass(env, "DtlsIdentity",
                     {InstanceMethod<&DtlsIdentityObject::Fingerprint>("fingerprint"),
                      InstanceMethod<&DtlsIdentityObject::CertificatePem>("certificatePem"),
                      InstanceMethod<&DtlsIdentityObject::KeyPem>("keyPem"),
                      InstanceMethod<&DtlsIdentityObject::SetProfiles>("setProfiles")});
}

DtlsIdentityObject::DtlsIdentityObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<DtlsIdentityObject>(info) {
  const bool loads = info[0].IsString() && info[1].IsString();
  identity_ = loads ? DtlsIdentity::Load(info[0].ToString().Utf8Value(), info[1].ToString().Utf8Value())
                    : DtlsIdentity::Generate();
  if (!identity_) {
    const char* what = loads ? "certificate and key can't be read, or do not fit" : "no key could be made";
    Napi::Error::New(info.Env(), what).ThrowAsJavaScriptException();
    return;
  }
  info.This().As<Napi::Object>().TypeTag(&kTag);
}

std::shared_ptr<DtlsIdentity> DtlsIdentityObject::From(const Napi::Value& value) {
  if (value.IsObject() && value.As<Napi::Object>().CheckTypeTag(&kTag)) {
    return Unwrap(value.As<Napi::Object>())->identity_;
  }
  Napi::TypeError::New(value.Env(), "a DtlsIdentity is expected").ThrowAsJavaScriptException();
  return nullptr;
}

Napi::Value DtlsIdentityObject::Fingerprint(Info info) {
  return Napi::Buffer<uint8_t>::Copy(info.Env(), identity_->fingerprint(), kFingerprintBytes);
}

Napi::Value DtlsIdentityObject::CertificatePem(Info info) {
  return Napi::String::New(info.Env(), identity_->CertificatePem());
}

Napi::Value DtlsIdentityObject::KeyPem(Info info) {
  std::string pem = identity_->KeyPem();
  const Napi::Value text = Napi::String::New(info.Env(), pem);
  OPENSSL_cleanse(pem.data(), pem.size());
  return text;
}

Napi::Value DtlsIdentityObject::SetProfiles(Info info) {
  std::vector<SrtpProfile> profiles;
  if (info[0].IsArray()) {
    const auto numbers = info[0].As<Napi::Array>();
    for (uint32_t ix = 0; ix < numbers.Length(); ++ix) {
      int32_t number = 0;
      napi_get_value_int32(info.Env(), numbers.Get(ix), &number);
      profiles.push_back(static_cast<SrtpProfile>(number));
    }
  }
  return Napi::Boolean::New(info.Env(), identity_->SetProfiles(profiles.data(), profiles.size()));
}

}  // namespace madang
