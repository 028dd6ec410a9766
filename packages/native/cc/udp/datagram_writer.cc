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
};

DatagramWriter::DatagramWriter() : system_(new System()) {}
DatagramWriter::~DatagramWriter() = default;

const Outgoing& DatagramWriter::message(int ix) const { return system_->messages[ix]; }
const SocketAddress& DatagramWriter::destination(int ix) const { return system_->destinations[ix]; }

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

bool DatagramWriter::Add(const SocketAddress& to, int family, const Outgoing& message) {
  const int ix = count_;
  const socklen_t name_bytes = to.ToSystem(family, &system_->names[ix]);
  if (name_bytes == 0) return false;
  system_->messages[ix] = message;
  system_->destinations[ix] = to;
  system_->iov[ix] = {const_cast<uint8_t*>(message.bytes), message.length};
  msghdr& header = system_->headers[ix].msg_hdr;
  header = msghdr{};
  header.msg_name = &system_->names[ix];
  header.msg_namelen = name_bytes;
  header.msg_iov = &system_->iov[ix];
  header.msg_iovlen = 1;
  count_++;
  if (message.length <= message.segment_bytes) return true;
  header.msg_control = system_->control[ix];
  header.msg_controllen = sizeof system_->control[ix];
  cmsghdr* control = CMSG_FIRSTHDR(&header);
  control->cmsg_level = SOL_UDP;
  control->cmsg_type = UDP_SEGMENT;
  control->cmsg_len = CMSG_LEN(sizeof(uint16_t));
  const auto segment_bytes = static_cast<uint16_t>(message.segment_bytes);
  memcpy(CMSG_DATA(control), &segment_bytes, sizeof segment_bytes);
  return true;
}

int DatagramWriter::Send(int fd, int first) {
  const int sent = sendmmsg(fd, system_->headers + first, static_cast<unsigned>(count_ - first), MSG_DONTWAIT);
  return sent < 0 ? -errno : sent;
}

#else

bool DatagramWriter::Add(const SocketAddress& to, int family, const Outgoing& message) {
  const int ix = count_;
  const socklen_t name_bytes = to.ToSystem(family, &system_->names[ix]);
  if (name_bytes == 0) return false;
  system_->messages[ix] = message;
  system_->destinations[ix] = to;
  system_->name_bytes[ix] = name_bytes;
  count_++;
  return true;
}

int DatagramWriter::Send(int fd, int first) {
  for (int ix = first; ix < count_; ix++) {
    const int result = SendSegment(fd, ix, 0);
    if (result < 0) return ix > first ? ix - first : result;
  }
  return count_ - first;
}

#endif

}  // namespace madang
