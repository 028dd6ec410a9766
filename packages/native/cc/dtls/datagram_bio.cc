#include "dtls/datagram_bio.h"

namespace madang {

namespace {

DatagramEnd* EndOf(BIO* bio) { return static_cast<DatagramEnd*>(BIO_get_data(bio)); }

int Read(BIO* bio, char* out, int capacity) {
  BIO_clear_retry_flags(bio);
  if (capacity <= 0) return 0;
  const size_t length = EndOf(bio)->TakeIncoming(reinterpret_cast<uint8_t*>(out), static_cast<size_t>(capacity));
  if (length > 0) return static_cast<int>(length);
  BIO_set_retry_read(bio);
  return -1;
}

int Write(BIO* bio, const char* data, int length) {
  BIO_clear_retry_flags(bio);
  if (length > 0) EndOf(bio)->PutOutgoing(reinterpret_cast<const uint8_t*>(data), static_cast<size_t>(length));
  return length;
}

// Everything about sockets and path MTU is answered with "no": sessions say what size they want.
long Control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

}  // namespace

BioMethodPointer MakeDatagramBioMethod() {
  BioMethodPointer method(BIO_meth_new(BIO_TYPE_SOURCE_SINK, "datagrams"));
  if (!method) return nullptr;
  BIO_meth_set_read(method.get(), Read);
  BIO_meth_set_write(method.get(), Write);
  BIO_meth_set_ctrl(method.get(), Control);
  return method;
}

BioPointer MakeDatagramBio(const BIO_METHOD* method, DatagramEnd* end) {
  BioPointer bio(BIO_new(method));
  if (!bio) return nullptr;
  BIO_set_data(bio.get(), end);
  BIO_set_init(bio.get(), 1);
  return bio;
}

}  // namespace madang
