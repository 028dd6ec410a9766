#ifndef MADANG_DTLS_DATAGRAM_BIO_H_
#define MADANG_DTLS_DATAGRAM_BIO_H_

#include <cstddef>
#include <cstdint>

#include "dtls/openssl_pointers.h"

namespace madang {

// What OpenSSL reads from and writes to in place of a socket.
class DatagramEnd {
 public:
  // The bytes that were put there for OpenSSL to read, once; 0 when there are none.
  virtual size_t TakeIncoming(uint8_t* out, size_t capacity) = 0;
  // One datagram that OpenSSL sends.
  virtual void PutOutgoing(const uint8_t* datagram, size_t length) = 0;

 protected:
  ~DatagramEnd() = default;
};

// A BIO in memory that keeps the borders of datagrams, which OpenSSL's own memory BIO does not, and copies nothing.
// The method outlives its BIOs.
BioMethodPointer MakeDatagramBioMethod();
BioPointer MakeDatagramBio(const BIO_METHOD* method, DatagramEnd* end);

}  // namespace madang

#endif  // MADANG_DTLS_DATAGRAM_BIO_H_
