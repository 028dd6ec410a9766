#include <napi.h>

#include "addon/bind_tcp.h"
#include "addon/dtls_identity_object.h"
#include "addon/dtls_session_object.h"
#include "addon/hello_guard_object.h"
#include "addon/media_plane.h"
#include "addon/srtp_pair_object.h"
#include "addon/tables.h"
#include "addon/versions.h"

namespace madang {

// Called once for each environment (the main thread and every worker) that loads the addon. Nothing here or below may
// be kept in a mutable global: instances of several threads live side by side.
Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("versions", Versions(env));
  exports.Set("tables", Tables(env));
  exports.Set("bindTcp", Napi::Function::New(env, BindTcp, "bindTcp"));
  exports.Set("MediaPlane", MediaPlane::Define(env));
  exports.Set("DtlsIdentity", DtlsIdentityObject::Define(env));
  exports.Set("DtlsSession", DtlsSessionObject::Define(env));
  exports.Set("HelloGuard", HelloGuardObject::Define(env));
  exports.Set("SrtpPair", SrtpPairObject::Define(env));
  return exports;
}

NODE_API_MODULE(madang, Init)

}  // namespace madang
