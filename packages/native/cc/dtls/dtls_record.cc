#include "dtls/dtls_record.h"

namespace madang {

namespace {

constexpr uint8_t kFirstType = 20;
constexpr uint8_t kMajorVersion = 254;
// RFC 5246 section 6.2.3: what encryption may add to the largest record.
constexpr size_t kMaxFragment = 16384 + 2048;
constexpr size_t kMaxClientHello = 16384;

constexpr size_t kHandshakeHeaderBytes = 12;
constexpr uint8_t kTypeClientHello = 1;
constexpr size_t kRandomBytes = 32;

size_t Read16(const uint8_t* at) { return static_cast<size_t>(at[0]) << 8 | at[1]; }
size_t Read24(const uint8_t* at) { return static_cast<size_t>(at[0]) << 16 | Read16(at + 1); }

}  // namespace

bool ReadDtlsRecord(const uint8_t* datagram, size_t length, DtlsRecord* record) {
  if (length < kDtlsHeaderBytes) return false;
  if (datagram[0] < kFirstType || datagram[0] > DtlsRecord::kApplicationData) return false;
  if (datagram[1] != kMajorVersion) return false;
  const size_t fragment = Read16(datagram + 11);
  if (fragment == 0 || fragment > kMaxFragment || fragment > length - kDtlsHeaderBytes) return false;
  record->bytes = datagram;
  record->length = kDtlsHeaderBytes + fragment;
  record->type = datagram[0];
  record->epoch = static_cast<uint16_t>(Read16(datagram + 3));
  return true;
}

// RFC 6347 section 4.2.2:
//
//   | type |  message length  | message seq | fragment offset  | fragment length  | fragment …
//   0      1                  4             6                  9                 12
bool IsClientHello(const DtlsRecord& record) {
  if (record.type != DtlsRecord::kHandshake || record.epoch != 0) return false;
  if (record.fragment_bytes() <= kHandshakeHeaderBytes) return false;
  const uint8_t* message = record.fragment();
  if (message[0] != kTypeClientHello) return false;
  const size_t whole = Read24(message + 1);
  const size_t offset = Read24(message + 6);
  const size_t part = Read24(message + 9);
  return whole <= kMaxClientHello && part > 0 && part <= record.fragment_bytes() - kHandshakeHeaderBytes &&
         offset <= whole && part <= whole - offset;
}

// The body of a ClientHello: | version, 2 | random, 32 | length, session id | length, cookie | …
bool ReadClientHello(const DtlsRecord& record, ClientHello* hello) {
  if (!IsClientHello(record) || Read24(record.fragment() + 6) != 0) return false;
  const uint8_t* body = record.fragment() + kHandshakeHeaderBytes;
  const size_t length = Read24(record.fragment() + 9);
  size_t at = 2 + kRandomBytes;
  if (length <= at) return false;
  hello->random = body + 2;
  at += 1 + static_cast<size_t>(body[at]);
  if (length <= at) return false;
  hello->cookie_bytes = body[at];
  hello->cookie = body + at + 1;
  return length - at - 1 >= hello->cookie_bytes;
}

}  // namespace madang
