#define _GNU_SOURCE
#include "forward.h"

#include <netinet/udp.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

/* What one sendmmsg call carries at most, in packets; a run of segments is one message. */
enum { kSlabPackets = 256, kMaxSegments = 32 };

typedef struct {
  uint8_t packets[kBatch][kDatagramBytes];
  size_t lengths[kBatch];
  struct mmsghdr in[kBatch];
  struct iovec in_iov[kBatch];

  uint8_t slab[kSlabPackets * kDatagramBytes];
  struct mmsghdr out[kSlabPackets];
  struct iovec out_iov[kSlabPackets];
  uint8_t control[kSlabPackets][CMSG_SPACE(sizeof(uint16_t))];
  int out_count;
  int out_packets;
  size_t slab_bytes;
} Buffers;

static double CpuUs(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static int Receive(int fd, Buffers* buffers) {
  for (int i = 0; i < kBatch; i++) {
    buffers->in_iov[i] = (struct iovec){buffers->packets[i], kDatagramBytes};
    buffers->in[i].msg_hdr = (struct msghdr){.msg_iov = &buffers->in_iov[i], .msg_iovlen = 1};
  }
  return recvmmsg(fd, buffers->in, kBatch, MSG_WAITFORONE, NULL);
}

/* Copies the packet to `to`, writes the receiver's SSRC into it, and encrypts. */
static size_t Prepare(Receiver* receiver, const uint8_t* packet, size_t length, uint8_t* to) {
  memcpy(to, packet, length);
  uint32_t ssrc = htonl(receiver->ssrc);
  memcpy(to + 8, &ssrc, 4);
  return SrtpGcmProtect(&receiver->srtp, to, length);
}

static void SendEach(Forwarder* forwarder, Buffers* buffers, int count, ForwardResult* result) {
  for (int p = 0; p < count; p++) {
    for (int r = 0; r < forwarder->receiver_count; r++) {
      Receiver* receiver = &forwarder->receivers[r];
      size_t length = Prepare(receiver, buffers->packets[p], buffers->lengths[p], buffers->slab);
      ssize_t sent = sendto(forwarder->fd, buffers->slab, length, 0, (struct sockaddr*)&receiver->address,
                            sizeof receiver->address);
      if (sent < 0) result->failed++;
      else result->forwarded++;
    }
  }
}

static void FlushOut(Forwarder* forwarder, Buffers* buffers, ForwardResult* result) {
  int sent = 0;
  while (sent < buffers->out_count) {
    int now = sendmmsg(forwarder->fd, buffers->out + sent, buffers->out_count - sent, 0);
    if (now <= 0) break;
    sent += now;
  }
  if (sent == buffers->out_count) result->forwarded += buffers->out_packets;
  else result->failed += buffers->out_packets;
  buffers->out_count = buffers->out_packets = 0;
  buffers->slab_bytes = 0;
}

/* One message of `bytes` from `start`, cut into `segment` bytes each by the kernel when that is not 0. */
static void AddMessage(Buffers* buffers, Receiver* receiver, uint8_t* start, size_t bytes, uint16_t segment) {
  int m = buffers->out_count++;
  buffers->out_iov[m] = (struct iovec){start, bytes};
  struct msghdr* header = &buffers->out[m].msg_hdr;
  *header = (struct msghdr){.msg_name = &receiver->address,
                            .msg_namelen = sizeof receiver->address,
                            .msg_iov = &buffers->out_iov[m],
                            .msg_iovlen = 1};
  if (segment == 0) return;
  header->msg_control = buffers->control[m];
  header->msg_controllen = CMSG_SPACE(sizeof segment);
  struct cmsghdr* control = CMSG_FIRSTHDR(header);
  control->cmsg_level = SOL_UDP;
  control->cmsg_type = UDP_SEGMENT;
  control->cmsg_len = CMSG_LEN(sizeof segment);
  memcpy(CMSG_DATA(control), &segment, sizeof segment);
}

/* All packets of the batch for one receiver after the other. With GSO, packets of one length are one message. */
static void SendRuns(Forwarder* forwarder, Buffers* buffers, int count, ForwardResult* result) {
  int gso = forwarder->mode == kGso;
  for (int r = 0; r < forwarder->receiver_count; r++) {
    Receiver* receiver = &forwarder->receivers[r];
    for (int p = 0; p < count;) {
      if (buffers->out_packets + kMaxSegments > kSlabPackets) FlushOut(forwarder, buffers, result);
      uint8_t* start = buffers->slab + buffers->slab_bytes;
      size_t segment = 0;
      size_t bytes = 0;
      int run = 0;
      do {
        size_t length = Prepare(receiver, buffers->packets[p], buffers->lengths[p], start + bytes);
        if (run++ == 0) segment = length;
        bytes += length;
        p++;
      } while (gso && p < count && run < kMaxSegments && buffers->lengths[p] == buffers->lengths[p - 1]);
      AddMessage(buffers, receiver, start, bytes, run > 1 ? (uint16_t)segment : 0);
      buffers->slab_bytes += bytes;
      buffers->out_packets += run;
    }
  }
  FlushOut(forwarder, buffers, result);
}

/* Opens the packets of a batch, and notes marks. Returns how many packets there are, -1 at the end. */
static int Open(Forwarder* forwarder, Buffers* buffers, int count, ForwardResult* result, double* since) {
  int kept = 0;
  for (int i = 0; i < count; i++) {
    uint8_t* packet = buffers->packets[i];
    if (packet[0] == kStop) return -1;
    if (packet[0] == kMark) {
      *result = (ForwardResult){0};
      *since = CpuUs();
      continue;
    }
    size_t length = SrtpGcmUnprotect(&forwarder->publisher, packet, buffers->in[i].msg_len);
    if (length == 0) {
      result->failed++;
      continue;
    }
    if (kept != i) memcpy(buffers->packets[kept], packet, length);
    buffers->lengths[kept++] = length;
  }
  return kept;
}

ForwardResult Forward(Forwarder* forwarder) {
  static Buffers buffers;
  ForwardResult result = {0};
  double since = CpuUs();
  for (;;) {
    int count = Receive(forwarder->fd, &buffers);
    if (count < 0) break;
    count = Open(forwarder, &buffers, count, &result, &since);
    if (count < 0) break;
    if (forwarder->mode == kSendto) SendEach(forwarder, &buffers, count, &result);
    else SendRuns(forwarder, &buffers, count, &result);
  }
  result.cpu_us = CpuUs() - since;
  return result;
}
