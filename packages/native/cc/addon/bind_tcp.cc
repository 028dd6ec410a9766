#include "addon/bind_tcp.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "udp/socket_address.h"

namespace madang {

namespace {

bool Set(int fd, int level, int option) {
  const int on = 1;
  return setsockopt(fd, level, option, &on, sizeof on) == 0;
}

// 0 or an errno. The system lets a port be shared when all of its sockets say so; who says it only after it was bound has
// been refused a port that somebody else had.
int Configure(int fd, int family, const SocketAddress& address, bool joins) {
  sockaddr_storage name;
  const socklen_t name_bytes = address.ToSystem(family, &name);
  const bool is_set = fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) == 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
                      Set(fd, SOL_SOCKET, SO_REUSEADDR) && (family == AF_INET || Set(fd, IPPROTO_IPV6, IPV6_V6ONLY)) &&
                      (!joins || Set(fd, SOL_SOCKET, SO_REUSEPORT)) &&
                      bind(fd, reinterpret_cast<const sockaddr*>(&name), name_bytes) == 0 &&
                      (joins || Set(fd, SOL_SOCKET, SO_REUSEPORT));
  return is_set ? 0 : errno;
}

}  // namespace

Napi::Value BindTcp(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[0].IsString() || !info[1].IsNumber()) {
    Napi::TypeError::New(env, "an address and a port are expected").ThrowAsJavaScriptException();
    return {};
  }
  SocketAddress address;
  const std::string ip = info[0].ToString();
  if (!SocketAddress::Parse(ip.c_str(), static_cast<uint16_t>(info[1].ToNumber().Uint32Value()), &address)) {
    Napi::TypeError::New(env, "no numeric address").ThrowAsJavaScriptException();
    return {};
  }
  const int family = address.IsIpv4() ? AF_INET : AF_INET6;
  const int fd = socket(family, SOCK_STREAM, 0);
  const int error = fd < 0 ? errno : Configure(fd, family, address, info[2].ToBoolean());
  if (error != 0 && fd >= 0) close(fd);
  return Napi::Number::New(env, error == 0 ? fd : -error);
}

}  // namespace madang
