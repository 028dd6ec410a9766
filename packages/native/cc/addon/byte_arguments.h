#ifndef MADANG_ADDON_BYTE_ARGUMENTS_H_
#define MADANG_ADDON_BYTE_ARGUMENTS_H_

#include <napi.h>

#include <cstddef>
#include <cstdint>

namespace madang {

// Bytes of a Uint8Array or Buffer, valid while the call lasts. False when the argument is anything else.
struct ByteArgument {
  uint8_t* bytes = nullptr;
  size_t length = 0;
  bool is_there = false;

  explicit operator bool() const { return is_there; }
};

inline ByteArgument BytesOf(const Napi::Value& value) {
  if (!value.IsTypedArray()) return {};
  if (value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) return {};
  auto array = value.As<Napi::Uint8Array>();
  return {array.Data(), array.ByteLength(), true};
}

// The bytes of one argument; false with a TypeError pending when it is no Uint8Array.
inline ByteArgument NeedBytes(const Napi::CallbackInfo& info, size_t ix) {
  const ByteArgument bytes = BytesOf(info[ix]);
  if (!bytes) Napi::TypeError::New(info.Env(), "a Uint8Array is expected").ThrowAsJavaScriptException();
  return bytes;
}

}  // namespace madang

#endif  // MADANG_ADDON_BYTE_ARGUMENTS_H_
