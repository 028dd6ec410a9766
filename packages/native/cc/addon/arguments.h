#ifndef MADANG_ADDON_ARGUMENTS_H_
#define MADANG_ADDON_ARGUMENTS_H_

#include <napi.h>

#include <cstdint>

namespace madang {

// Readers for arguments that TypeScript has checked. What is missing or of another kind reads as 0 or false.

inline int32_t IntArgument(const Napi::CallbackInfo& info, size_t ix) {
  int32_t value = 0;
  napi_get_value_int32(info.Env(), info[ix], &value);
  return value;
}

inline int32_t IntOption(const Napi::Object& options, const char* name) {
  int32_t value = 0;
  napi_get_value_int32(options.Env(), options.Get(name), &value);
  return value;
}

inline bool FlagOption(const Napi::Object& options, const char* name) {
  bool value = false;
  napi_get_value_bool(options.Env(), options.Get(name), &value);
  return value;
}

}  // namespace madang

#endif  // MADANG_ADDON_ARGUMENTS_H_
