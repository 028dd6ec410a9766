#ifndef __linux__

#include <sys/event.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>

#include "udp/readiness.h"

namespace madang {
namespace {

void* Tag(int32_t key) { return reinterpret_cast<void*>(static_cast<intptr_t>(key)); }

int Change(int queue, int fd, int16_t filter, uint16_t flags, int32_t key) {
  struct kevent change;
  EV_SET(&change, fd, filter, flags, 0, 0, Tag(key));
  return kevent(queue, &change, 1, nullptr, 0, nullptr) == 0 ? 0 : errno;
}

}  // namespace

Readiness::Readiness() : fd_(kqueue()) {}

Readiness::~Readiness() {
  if (fd_ >= 0) close(fd_);
}

int Readiness::Watch(int fd, int32_t key) { return Change(fd_, fd, EVFILT_READ, EV_ADD, key); }

int Readiness::WatchRoom(int fd, int32_t key, bool wants_room) {
  return Change(fd_, fd, EVFILT_WRITE, wants_room ? EV_ADD : EV_DELETE, key);
}

int Readiness::Poll(Event events[kMaxEvents]) {
  struct kevent ready[kMaxEvents];
  const timespec at_once{};
  const int count = kevent(fd_, nullptr, 0, ready, kMaxEvents, &at_once);
  for (int ix = 0; ix < count; ix++) {
    const auto key = static_cast<int32_t>(reinterpret_cast<intptr_t>(ready[ix].udata));
    events[ix] = Event{key, ready[ix].filter == EVFILT_READ, ready[ix].filter == EVFILT_WRITE};
  }
  return count < 0 ? 0 : count;
}

}  // namespace madang

#endif  // !__linux__
