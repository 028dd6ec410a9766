/* The three loops in C that the forwarding bench compares with: what a forwarder costs that does nothing but the work. */
#ifndef BENCH_FORWARD_H_
#define BENCH_FORWARD_H_

#include <netinet/in.h>
#include <stdint.h>

#include "srtp_gcm.h"

enum { kDatagramBytes = 2048, kBatch = 64 };
/* First byte of the datagrams that begin and end what is measured. */
enum { kMark = 0xfe, kStop = 0xff };

typedef enum { kSendto, kSendmmsg, kGso } SendMode;

typedef struct {
  struct sockaddr_in address;
  SrtpGcm srtp;
  uint32_t ssrc;
} Receiver;

typedef struct {
  int fd;
  SendMode mode;
  SrtpGcm publisher;
  Receiver* receivers;
  int receiver_count;
} Forwarder;

typedef struct {
  double cpu_us;       /* user and system time of the whole process between mark and stop */
  uint64_t forwarded;  /* packets handed to the kernel in that time */
  uint64_t failed;     /* packets that could not be opened or sent */
} ForwardResult;

/* Blocks until a kStop datagram arrives. */
ForwardResult Forward(Forwarder* forwarder);

#endif
