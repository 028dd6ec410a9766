// What a plane does with connections: their frames become rows, like datagrams.
#include "plane/plane.h"

namespace madang {

void Plane::ReadConnection(int32_t key) {
  for (int reads = 0; reads < kMostReadsPerPort; reads++) {
    TcpConnection* connection = tcp_.ByKey(key);
    if (connection == nullptr || !tcp_.Read(connection) || !TakeFrames(key)) return;
  }
}

// All that the last read brought. False when the connection is gone, or nothing more may be told: JavaScript runs
// whenever the batch is full, and may close the port.
bool Plane::TakeFrames(int32_t key) {
  const TcpConnection::Place place = tcp_.ByKey(key)->place();
  RxRow row{};
  row.peer_ix = AddressTable::kNone;
  row.port_ix = place.port_ix;
  row.address_ix = place.address_ix;
  for (;;) {
    const bool is_full = !rx_->HasRoom() || slots_.free_slots() == 0;
    if (is_full && rx_->count() > 0 && !Deliver()) return false;
    TcpConnection* connection = tcp_.ByKey(key);
    if (connection == nullptr || connection->place().serial != place.serial) return false;
    FrameSplitter::Frame frame;
    const FrameSplitter::Step step = connection->Next(&frame);
    if (step == FrameSplitter::Step::kMore) return true;
    counts_[kFramesReceived]++;
    if (step == FrameSplitter::Step::kTooLong) {
      counts_[kReceived]++;
      counts_[kRxTooLong]++;
      continue;
    }
    counts_[kReceivedBytes] += frame.length;
    is_reading_ = true;
    rx_->Take(frame.bytes, frame.length, row, this);
    is_reading_ = false;
  }
}

}  // namespace madang
