#ifndef MADANG_DTLS_DTLS_RECORD_H_
#define MADANG_DTLS_DTLS_RECORD_H_

#include <cstddef>
#include <cstdint>

namespace madang {

constexpr size_t kDtlsHeaderBytes = 13;

// One record of a datagram (RFC 6347 section 4.1), seen in place:
//
//   | type |  254 | minor |  epoch  |       sequence, 48 bits       | length  | fragment …
//   0      1      2       3         5                              11        13
struct DtlsRecord {
  static constexpr uint8_t kAlert = 21;
  static constexpr uint8_t kHandshake = 22;
  static constexpr uint8_t kApplicationData = 23;

  const uint8_t* bytes;  // the whole record
  size_t length;         // with its header
  uint8_t type;
  uint16_t epoch;

  const uint8_t* fragment() const { return bytes + kDtlsHeaderBytes; }
  size_t fragment_bytes() const { return length - kDtlsHeaderBytes; }
};

// Reads the record at the start of `datagram`; the next one follows `length` bytes later. False when there is none, when
// it is cut off, or when it is of no type or version that DTLS 1.2 has.
bool ReadDtlsRecord(const uint8_t* datagram, size_t length, DtlsRecord* record);

// The beginning of a ClientHello, as far as a cookie needs it. `cookie` points into the record.
struct ClientHello {
  const uint8_t* random;  // 32 bytes
  const uint8_t* cookie;
  size_t cookie_bytes;
};

// Whether a record is a plaintext fragment of a ClientHello: the only thing that may begin a session. With a large one
// (post-quantum key shares) any fragment may come first.
bool IsClientHello(const DtlsRecord& record);

// Reads a ClientHello. False unless the record begins one and holds it up to its cookie.
bool ReadClientHello(const DtlsRecord& record, ClientHello* hello);

}  // namespace madang

#endif  // MADANG_DTLS_DTLS_RECORD_H_
