#ifndef MADANG_SRTP_SECRET_BYTES_H_
#define MADANG_SRTP_SECRET_BYTES_H_

#include <openssl/crypto.h>

#include <cstddef>
#include <cstdint>

namespace madang {

// Key material of at most N bytes, overwritten when it goes.
template <size_t N>
class SecretBytes {
 public:
  SecretBytes() = default;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes() { Cleanse(); }

  uint8_t* data() { return bytes_; }
  const uint8_t* data() const { return bytes_; }
  static constexpr size_t size() { return N; }

  void Cleanse() { OPENSSL_cleanse(bytes_, N); }

 private:
  uint8_t bytes_[N] = {};
};

}  // namespace madang

#endif  // MADANG_SRTP_SECRET_BYTES_H_
