#include "udp/send_batch.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "udp/offload.h"

namespace madang {
namespace {

bool IsFull(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS; }

}  // namespace

SendBatch::SendBatch(Counts* counts) : counts_(*counts), slab_(kSlabBytes) {}

void SendBatch::Begin(UdpPort* port, const SocketAddress& to) {
  EndRun();
  if (port != port_) Flush();
  port_ = port;
  to_ = to;
}

uint8_t* SendBatch::Room(size_t most) {
  if (run_begin_ + run_bytes_ + most > slab_.size()) Flush();
  return slab_.data() + run_begin_ + run_bytes_;
}

// Joins the datagram to the run when it fits behind it: as long as its first, or shorter and so the last of the run.
void SendBatch::Commit(size_t length) {
  const auto bytes = static_cast<uint32_t>(length);
  const bool fits = run_datagrams_ == 0 ||
                    (port_->segments() && bytes <= run_segment_bytes_ && run_datagrams_ < DatagramWriter::kMaxSegments &&
                     run_bytes_ + bytes <= DatagramWriter::kMaxMessageBytes);
  if (!fits) {
    // Ending the run may hand everything over and begin the slab anew, while this datagram stands behind the old run.
    const uint8_t* written = slab_.data() + run_begin_ + run_bytes_;
    EndRun();
    if (slab_.data() + run_begin_ != written) memmove(slab_.data() + run_begin_, written, length);
  }
  if (run_datagrams_ == 0) run_segment_bytes_ = bytes;
  run_bytes_ += bytes;
  run_datagrams_++;
  if (bytes < run_segment_bytes_ || !port_->segments()) EndRun();
}

void SendBatch::EndRun() {
  if (run_datagrams_ == 0) return;
  const Outgoing message{slab_.data() + run_begin_, static_cast<uint32_t>(run_bytes_), run_segment_bytes_};
  if (!writer_.Add(to_, port_->family(), message)) counts_[kTxRefused] += run_datagrams_;
  run_begin_ += run_bytes_;
  run_bytes_ = 0;
  run_datagrams_ = 0;
  if (writer_.count() == DatagramWriter::kMaxMessages) Flush();
}

void SendBatch::Flush() {
  // A run that is cut here by a full slab goes on as a new one.
  if (run_datagrams_ > 0) EndRun();
  int done = 0;
  while (done < writer_.count()) {
    if (!port_->queue.empty()) {
      Queue(done);
      break;
    }
    const int sent = writer_.Send(port_->fd(), done);
    counts_[kSendCalls]++;
    for (int ix = done; ix < done + sent; ix++) CountSent(ix);
    if (sent > 0) {
      done += sent;
    } else if (IsFull(-sent)) {
      Queue(done);
      break;
    } else if (sent != -EINTR) {
      Skip(done++, -sent);
    }
  }
  writer_.Clear();
  run_begin_ = 0;
}

void SendBatch::Finish() {
  Flush();
  port_ = nullptr;
}

void SendBatch::CountSent(int ix) {
  const Outgoing& message = writer_.message(ix);
  const uint32_t segments = message.segments();
  counts_[kSent] += segments;
  counts_[kSentBytes] += message.length;
  if (segments > 1) counts_[kSegmented] += segments;
}

// The first message of a call was refused. Some kernels and devices take no runs (EIO: no checksums by the device), or
// none with datagrams as long as these (EINVAL: longer than the path's MTU); its datagrams then go alone.
void SendBatch::Skip(int ix, int error) {
  if (writer_.message(ix).segments() == 1) {
    counts_[kTxRefused]++;
    return;
  }
  counts_[kSegmentationRefused]++;
  if (error == EIO || error == EOPNOTSUPP || error == ENOPROTOOPT) port_->StopSegmenting();
  SendSegmentsAlone(ix);
}

void SendBatch::SendSegmentsAlone(int ix) {
  const Outgoing& message = writer_.message(ix);
  for (uint32_t segment = 0; segment < message.segments(); segment++) {
    const int result = writer_.SendSegment(port_->fd(), ix, segment);
    counts_[kSendCalls]++;
    if (IsFull(-result)) {
      QueueMessage(ix, segment);
      return;
    }
    if (result < 0) {
      counts_[kTxRefused]++;
      continue;
    }
    counts_[kSent]++;
    counts_[kSentBytes] += message.segment_bytes;
  }
}

void SendBatch::Queue(int from_ix) {
  for (int ix = from_ix; ix < writer_.count(); ix++) QueueMessage(ix, 0);
}

void SendBatch::QueueMessage(int ix, uint32_t from_segment) {
  const Outgoing& message = writer_.message(ix);
  for (uint32_t from = from_segment * message.segment_bytes; from < message.length; from += message.segment_bytes) {
    const uint32_t length = std::min(message.segment_bytes, message.length - from);
    const bool fits = port_->queue.Push(writer_.destination(ix), message.bytes + from, length);
    counts_[fits ? kQueued : kTxQueueFull]++;
  }
}

bool SendBatch::SendQueued(UdpPort* port) {
  SendQueue& queue = port->queue;
  while (!queue.empty()) {
    sockaddr_storage name;
    const socklen_t name_bytes = queue.to().ToSystem(port->family(), &name);
    const ssize_t sent = sendto(port->fd(), queue.bytes(), queue.length(), MSG_DONTWAIT,
                                reinterpret_cast<const sockaddr*>(&name), name_bytes);
    counts_[kSendCalls]++;
    if (sent < 0 && IsFull(errno)) return false;
    counts_[sent < 0 ? kTxRefused : kSent]++;
    if (sent > 0) counts_[kSentBytes] += queue.length();
    queue.Pop();
  }
  return true;
}

}  // namespace madang
