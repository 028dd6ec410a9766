#include "udp/datagram_reader.h"

#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>

#include <cerrno>
#include <cstring>

#include "udp/offload.h"

namespace madang {

// Room for an IP_TOS or IPV6_TCLASS, a time stamp, and the size of segments.
constexpr size_t kControlBytes = 128;

struct DatagramReader::System {
  uint32_t slot_bytes;
  Incoming incoming[kMaxMessages];
  iovec iov[kMaxMessages][2];
  alignas(cmsghdr) uint8_t control[kMaxMessages][kControlBytes];
#if MADANG_HAS_MMSG
  mmsghdr headers[kMaxMessages];
#endif

  void Prepare(int ix, msghdr* header) {
    header->msg_name = &incoming[ix].from;
    header->msg_namelen = sizeof incoming[ix].from;
    header->msg_iov = iov[ix];
    header->msg_iovlen = 2;
    header->msg_control = control[ix];
    header->msg_controllen = kControlBytes;
    header->msg_flags = 0;
  }
  void Finish(int ix, const msghdr& header, size_t bytes);
};

namespace {

template <typename T>
T Value(const cmsghdr* control) {
  T value{};
  memcpy(&value, CMSG_DATA(control), sizeof value);
  return value;
}

int64_t Nanoseconds(const cmsghdr* control) {
#ifdef SCM_TIMESTAMPNS
  const auto time = Value<timespec>(control);
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
#else
  const auto time = Value<timeval>(control);
  return int64_t{time.tv_sec} * 1'000'000'000 + int64_t{time.tv_usec} * 1'000;
#endif
}

#ifdef SCM_TIMESTAMPNS
constexpr int kTimestamp = SCM_TIMESTAMPNS;
#else
constexpr int kTimestamp = SCM_TIMESTAMP;
#endif

void ReadControl(const cmsghdr* control, Incoming* incoming) {
  if (control->cmsg_level == SOL_SOCKET && control->cmsg_type == kTimestamp) {
    incoming->wall_ns = Nanoseconds(control);
  } else if (control->cmsg_level == IPPROTO_IP && (control->cmsg_type == IP_TOS || control->cmsg_type == IP_RECVTOS)) {
    incoming->ecn = Value<uint8_t>(control) & 3;
  } else if (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_TCLASS) {
    incoming->ecn = static_cast<uint8_t>(Value<int>(control) & 3);
#ifdef __linux__
  } else if (control->cmsg_level == SOL_UDP && control->cmsg_type == UDP_GRO) {
    incoming->segment_bytes = static_cast<uint32_t>(Value<int>(control));
#endif
  }
}

}  // namespace

void DatagramReader::System::Finish(int ix, const msghdr& header, size_t bytes) {
  Incoming& message = incoming[ix];
  message.bytes = static_cast<uint32_t>(bytes);
  message.segment_bytes = 0;
  message.wall_ns = 0;
  message.ecn = 0;
  message.is_cut = (header.msg_flags & MSG_TRUNC) != 0;
  auto* rest = const_cast<msghdr*>(&header);
  for (cmsghdr* control = CMSG_FIRSTHDR(rest); control != nullptr; control = CMSG_NXTHDR(rest, control))
    ReadControl(control, &message);
}

std::unique_ptr<DatagramReader> DatagramReader::Create(uint32_t slot_bytes) {
  void* spill =
      mmap(nullptr, kMaxMessages * kSpillBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (spill == MAP_FAILED) return nullptr;
  return std::unique_ptr<DatagramReader>(new DatagramReader(slot_bytes, static_cast<uint8_t*>(spill)));
}

DatagramReader::DatagramReader(uint32_t slot_bytes, uint8_t* spill) : system_(new System()), spill_(spill) {
  system_->slot_bytes = slot_bytes;
  for (int ix = 0; ix < kMaxMessages; ix++) system_->iov[ix][1] = {spill_ + ix * kSpillBytes, kSpillBytes};
}

DatagramReader::~DatagramReader() { munmap(spill_, kMaxMessages * kSpillBytes); }

void DatagramReader::SetSlot(int ix, uint8_t* slot) { system_->iov[ix][0] = {slot, system_->slot_bytes}; }

const Incoming& DatagramReader::message(int ix) const { return system_->incoming[ix]; }

#if MADANG_HAS_MMSG

int DatagramReader::Read(int fd, int count) {
  for (int ix = 0; ix < count; ix++) system_->Prepare(ix, &system_->headers[ix].msg_hdr);
  const int read = recvmmsg(fd, system_->headers, static_cast<unsigned>(count), MSG_DONTWAIT, nullptr);
  if (read < 0) return errno == EAGAIN || errno == EINTR ? 0 : -errno;
  for (int ix = 0; ix < read; ix++) system_->Finish(ix, system_->headers[ix].msg_hdr, system_->headers[ix].msg_len);
  return read;
}

#else

int DatagramReader::Read(int fd, int count) {
  for (int ix = 0; ix < count; ix++) {
    msghdr header{};
    system_->Prepare(ix, &header);
    const ssize_t bytes = recvmsg(fd, &header, MSG_DONTWAIT);
    if (bytes < 0) {
      if (ix > 0 || errno == EAGAIN || errno == EINTR) return ix;
      return -errno;
    }
    system_->Finish(ix, header, static_cast<size_t>(bytes));
  }
  return count;
}

#endif

}  // namespace madang
