#ifndef MADANG_SRTP_GCM_FUNCTIONS_H_
#define MADANG_SRTP_GCM_FUNCTIONS_H_

#include <openssl/core_dispatch.h>
#include <openssl/evp.h>

#include <cstddef>

namespace madang {

// What OpenSSL's provider does AES-GCM by, for keys of one length. Found once in a process, and never given back.
struct GcmFunctions {
  // Kept, and with it the provider that the functions are of.
  EVP_CIPHER* cipher = nullptr;
  void* provider = nullptr;
  OSSL_FUNC_cipher_newctx_fn* create = nullptr;
  OSSL_FUNC_cipher_freectx_fn* destroy = nullptr;
  OSSL_FUNC_cipher_encrypt_init_fn* begin_sealing = nullptr;
  OSSL_FUNC_cipher_decrypt_init_fn* begin_opening = nullptr;
  OSSL_FUNC_cipher_update_fn* update = nullptr;
  OSSL_FUNC_cipher_final_fn* end = nullptr;
  OSSL_FUNC_cipher_get_ctx_params_fn* get = nullptr;
  OSSL_FUNC_cipher_set_ctx_params_fn* set = nullptr;

  bool are_complete() const {
    return create && destroy && begin_sealing && begin_opening && update && end && get && set;
  }
};

// Null when this OpenSSL has no such cipher. `key_bytes` is 16 or 32.
const GcmFunctions* FindGcmFunctions(size_t key_bytes);

}  // namespace madang

#endif  // MADANG_SRTP_GCM_FUNCTIONS_H_
