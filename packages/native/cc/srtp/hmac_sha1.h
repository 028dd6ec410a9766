#ifndef MADANG_SRTP_HMAC_SHA1_H_
#define MADANG_SRTP_HMAC_SHA1_H_

#include <cstddef>
#include <cstdint>

namespace madang {

// HMAC-SHA1 with a key that is set once (RFC 2104). Both pads are hashed at that time, and a tag starts from copies of
// these two states: EVP_MAC allocates its state anew for each tag, which costs a fifth more for a packet of 1,200 bytes.
class HmacSha1 {
 public:
  static constexpr size_t kTagBytes = 20;

  HmacSha1() = default;
  HmacSha1(const HmacSha1&) = delete;
  HmacSha1& operator=(const HmacSha1&) = delete;
  ~HmacSha1();

  // `key_bytes` is at most 64.
  void SetKey(const uint8_t* key, size_t key_bytes);
  // The whole tag of `data` followed by the big-endian `word`.
  void Sign(const uint8_t* data, size_t length, uint32_t word, uint8_t tag[kTagBytes]) const;

 private:
  // The five words of SHA-1 after one block: all that there is to keep of a state that has no bytes waiting.
  struct AfterOneBlock {
    uint32_t h[5];
  };

  AfterOneBlock inner_ = {};
  AfterOneBlock outer_ = {};
};

}  // namespace madang

#endif  // MADANG_SRTP_HMAC_SHA1_H_
