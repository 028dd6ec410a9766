/* The other side of the forwarding bench: one publisher that sends bursts, and receivers that are drained on a timer. */
#ifndef BENCH_LOAD_H_
#define BENCH_LOAD_H_

#include <netinet/in.h>
#include <stdint.h>

#include "srtp_gcm.h"

typedef struct {
  int fd;
  struct sockaddr_in forwarder;
  SrtpGcm publisher;
  int* receivers; /* sockets */
  int receiver_count;
  SrtpGcm first_receiver; /* opens every packet that the first receiver gets */
  int packet_bytes;       /* RTP, before it is protected */
  int burst;
  double bursts_per_second;
  double seconds;
} Load;

typedef struct {
  uint64_t published;
  uint64_t received;
  uint64_t opened; /* packets of the first receiver that were authentic and unchanged */
  uint64_t wrong;  /* the others */
  uint64_t socket_drops;
  double cpu_us;
  double wall_us;
} LoadResult;

/* Sends for `seconds` and drains until nothing more comes. `first_seq16` is where the sequence numbers go on. */
LoadResult RunLoad(Load* load, uint16_t* seq16);
/* Sends one datagram of one byte, to begin or end what is measured. */
void SendMark(Load* load, uint8_t byte);

#endif
