#include "udp/datagram_writer.h"

#include <netinet/in.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "udp/offload.h"

namespace madang {

struct DatagramWriter::System {
  Outgoing messages[kMaxMessages];
  SocketAddress destinations[kMaxMessages];
  sockaddr_storage names[kMaxMessages];
  iovec iov[kMaxMessages];
#if MADANG_HAS_MMSG
  mmsghdr headers[kMaxMessages];
  alignas(cmsghdr) uint8_t control[kMaxMessages][CMSG_SPACE(sizeof(uint16_t))];
#else
  socklen_t name_bytes[kMaxMessages];
#endif

  // What the kernel wants to know of message `ix`, whose name is there already.
  void Describe(int ix, socklen_t length_of_name);
};

DatagramWriter::DatagramWriter() : system_(new System()) {}
DatagramWriter::~DatagramWriter() = default;

const Outgoing& DatagramWriter::message(int ix) const { return system_->messages[ix]; }
const SocketAddress& DatagramWriter::destination(int ix) const { return system_->destinations[ix]; }

bool DatagramWriter::Add(const SocketAddress& to, int family, const Outgoing& message) {
  const socklen_t name_bytes = to.ToSystem(family, &system_->names[count_]);
  if (name_bytes == 0) return false;
  system_->messages[count_] = message;
  system_->destinations[count_] = to;
  system_->Describe(count_, name_bytes);
  count_++;
  return true;
}

int DatagramWriter::SendSegment(int fd, int ix, uint32_t segment) {
  const Outgoing& message = system_->messages[ix];
  const uint32_t from = segment * message.segment_bytes;
  const uint32_t length = std::min(message.segment_bytes, message.length - from);
#if MADANG_HAS_MMSG
  const socklen_t name_bytes = system_->headers[ix].msg_hdr.msg_namelen;
#else
  const socklen_t name_bytes = system_->name_bytes[ix];
#endif
  const auto* name = reinterpret_cast<const sockaddr*>(&system_->names[ix]);
  return sendto(fd, message.bytes + from, length, MSG_DONTWAIT, name, name_bytes) < 0 ? -errno : 0;
}

#if MADANG_HAS_MMSG

void DatagramWriter::System::Describe(int ix, socklen_t length_of_name) {
  const Outgoing& message = messages[ix];
  iov[ix] = {const_cast<uint8_t*>(message.bytes), message.length};
  msghdr& header = headers[ix].msg_hdr;
  header = msghdr{};
  header.msg_name = &names[ix];
  header.msg_namelen = length_of_name;
  header.msg_iov = &iov[ix];
  header.msg_iovlen = 1;
  if (message.length <= message.segment_bytes) return;
  header.msg_control = control[ix];
  header.msg_controllen = sizeof control[ix];
  cmsghdr* segmenting = CMSG_FIRSTHDR(&header);
  segmenting->cmsg_level = SOL_UDP;
  segmenting->cmsg_type = UDP_SEGMENT;
  segmenting->cmsg_len = CMSG_LEN(sizeof(uint16_t));
  const auto segment_bytes = static_cast<uint16_t>(message.segment_bytes);
  memcpy(CMSG_DATA(segmenting), &segment_bytes, sizeof segment_bytes);
}

int DatagramWriter::Send(int fd, int first) {
  const int sent = sendmmsg(fd, system_->headers + first, static_cast<unsigned>(count_ - first), MSG_DONTWAIT);
  return sent < 0 ? -errno : sent;
}

#else

void DatagramWriter::System::Describe(int ix, socklen_t length_of_name) { name_bytes[ix] = length_of_name; }

int DatagramWriter::Send(int fd, int first) {
  for (int ix = first; ix < count_; ix++) {
    const int result = SendSegment(fd, ix, 0);
    if (result < 0) return ix > first ? ix - first : result;
  }
  return count_ - first;
}

#endif

}  // namespace madang
