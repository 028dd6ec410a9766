#ifndef __linux__

#include <sys/event.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>

#include "udp/readiness.h"

namespace madang {
namespace {

void* Tag(int32_t port_ix) { return reinterpret_cast<void*>(static_cast<intptr_t>(port_ix)); }

int Change(int queue, int fd, int16_t filter, uint16_t flags, int32_t port_ix) {
  struct kevent change;
  EV_SET(&change, fd, filter, flags, 0, 0, Tag(port_ix));
  return kevent(queue, &change, 1, nullptr, 0, nullptr) == 0 ? 0 : errno;
}

}  // namespace

Readiness::Readiness() : fd_(kqueue()) {}

Readiness::~Readiness() {
  if (fd_ >= 0) close(fd_);
}

int Readiness::Watch(int fd, int32_t port_ix) { return Change(fd_, fd, EVFILT_READ, EV_ADD, port_ix); }

int Readiness::WatchRoom(int fd, int32_t port_ix, bool wants_room) {
  return Change(fd_, fd, EVFILT_WRITE, wants_room ? EV_ADD : EV_DELETE, port_ix);
}

int Readiness::Poll(Event events[kMaxEvents]) {
  struct kevent ready[kMaxEvents];
  const timespec at_once{};
  const int count = kevent(fd_, nullptr, 0, ready, kMaxEvents, &at_once);
  for (int ix = 0; ix < count; ix++) {
    const auto port_ix = static_cast<int32_t>(reinterpret_cast<intptr_t>(ready[ix].udata));
    events[ix] = Event{port_ix, ready[ix].filter == EVFILT_READ, ready[ix].filter == EVFILT_WRITE};
  }
  return count < 0 ? 0 : count;
}

}  // namespace madang

#endif  // !__linux__
