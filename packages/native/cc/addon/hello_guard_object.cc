#include "addon/hello_guard_object.h"

#include <openssl/rand.h>

#include "addon/byte_arguments.h"
#include "srtp/secret_bytes.h"

namespace madang {

Napi::Function HelloGuardObject::Define(Napi::Env env) {
  return DefineClass(env, "HelloGuard",
                     {InstanceMethod<&HelloGuardObject::Check>("check"),
                      StaticValue("replyBytes", Napi::Number::New(env, HelloGuard::kReplyBytes))});
}

HelloGuardObject::HelloGuardObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<HelloGuardObject>(info) {
  SecretBytes<HelloGuard::kCookieBytes> secret;
  if (RAND_bytes(secret.data(), static_cast<int>(secret.size())) != 1) {
    Napi::Error::New(info.Env(), "no random bytes").ThrowAsJavaScriptException();
    return;
  }
  guard_ = std::make_unique<HelloGuard>(secret.data());
}

Napi::Value HelloGuardObject::Check(const Napi::CallbackInfo& info) {
  const ByteArgument datagram = NeedBytes(info, 0);
  const ByteArgument address = BytesOf(info[1]);
  const ByteArgument reply = BytesOf(info[3]);
  if (!datagram) return {};
  if (address.length == 0 || reply.length < HelloGuard::kReplyBytes) {
    Napi::TypeError::New(info.Env(), "address and room for a reply are expected").ThrowAsJavaScriptException();
    return {};
  }
  double now_ms = 0;
  napi_get_value_double(info.Env(), info[2], &now_ms);
  const HelloGuard::Verdict verdict =
      guard_->Check(datagram.bytes, datagram.length, address.bytes, address.length, now_ms, reply.bytes);
  return Napi::Number::New(info.Env(), static_cast<int>(verdict));
}

}  // namespace madang
