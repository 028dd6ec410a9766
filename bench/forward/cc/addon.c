/* The bench's C as a Node-API module, so that it uses the same OpenSSL as Madang: Node's own. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <node_api.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "forward.h"
#include "load.h"

enum { kSocketBytes = 8 << 20, kSecretBytes = kKeyBytes + kSaltBytes, kMaxReceivers = 4096 };

static napi_value Get(napi_env env, napi_value object, const char* name) {
  napi_value value = NULL;
  napi_get_named_property(env, object, name, &value);
  return value;
}

static double GetNumber(napi_env env, napi_value object, const char* name) {
  double number = 0;
  napi_get_value_double(env, Get(env, object, name), &number);
  return number;
}

static const uint8_t* GetBytes(napi_env env, napi_value object, const char* name) {
  void* data = NULL;
  napi_get_buffer_info(env, Get(env, object, name), &data, NULL);
  return data;
}

static void SetNumber(napi_env env, napi_value object, const char* name, double number) {
  napi_value value;
  napi_create_double(env, number, &value);
  napi_set_named_property(env, object, name, value);
}

static struct sockaddr_in Loopback(uint16_t port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/* A socket on a free port of 127.0.0.1, with big buffers as far as the system grants them. */
static int OpenSocket(void) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int bytes = kSocketBytes;
  struct sockaddr_in address = Loopback(0);
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) != 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
  bind(fd, (struct sockaddr*)&address, sizeof address);
  return fd;
}

/* openSocket(): {fd, port} */
static napi_value OpenSocketJs(napi_env env, napi_callback_info info) {
  (void)info;
  int fd = OpenSocket();
  struct sockaddr_in address;
  socklen_t bytes = sizeof address;
  getsockname(fd, (struct sockaddr*)&address, &bytes);
  napi_value result;
  napi_create_object(env, &result);
  SetNumber(env, result, "fd", fd);
  SetNumber(env, result, "port", ntohs(address.sin_port));
  return result;
}

static napi_value FirstArgument(napi_env env, napi_callback_info info) {
  napi_value argument;
  size_t count = 1;
  napi_get_cb_info(env, info, &count, &argument, NULL, NULL);
  return argument;
}

static int GetInts(napi_env env, napi_value options, const char* name, int out[kMaxReceivers]) {
  napi_value list = Get(env, options, name);
  uint32_t count = 0;
  napi_get_array_length(env, list, &count);
  if (count > kMaxReceivers) count = kMaxReceivers;
  for (uint32_t i = 0; i < count; i++) {
    napi_value element;
    napi_get_element(env, list, i, &element);
    napi_get_value_int32(env, element, &out[i]);
  }
  return (int)count;
}

/* forward({fd, mode, publisher: secret, ports, secrets, firstSsrc}): {cpuUs, forwarded, failed}; blocks until stopped. */
static napi_value ForwardJs(napi_env env, napi_callback_info info) {
  static int ports[kMaxReceivers];
  napi_value options = FirstArgument(env, info);
  Forwarder forwarder = {.fd = (int)GetNumber(env, options, "fd"), .mode = (SendMode)GetNumber(env, options, "mode")};
  SrtpGcmInit(&forwarder.publisher, GetBytes(env, options, "publisher"), 0);
  forwarder.receiver_count = GetInts(env, options, "ports", ports);
  forwarder.receivers = calloc((size_t)forwarder.receiver_count, sizeof(Receiver));
  const uint8_t* secrets = GetBytes(env, options, "secrets");
  uint32_t first_ssrc = (uint32_t)GetNumber(env, options, "firstSsrc");
  for (int i = 0; i < forwarder.receiver_count; i++) {
    Receiver* receiver = &forwarder.receivers[i];
    receiver->address = Loopback((uint16_t)ports[i]);
    receiver->ssrc = first_ssrc + (uint32_t)i;
    SrtpGcmInit(&receiver->srtp, secrets + i * kSecretBytes, 1);
  }
  ForwardResult result = Forward(&forwarder);
  for (int i = 0; i < forwarder.receiver_count; i++) SrtpGcmFree(&forwarder.receivers[i].srtp);
  SrtpGcmFree(&forwarder.publisher);
  free(forwarder.receivers);
  napi_value object;
  napi_create_object(env, &object);
  SetNumber(env, object, "cpuUs", result.cpu_us);
  SetNumber(env, object, "forwarded", (double)result.forwarded);
  SetNumber(env, object, "failed", (double)result.failed);
  return object;
}

/* load({fd, port, publisher, first, receivers, packetBytes, burst, burstsPerSecond, seconds, warmSeconds}): figures */
static napi_value LoadJs(napi_env env, napi_callback_info info) {
  static int receivers[kMaxReceivers];
  napi_value options = FirstArgument(env, info);
  Load load = {.fd = (int)GetNumber(env, options, "fd"),
               .forwarder = Loopback((uint16_t)GetNumber(env, options, "port")),
               .receivers = receivers,
               .packet_bytes = (int)GetNumber(env, options, "packetBytes"),
               .burst = (int)GetNumber(env, options, "burst"),
               .bursts_per_second = GetNumber(env, options, "burstsPerSecond")};
  load.receiver_count = GetInts(env, options, "receivers", receivers);
  SrtpGcmInit(&load.publisher, GetBytes(env, options, "publisher"), 1);
  SrtpGcmInit(&load.first_receiver, GetBytes(env, options, "first"), 0);
  uint16_t seq16 = (uint16_t)GetNumber(env, options, "seq16");
  load.seconds = GetNumber(env, options, "warmSeconds");
  RunLoad(&load, &seq16);
  SendMark(&load, kMark);
  load.seconds = GetNumber(env, options, "seconds");
  LoadResult result = RunLoad(&load, &seq16);
  SendMark(&load, kStop);
  SrtpGcmFree(&load.publisher);
  SrtpGcmFree(&load.first_receiver);
  napi_value object;
  napi_create_object(env, &object);
  SetNumber(env, object, "published", (double)result.published);
  SetNumber(env, object, "received", (double)result.received);
  SetNumber(env, object, "opened", (double)result.opened);
  SetNumber(env, object, "wrong", (double)result.wrong);
  SetNumber(env, object, "socketDrops", (double)result.socket_drops);
  SetNumber(env, object, "cpuUs", result.cpu_us);
  SetNumber(env, object, "wallUs", result.wall_us);
  return object;
}

static void Export(napi_env env, napi_value exports, const char* name, napi_callback callback) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, NULL, &function);
  napi_set_named_property(env, exports, name, function);
}

NAPI_MODULE_INIT() {
  Export(env, exports, "openSocket", OpenSocketJs);
  Export(env, exports, "forward", ForwardJs);
  Export(env, exports, "load", LoadJs);
  return exports;
}
