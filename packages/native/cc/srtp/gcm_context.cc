#include "srtp/gcm_context.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <utility>

#include "srtp/gcm_functions.h"

namespace madang {

std::unique_ptr<GcmContext> GcmContext::Create(const uint8_t* key, size_t key_bytes, bool seals) {
  const GcmFunctions* functions = FindGcmFunctions(key_bytes);
  void* state = functions == nullptr ? nullptr : functions->create(functions->provider);
  if (state == nullptr) return nullptr;
  std::unique_ptr<GcmContext> context(new GcmContext(*functions, state, seals));
  const auto begin = seals ? functions->begin_sealing : functions->begin_opening;
  return begin(state, key, key_bytes, nullptr, 0, nullptr) == 1 ? std::move(context) : nullptr;
}

GcmContext::~GcmContext() { functions_.destroy(state_); }

bool GcmContext::Start(const uint8_t iv[kIvBytes]) {
  const auto begin = seals_ ? functions_.begin_sealing : functions_.begin_opening;
  return begin(state_, nullptr, 0, iv, kIvBytes, nullptr) == 1;
}

bool GcmContext::Authenticate(const uint8_t* bytes, size_t length) {
  size_t written = 0;
  return functions_.update(state_, nullptr, &written, length, bytes, length) == 1;
}

bool GcmContext::Apply(uint8_t* bytes, size_t length) {
  size_t written = 0;
  return functions_.update(state_, bytes, &written, length, bytes, length) == 1;
}

bool GcmContext::Tag(uint8_t out[kTagBytes]) {
  size_t written = 0;
  if (functions_.end(state_, out, &written, kTagBytes) != 1) return false;
  OSSL_PARAM wanted[] = {OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, out, kTagBytes), OSSL_PARAM_construct_end()};
  return functions_.get(state_, wanted) == 1;
}

bool GcmContext::HasTag(const uint8_t tag[kTagBytes]) {
  // OpenSSL only reads it.
  auto* expected = const_cast<uint8_t*>(tag);
  const OSSL_PARAM given[] = {OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, expected, kTagBytes), OSSL_PARAM_construct_end()};
  size_t written = 0;
  uint8_t none[kTagBytes];
  return functions_.set(state_, given) == 1 && functions_.end(state_, none, &written, sizeof none) == 1;
}

}  // namespace madang
