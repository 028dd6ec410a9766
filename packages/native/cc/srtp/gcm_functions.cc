#include "srtp/gcm_functions.h"

#include <openssl/core.h>
#include <openssl/provider.h>

#include <cstring>

namespace madang {
namespace {

// Names of an algorithm stand side by side with colons between them (OSSL_ALGORITHM(3)).
bool HasName(const char* names, const char* name) {
  const size_t length = std::strlen(name);
  for (const char* at = names; at != nullptr; at = std::strchr(at, ':')) {
    if (*at == ':') at++;
    const bool is_same = std::strncmp(at, name, length) == 0;
    if (is_same && (at[length] == ':' || at[length] == '\0')) return true;
  }
  return false;
}

void Take(const OSSL_DISPATCH& entry, GcmFunctions* out) {
  switch (entry.function_id) {
    case OSSL_FUNC_CIPHER_NEWCTX:
      out->create = OSSL_FUNC_cipher_newctx(&entry);
      break;
    case OSSL_FUNC_CIPHER_FREECTX:
      out->destroy = OSSL_FUNC_cipher_freectx(&entry);
      break;
    case OSSL_FUNC_CIPHER_ENCRYPT_INIT:
      out->begin_sealing = OSSL_FUNC_cipher_encrypt_init(&entry);
      break;
    case OSSL_FUNC_CIPHER_DECRYPT_INIT:
      out->begin_opening = OSSL_FUNC_cipher_decrypt_init(&entry);
      break;
    case OSSL_FUNC_CIPHER_UPDATE:
      out->update = OSSL_FUNC_cipher_update(&entry);
      break;
    case OSSL_FUNC_CIPHER_FINAL:
      out->end = OSSL_FUNC_cipher_final(&entry);
      break;
    case OSSL_FUNC_CIPHER_GET_CTX_PARAMS:
      out->get = OSSL_FUNC_cipher_get_ctx_params(&entry);
      break;
    case OSSL_FUNC_CIPHER_SET_CTX_PARAMS:
      out->set = OSSL_FUNC_cipher_set_ctx_params(&entry);
      break;
  }
}

GcmFunctions Find(const char* name) {
  GcmFunctions found;
  found.cipher = EVP_CIPHER_fetch(nullptr, name, nullptr);
  if (found.cipher == nullptr) return found;
  const OSSL_PROVIDER* provider = EVP_CIPHER_get0_provider(found.cipher);
  int is_not_to_be_kept = 0;
  const OSSL_ALGORITHM* const all = OSSL_PROVIDER_query_operation(provider, OSSL_OP_CIPHER, &is_not_to_be_kept);
  // What may change later is not taken down: then the cipher is used by EVP.
  const OSSL_ALGORITHM* each = is_not_to_be_kept == 0 ? all : nullptr;
  while (each != nullptr && each->algorithm_names != nullptr && !HasName(each->algorithm_names, name)) each++;
  if (each != nullptr && each->algorithm_names != nullptr) {
    for (const OSSL_DISPATCH* entry = each->implementation; entry->function_id != 0; entry++) Take(*entry, &found);
  }
  OSSL_PROVIDER_unquery_operation(provider, OSSL_OP_CIPHER, all);
  found.provider = OSSL_PROVIDER_get0_provider_ctx(provider);
  return found;
}

}  // namespace

const GcmFunctions* FindGcmFunctions(size_t key_bytes) {
  static const GcmFunctions kShort = Find("AES-128-GCM");
  static const GcmFunctions kLong = Find("AES-256-GCM");
  const GcmFunctions& found = key_bytes == 32 ? kLong : kShort;
  return found.are_complete() ? &found : nullptr;
}

}  // namespace madang
