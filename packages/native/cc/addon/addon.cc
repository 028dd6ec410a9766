#include <napi.h>

#include "addon/media_plane.h"
#include "addon/tables.h"
#include "addon/versions.h"

namespace madang {

// Called once for each environment (the main thread and every worker) that loads the addon. Nothing here or below may
// be kept in a mutable global: instances of several threads live side by side.
Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("versions", Versions(env));
  exports.Set("tables", Tables(env));
  exports.Set("MediaPlane", MediaPlane::Define(env));
  return exports;
}

NODE_API_MODULE(madang, Init)

}  // namespace madang
