#ifndef MADANG_DTLS_HELLO_GUARD_H_
#define MADANG_DTLS_HELLO_GUARD_H_

#include <cstddef>
#include <cstdint>

#include "srtp/hmac_sha1.h"

namespace madang {

// The cookie exchange of RFC 6347 section 4.2.1 for ports that take DTLS from anybody (TURN): a sender must show that it
// receives at its address before a session is made for it. Keeps nothing per sender: a hello costs two hashes and the
// reply is smaller than it. Where ICE has proved the address, the exchange would only cost a round trip.
class HelloGuard {
 public:
  enum class Verdict {
    kDrop,    // no hello that can be answered
    kReply,   // send the reply; nothing else is to be done
    kAccept,  // the cookie is good: make a session and give it this datagram
  };

  static constexpr size_t kCookieBytes = HmacSha1::kTagBytes;
  static constexpr size_t kReplyBytes = 13 + 12 + 3 + kCookieBytes;
  // Cookies hold for at least this long and at most twice as long.
  static constexpr double kCookieMs = 60000;

  // `secret` has 20 bytes from a good source.
  explicit HelloGuard(const uint8_t* secret);

  // Judges the first record of a datagram from `address`: any bytes that name the sender, at most 32, IP and port.
  // `reply` is written only with `kReply`.
  Verdict Check(const uint8_t* datagram, size_t length, const uint8_t* address, size_t address_bytes, double now_ms,
                uint8_t reply[kReplyBytes]) const;

 private:
  HmacSha1 hmac_;
};

}  // namespace madang

#endif  // MADANG_DTLS_HELLO_GUARD_H_
