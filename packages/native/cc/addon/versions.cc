#include "addon/versions.h"

#include <openssl/crypto.h>

namespace madang {

Napi::Object Versions(Napi::Env env) {
  Napi::Object versions = Napi::Object::New(env);
  versions.Set("openssl", OpenSSL_version(OPENSSL_VERSION));
  return versions;
}

}  // namespace madang
