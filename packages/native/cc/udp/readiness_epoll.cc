#ifdef __linux__

#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>

#include "udp/readiness.h"

namespace madang {

Readiness::Readiness() : fd_(epoll_create1(EPOLL_CLOEXEC)) {}

Readiness::~Readiness() {
  if (fd_ >= 0) close(fd_);
}

int Readiness::Watch(int fd, int32_t key) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u32 = static_cast<uint32_t>(key);
  return epoll_ctl(fd_, EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : errno;
}

int Readiness::WatchRoom(int fd, int32_t key, bool wants_room) {
  epoll_event event{};
  event.events = EPOLLIN | (wants_room ? uint32_t{EPOLLOUT} : 0u);
  event.data.u32 = static_cast<uint32_t>(key);
  return epoll_ctl(fd_, EPOLL_CTL_MOD, fd, &event) == 0 ? 0 : errno;
}

int Readiness::Poll(Event events[kMaxEvents]) {
  epoll_event ready[kMaxEvents];
  const int count = epoll_wait(fd_, ready, kMaxEvents, 0);
  for (int ix = 0; ix < count; ix++) {
    const uint32_t bits = ready[ix].events;
    events[ix] = Event{static_cast<int32_t>(ready[ix].data.u32), (bits & (EPOLLIN | EPOLLERR)) != 0,
                       (bits & EPOLLOUT) != 0};
  }
  return count < 0 ? 0 : count;
}

}  // namespace madang

#endif  // __linux__
