#include "addon/srtp_pair_object.h"

#include <algorithm>

#include "addon/byte_arguments.h"

namespace madang {

namespace {

constexpr napi_type_tag kTag = {0x4f86c0f07cc54a02, 0x8d3b6b5d2f0e4c37};

size_t LengthOf(const Napi::CallbackInfo& info, size_t ix) {
  uint32_t length = 0;
  napi_get_value_uint32(info.Env(), info[ix], &length);
  return length;
}

Napi::Array CountsOf(Napi::Env env, const SrtpFailureCounts& failures) {
  const Napi::Array counts = Napi::Array::New(env, kSrtpFailures);
  for (uint32_t ix = 0; ix < kSrtpFailures; ++ix) {
    counts.Set(ix, static_cast<double>(failures.Of(static_cast<SrtpFailure>(ix))));
  }
  return counts;
}

}  // namespace

Napi::Function SrtpPairObject::Define(Napi::Env env) {
  return DefineClass(env, "SrtpPair",
                     {InstanceMethod<&SrtpPairObject::ProtectRtp>("protectRtp"),
                      InstanceMethod<&SrtpPairObject::ProtectRtcp>("protectRtcp"),
                      InstanceMethod<&SrtpPairObject::UnprotectRtp>("unprotectRtp"),
                      InstanceMethod<&SrtpPairObject::UnprotectRtcp>("unprotectRtcp"),
                      InstanceMethod<&SrtpPairObject::Failures>("failures")});
}

SrtpPairObject::SrtpPairObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<SrtpPairObject>(info) {
  info.This().As<Napi::Object>().TypeTag(&kTag);
  if (info.Length() == 0) return;
  const auto profile = static_cast<SrtpProfile>(LengthOf(info, 0));
  const SrtpProfileTraits* traits = FindSrtpProfile(profile);
  const ByteArgument send = BytesOf(info[1]);
  const ByteArgument receive = BytesOf(info[2]);
  const size_t wanted = traits != nullptr ? traits->key_bytes + traits->salt_bytes : 0;
  const bool is_keyed = traits != nullptr && send.length == wanted && receive.length == wanted &&
                        sender_.Init(profile, send.bytes, send.bytes + traits->key_bytes) &&
                        receiver_.Init(profile, receive.bytes, receive.bytes + traits->key_bytes);
  if (!is_keyed) Napi::Error::New(info.Env(), "profile and keys do not fit").ThrowAsJavaScriptException();
}

SrtpPairObject* SrtpPairObject::From(const Napi::Value& value) {
  if (value.IsObject() && value.As<Napi::Object>().CheckTypeTag(&kTag)) return Unwrap(value.As<Napi::Object>());
  Napi::TypeError::New(value.Env(), "an SrtpPair is expected").ThrowAsJavaScriptException();
  return nullptr;
}

Napi::Value SrtpPairObject::ProtectRtp(Info info) {
  const ByteArgument buffer = NeedBytes(info, 0);
  if (!buffer) return {};
  const size_t length = std::min(LengthOf(info, 1), buffer.length);
  return Napi::Number::New(info.Env(), static_cast<double>(sender_.ProtectRtp(buffer.bytes, length, buffer.length)));
}

Napi::Value SrtpPairObject::ProtectRtcp(Info info) {
  const ByteArgument buffer = NeedBytes(info, 0);
  if (!buffer) return {};
  const size_t length = std::min(LengthOf(info, 1), buffer.length);
  return Napi::Number::New(info.Env(), static_cast<double>(sender_.ProtectRtcp(buffer.bytes, length, buffer.length)));
}

Napi::Value SrtpPairObject::UnprotectRtp(Info info) {
  const ByteArgument packet = NeedBytes(info, 0);
  if (!packet) return {};
  const size_t length = receiver_.UnprotectRtp(packet.bytes, packet.length, nullptr);
  return Napi::Number::New(info.Env(), static_cast<double>(length));
}

Napi::Value SrtpPairObject::UnprotectRtcp(Info info) {
  const ByteArgument packet = NeedBytes(info, 0);
  if (!packet) return {};
  const size_t length = receiver_.UnprotectRtcp(packet.bytes, packet.length, nullptr);
  return Napi::Number::New(info.Env(), static_cast<double>(length));
}

Napi::Value SrtpPairObject::Failures(Info info) {
  const Napi::Object failures = Napi::Object::New(info.Env());
  failures.Set("send", CountsOf(info.Env(), sender_.failures()));
  failures.Set("receive", CountsOf(info.Env(), receiver_.failures()));
  return failures;
}

}  // namespace madang
