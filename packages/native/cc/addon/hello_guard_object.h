#ifndef MADANG_ADDON_HELLO_GUARD_OBJECT_H_
#define MADANG_ADDON_HELLO_GUARD_OBJECT_H_

#include <napi.h>

#include <memory>

#include "dtls/hello_guard.h"

namespace madang {

// new HelloGuard(): with a secret of its own.
class HelloGuardObject : public Napi::ObjectWrap<HelloGuardObject> {
 public:
  static Napi::Function Define(Napi::Env env);
  explicit HelloGuardObject(const Napi::CallbackInfo& info);

 private:
  // check(datagram, address, nowMs, reply): the verdict's number; `reply` is filled with kReply
  Napi::Value Check(const Napi::CallbackInfo& info);

  std::unique_ptr<HelloGuard> guard_;
};

}  // namespace madang

#endif  // MADANG_ADDON_HELLO_GUARD_OBJECT_H_
