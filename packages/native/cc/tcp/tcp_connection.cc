#include "tcp/tcp_connection.h"

#include <algorithm>
#include <cerrno>

namespace madang {
namespace {

bool IsFull(int64_t result) {
  return result == -EAGAIN || result == -EWOULDBLOCK || result == -ENOBUFS || result == -EINTR;
}

size_t FrameBytes(const uint8_t* frame) { return kFrameHeaderBytes + static_cast<size_t>(frame[0] << 8 | frame[1]); }

}  // namespace

TcpConnection::TcpConnection(int fd, const Place& place, const TcpPortOptions& options, uint32_t most_bytes)
    : socket_(fd), place_(place), most_bytes_(most_bytes), splitter_(most_bytes), queue_(options.queue_bytes) {
  socket_.Configure(options);
}

size_t TcpConnection::Read(uint8_t* buffer, size_t most) {
  const int64_t received = socket_.Receive(buffer, most);
  if (received <= 0) {
    if (!IsFull(received)) end_ = End::kOtherSide;
    return 0;
  }
  const auto length = static_cast<size_t>(received);
  splitter_.Feed(buffer, length);
  if (is_stun_) return length;
  const FirstFrame::Verdict verdict = first_.Push(buffer, length, most_bytes_);
  is_stun_ = verdict == FirstFrame::Verdict::kStun;
  if (verdict != FirstFrame::Verdict::kForeign) return length;
  end_ = End::kForeign;
  return 0;
}

void TcpConnection::Send(const uint8_t* frames, size_t length, Readiness* readiness, Counts* counts) {
  const int64_t sent = queue_.empty() ? Hand(frames, length, counts) : -EAGAIN;
  if (sent < 0 && !IsFull(sent)) {
    // The reading side hears the same, and closes.
    for (size_t at = 0; at < length; at += FrameBytes(frames + at)) (*counts)[kTxRefused]++;
    return;
  }
  Keep(frames, length, sent < 0 ? 0 : static_cast<size_t>(sent), counts);
  if (waits()) WatchRoom(readiness);
}

int64_t TcpConnection::Hand(const uint8_t* bytes, size_t length, Counts* counts) {
  (*counts)[kSendCalls]++;
  return socket_.Send(bytes, length);
}

// Of frames whose first `gone` bytes have left: counts those, and queues the others. Never a part of one but the rest of
// what was begun.
void TcpConnection::Keep(const uint8_t* frames, size_t length, size_t gone, Counts* counts) {
  for (size_t at = 0, bytes = 0; at < length; at += bytes) {
    bytes = FrameBytes(frames + at);
    const bool has_left = at + bytes <= gone;
    if (!has_left && at < gone) queue_.PushRest(frames + gone, at + bytes - gone);
    else if (!has_left && !queue_.Push(frames + at, bytes)) {
      (*counts)[kFramesDropped]++;
      continue;
    }
    if (!has_left) (*counts)[kQueued]++;
    (*counts)[kSent]++;
    (*counts)[kFramesSent]++;
    (*counts)[kSentBytes] += bytes - kFrameHeaderBytes;
  }
}

void TcpConnection::SendQueued(Readiness* readiness, Counts* counts) {
  while (waits()) {
    const int64_t sent = Hand(queue_.bytes(), queue_.size(), counts);
    // After another error nothing can be sent any more; the reading side closes.
    if (sent < 0 && !IsFull(sent)) queue_.Pop(queue_.size());
    if (sent <= 0) break;
    queue_.Pop(static_cast<size_t>(sent));
  }
  WatchRoom(readiness);
}

void TcpConnection::WatchRoom(Readiness* readiness) {
  if (waits() == waits_for_room_) return;
  waits_for_room_ = waits();
  readiness->WatchRoom(fd(), place_.key, waits_for_room_);
}

}  // namespace madang
