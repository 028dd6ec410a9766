#ifndef MADANG_ADDON_DTLS_IDENTITY_OBJECT_H_
#define MADANG_ADDON_DTLS_IDENTITY_OBJECT_H_

#include <napi.h>

#include <memory>

#include "dtls/dtls_identity.h"

namespace madang {

// new DtlsIdentity() makes a key, new DtlsIdentity(certificatePem, keyPem) takes one. Throws when neither works.
class DtlsIdentityObject : public Napi::ObjectWrap<DtlsIdentityObject> {
 public:
  static Napi::Function Define(Napi::Env env);
  explicit DtlsIdentityObject(const Napi::CallbackInfo& info);

  // Null, with a TypeError pending, for what is no such object.
  static std::shared_ptr<DtlsIdentity> From(const Napi::Value& value);

 private:
  using Info = const Napi::CallbackInfo&;

  Napi::Value Fingerprint(Info info);
  Napi::Value CertificatePem(Info info);
  Napi::Value KeyPem(Info info);
  // setProfiles(numbers): false when one is unknown, or there is none
  Napi::Value SetProfiles(Info info);

  // Shared with the sessions, which may be collected later than this object.
  std::shared_ptr<DtlsIdentity> identity_;
};

}  // namespace madang

#endif  // MADANG_ADDON_DTLS_IDENTITY_OBJECT_H_
