#ifndef MADANG_TCP_TCP_CONNECTION_H_
#define MADANG_TCP_TCP_CONNECTION_H_

#include <cstdint>

#include "batch/counts.h"
#include "tcp/first_frame.h"
#include "tcp/frame_queue.h"
#include "tcp/frame_splitter.h"
#include "tcp/tcp_socket.h"
#include "udp/readiness.h"

namespace madang {

// One accepted connection: datagrams in frames, both ways.
class TcpConnection {
 public:
  enum class End { kOpen, kOtherSide, kForeign };

  struct Place {
    int32_t port_ix;
    int32_t address_ix;
    // By which the readiness knows it.
    int32_t key;
    // Of all connections that its plane has had: never another's.
    uint64_t serial;
    SocketAddress from;
  };

  // `most_bytes`: of a datagram that comes in.
  TcpConnection(int fd, const Place& place, const TcpPortOptions& options, uint32_t most_bytes);

  int fd() const { return socket_.fd(); }
  const Place& place() const { return place_; }

  // Reads once, into `buffer`, which stays until Next() says kMore. How many bytes; 0 when nothing is there, or it is over.
  size_t Read(uint8_t* buffer, size_t most);
  FrameSplitter::Step Next(FrameSplitter::Frame* frame) { return splitter_.Next(frame); }
  // Why it is over, if it is.
  End end() const { return end_; }

  // Frames, one behind the other, which go into the queue where the system has no room. What does not fit there is dropped.
  void Send(const uint8_t* frames, size_t length, Readiness* readiness, Counts* counts);
  // Sends what waits, and asks to be woken for the rest, or for nothing any more.
  void SendQueued(Readiness* readiness, Counts* counts);
  bool waits() const { return !queue_.empty(); }

  // Of the sweeps by which connections end: how many have found it to be nobody's, and whether it was somebody's before.
  uint8_t lone_sweeps = 0;
  bool was_kept = false;

 private:
  int64_t Hand(const uint8_t* bytes, size_t length, Counts* counts);
  void Keep(const uint8_t* frames, size_t length, size_t gone, Counts* counts);
  void WatchRoom(Readiness* readiness);

  TcpSocket socket_;
  Place place_;
  uint32_t most_bytes_;
  FirstFrame first_;
  FrameSplitter splitter_;
  FrameQueue queue_;
  bool is_stun_ = false;
  bool waits_for_room_ = false;
  End end_ = End::kOpen;
};

}  // namespace madang

#endif  // MADANG_TCP_TCP_CONNECTION_H_
