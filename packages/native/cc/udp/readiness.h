#ifndef MADANG_UDP_READINESS_H_
#define MADANG_UDP_READINESS_H_

#include <cstdint>

namespace madang {

// Which sockets can be read or written: one descriptor (epoll, or kqueue) that is itself readable when any is, so that the
// event loop watches one handle however many ports there are, and a port comes and goes with one system call.
class Readiness {
 public:
  struct Event {
    // By which the socket is known here.
    int32_t key;
    bool can_read;
    bool can_write;
  };
  static constexpr int kMaxEvents = 64;

  Readiness();
  ~Readiness();
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;

  // Negative when the system gave none.
  int fd() const { return fd_; }
  // All return 0 or an errno. A closed socket leaves by itself.
  int Watch(int fd, int32_t key);
  int WatchRoom(int fd, int32_t key, bool wants_room);
  // How many events were written. Does not wait.
  int Poll(Event events[kMaxEvents]);

 private:
  int fd_;
};

}  // namespace madang

#endif  // MADANG_UDP_READINESS_H_
