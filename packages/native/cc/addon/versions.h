#ifndef MADANG_ADDON_VERSIONS_H_
#define MADANG_ADDON_VERSIONS_H_

#include <napi.h>

namespace madang {

// {openssl: the text that the OpenSSL in use says of itself}.
Napi::Object Versions(Napi::Env env);

}  // namespace madang

#endif  // MADANG_ADDON_VERSIONS_H_
