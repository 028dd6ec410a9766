#include "dtls/hello_guard.h"

#include <openssl/crypto.h>

#include <cstring>

#include "dtls/dtls_record.h"

namespace madang {

namespace {

constexpr size_t kRandomBytes = 32;
constexpr size_t kMaxAddressBytes = 32;
constexpr uint8_t kTypeHelloVerifyRequest = 3;

// Record and message header, then | 254, 255 | length | cookie |. Record and message number are those of the hello
// (RFC 6347 section 4.2.1), the version is that of DTLS 1.0 whatever will be agreed on.
void WriteReply(const DtlsRecord& hello, const uint8_t* cookie, uint8_t* reply) {
  constexpr uint8_t kBodyBytes = 3 + HelloGuard::kCookieBytes;
  std::memcpy(reply, hello.bytes, 13);
  reply[1] = 254;
  reply[2] = 255;
  reply[11] = 0;
  reply[12] = 12 + kBodyBytes;
  uint8_t* message = reply + 13;
  std::memset(message, 0, 12);
  message[0] = kTypeHelloVerifyRequest;
  message[3] = kBodyBytes;
  std::memcpy(message + 4, hello.fragment() + 4, 2);
  message[11] = kBodyBytes;
  message[12] = 254;
  message[13] = 255;
  message[14] = HelloGuard::kCookieBytes;
  std::memcpy(message + 15, cookie, HelloGuard::kCookieBytes);
}

}  // namespace

HelloGuard::HelloGuard(const uint8_t* secret) { hmac_.SetKey(secret, HmacSha1::kTagBytes); }

HelloGuard::Verdict HelloGuard::Check(const uint8_t* datagram, size_t length, const uint8_t* address,
                                      size_t address_bytes, double now_ms, uint8_t reply[kReplyBytes]) const {
  DtlsRecord record;
  ClientHello hello;
  if (address_bytes > kMaxAddressBytes) return Verdict::kDrop;
  if (!ReadDtlsRecord(datagram, length, &record) || !ReadClientHello(record, &hello)) return Verdict::kDrop;
  uint8_t named[kMaxAddressBytes + kRandomBytes];
  std::memcpy(named, address, address_bytes);
  std::memcpy(named + address_bytes, hello.random, kRandomBytes);
  const auto slot = static_cast<uint32_t>(static_cast<uint64_t>(now_ms / kCookieMs));
  uint8_t cookie[kCookieBytes];
  if (hello.cookie_bytes == kCookieBytes) {
    for (uint32_t back = 0; back < 2; ++back) {
      hmac_.Sign(named, address_bytes + kRandomBytes, slot - back, cookie);
      if (CRYPTO_memcmp(cookie, hello.cookie, kCookieBytes) == 0) return Verdict::kAccept;
    }
  }
  hmac_.Sign(named, address_bytes + kRandomBytes, slot, cookie);
  WriteReply(record, cookie, reply);
  return Verdict::kReply;
}

}  // namespace madang
