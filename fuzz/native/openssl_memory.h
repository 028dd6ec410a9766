// Lets OpenSSL take its own memory past AddressSanitizer: its code is not instrumented, and most of the time of a handshake
// under the sanitizer went into its thousands of small allocations. What is ours stays watched; leaks of OpenSSL's
// objects are looked for by `packages/native/test/cc`.
#ifndef MADANG_FUZZ_OPENSSL_MEMORY_H_
#define MADANG_FUZZ_OPENSSL_MEMORY_H_

#include <openssl/crypto.h>

extern "C" {
void* __libc_malloc(size_t bytes);
void* __libc_realloc(void* memory, size_t bytes);
void __libc_free(void* memory);
}

namespace madang {

// To be called before anything of OpenSSL.
inline void TakeOpensslMemoryPastSanitizer() {
  const int done = CRYPTO_set_mem_functions(
      [](size_t bytes, const char*, int) { return __libc_malloc(bytes); },
      [](void* memory, size_t bytes, const char*, int) { return __libc_realloc(memory, bytes); },
      [](void* memory, const char*, int) { __libc_free(memory); });
  if (done != 1) std::abort();
}

}  // namespace madang

#endif  // MADANG_FUZZ_OPENSSL_MEMORY_H_
