#ifndef MADANG_SRTP_GCM_CONTEXT_H_
#define MADANG_SRTP_GCM_CONTEXT_H_

#include <cstddef>
#include <cstdint>
#include <memory>

namespace madang {

struct GcmFunctions;

// AES-GCM with one key in one direction, by the functions that OpenSSL's provider offers to EVP (provider-cipher(7)). What EVP
// does around them for every packet takes as long as a third of the encryption of 1,200 bytes, and longer than that of 120.
//
//   Start(iv)   Authenticate(clear)…   Apply(secret)   Tag(out) or HasTag(tag)
class GcmContext {
 public:
  static constexpr size_t kIvBytes = 12;
  static constexpr size_t kTagBytes = 16;

  // `key_bytes` is 16 or 32. Null when OpenSSL refuses.
  static std::unique_ptr<GcmContext> Create(const uint8_t* key, size_t key_bytes, bool seals);
  ~GcmContext();
  GcmContext(const GcmContext&) = delete;
  GcmContext& operator=(const GcmContext&) = delete;

  // Each of these is false when OpenSSL refuses.
  bool Start(const uint8_t iv[kIvBytes]);
  bool Authenticate(const uint8_t* bytes, size_t length);
  // Encrypts or decrypts in place.
  bool Apply(uint8_t* bytes, size_t length);
  // Of what was encrypted.
  bool Tag(uint8_t out[kTagBytes]);
  // Whether what was decrypted, and authenticated beside it, has this tag. In constant time.
  bool HasTag(const uint8_t tag[kTagBytes]);

 private:
  GcmContext(const GcmFunctions& functions, void* state, bool seals)
      : functions_(functions), state_(state), seals_(seals) {}

  const GcmFunctions& functions_;
  void* const state_;
  const bool seals_;
};

}  // namespace madang

#endif  // MADANG_SRTP_GCM_CONTEXT_H_
