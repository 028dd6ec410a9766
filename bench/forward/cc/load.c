#define _GNU_SOURCE
#include "load.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#include "forward.h"

enum { kDrainEveryUs = 4000, kDrainCalls = 64 };

static double NowUs(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static void SleepUntil(double at_us) {
  struct timespec at = {(time_t)(at_us / 1e6), (long)((at_us - (double)(time_t)(at_us / 1e6) * 1e6) * 1e3)};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) != 0) {
  }
}

/* Every payload byte is the low byte of the sequence number: cheap to check at the other end. */
static void Publish(Load* load, uint16_t* seq16) {
  static uint8_t packets[kBatch][kDatagramBytes];
  struct mmsghdr out[kBatch];
  struct iovec iov[kBatch];
  for (int i = 0; i < load->burst; i++) {
    uint8_t* packet = packets[i];
    uint16_t seq = htons((*seq16)++);
    memset(packet, 0, kHeaderBytes);
    packet[0] = 0x80;
    packet[1] = 96;
    memcpy(packet + 2, &seq, 2);
    packet[11] = 1;
    memset(packet + kHeaderBytes, packet[3], (size_t)load->packet_bytes - kHeaderBytes);
    iov[i] = (struct iovec){packet, SrtpGcmProtect(&load->publisher, packet, (size_t)load->packet_bytes)};
    out[i].msg_hdr = (struct msghdr){.msg_name = &load->forwarder,
                                     .msg_namelen = sizeof load->forwarder,
                                     .msg_iov = &iov[i],
                                     .msg_iovlen = 1};
  }
  sendmmsg(load->fd, out, (unsigned)load->burst, 0);
}

static void Check(Load* load, uint8_t* packet, size_t length, LoadResult* result) {
  size_t plain = SrtpGcmUnprotect(&load->first_receiver, packet, length);
  int whole = plain == (size_t)load->packet_bytes && packet[kHeaderBytes] == packet[3] && packet[plain - 1] == packet[3];
  if (whole) result->opened++;
  else result->wrong++;
}

static uint64_t DrainSocket(Load* load, int ix, LoadResult* result) {
  static uint8_t packets[kBatch][kDatagramBytes];
  struct mmsghdr in[kBatch];
  struct iovec iov[kBatch];
  uint64_t total = 0;
  for (int call = 0; call < kDrainCalls; call++) {
    for (int i = 0; i < kBatch; i++) {
      iov[i] = (struct iovec){packets[i], kDatagramBytes};
      in[i].msg_hdr = (struct msghdr){.msg_iov = &iov[i], .msg_iovlen = 1};
    }
    int count = recvmmsg(load->receivers[ix], in, kBatch, MSG_DONTWAIT, NULL);
    if (count <= 0) break;
    total += (uint64_t)count;
    for (int i = 0; ix == 0 && i < count; i++) Check(load, packets[i], in[i].msg_len, result);
    if (count < kBatch) break;
  }
  return total;
}

static uint64_t DrainAll(Load* load, LoadResult* result) {
  uint64_t total = 0;
  for (int ix = 0; ix < load->receiver_count; ix++) total += DrainSocket(load, ix, result);
  result->received += total;
  return total;
}

static uint64_t SocketDrops(const Load* load) {
  enum { kDropsIx = 8 }; /* SK_MEMINFO_DROPS of linux/sock_diag.h */
  uint64_t drops = 0;
  for (int ix = 0; ix < load->receiver_count; ix++) {
    uint32_t info[9] = {0};
    socklen_t bytes = sizeof info;
    if (getsockopt(load->receivers[ix], SOL_SOCKET, SO_MEMINFO, info, &bytes) == 0) drops += info[kDropsIx];
  }
  return drops;
}

LoadResult RunLoad(Load* load, uint16_t* seq16) {
  LoadResult result = {0};
  uint64_t drops = SocketDrops(load);
  double cpu = NowUs(CLOCK_PROCESS_CPUTIME_ID);
  double begin = NowUs(CLOCK_MONOTONIC);
  double end = begin + load->seconds * 1e6;
  double burst_us = 1e6 / load->bursts_per_second;
  double next_burst = begin;
  double next_drain = begin + kDrainEveryUs;
  while (next_burst < end) {
    SleepUntil(next_burst < next_drain ? next_burst : next_drain);
    double now = NowUs(CLOCK_MONOTONIC);
    for (; next_burst <= now && next_burst < end; next_burst += burst_us) {
      Publish(load, seq16);
      result.published += (uint64_t)load->burst;
    }
    if (now < next_drain) continue;
    DrainAll(load, &result);
    next_drain = now + kDrainEveryUs;
  }
  result.wall_us = NowUs(CLOCK_MONOTONIC) - begin;
  result.cpu_us = NowUs(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  do SleepUntil(NowUs(CLOCK_MONOTONIC) + 50e3);
  while (DrainAll(load, &result) > 0);
  result.socket_drops = SocketDrops(load) - drops;
  return result;
}

void SendMark(Load* load, uint8_t byte) {
  sendto(load->fd, &byte, 1, 0, (struct sockaddr*)&load->forwarder, sizeof load->forwarder);
}
