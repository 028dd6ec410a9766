#include <napi.h>

#include "addon/versions.h"

namespace madang {

// Called once for each environment (the main thread and every worker) that loads the addon. Nothing here or below may
// be kept in a mutable global: instances of several threads live side by side.
Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("versions", Versions(env));
  return exports;
}

NODE_API_MODULE(madang, Init)

}  // namespace madang
