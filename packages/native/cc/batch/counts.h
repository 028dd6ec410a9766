#ifndef MADANG_BATCH_COUNTS_H_
#define MADANG_BATCH_COUNTS_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace madang {

// What a plane counts: the names that TypeScript sees, and the C++ enumerators made of them.
#define MADANG_COUNTS(COUNT)                                     \
  COUNT(kReceived, "received")                                   \
  COUNT(kReceivedBytes, "receivedBytes")                         \
  COUNT(kReceiveCalls, "receiveCalls")                           \
  COUNT(kCoalesced, "coalesced")                                 \
  COUNT(kBatches, "batches")                                     \
  COUNT(kSent, "sent")                                           \
  COUNT(kSentBytes, "sentBytes")                                 \
  COUNT(kSendCalls, "sendCalls")                                 \
  COUNT(kSegmented, "segmented")                                 \
  COUNT(kSegmentationRefused, "segmentationRefused")             \
  COUNT(kQueued, "queued")                                       \
  COUNT(kRxTooLong, "rxTooLong")                                 \
  COUNT(kRxEmpty, "rxEmpty")                                     \
  COUNT(kRxNoSlot, "rxNoSlot")                                   \
  COUNT(kRxNoAddress, "rxNoAddress")                             \
  COUNT(kRxNoKeys, "rxNoKeys")                                   \
  COUNT(kRxDtlsUnproven, "rxDtlsUnproven")                       \
  COUNT(kRxSrtpMalformed, "rxSrtpMalformed")                     \
  COUNT(kRxSrtpAuthentication, "rxSrtpAuthentication")           \
  COUNT(kRxSrtpReplayed, "rxSrtpReplayed")                       \
  COUNT(kRxSrtpOther, "rxSrtpOther")                             \
  COUNT(kTxBadRow, "txBadRow")                                   \
  COUNT(kTxNoPort, "txNoPort")                                   \
  COUNT(kTxNoAddress, "txNoAddress")                             \
  COUNT(kTxNoPeer, "txNoPeer")                                   \
  COUNT(kTxNoKeys, "txNoKeys")                                   \
  COUNT(kTxProtectFailed, "txProtectFailed")                     \
  COUNT(kTxQueueFull, "txQueueFull")                             \
  COUNT(kTxRefused, "txRefused")                                 \
  COUNT(kConnectionsAccepted, "connectionsAccepted")             \
  COUNT(kConnectionsRefused, "connectionsRefused")               \
  COUNT(kConnectionsEnded, "connectionsEnded")                   \
  COUNT(kConnectionsForeign, "connectionsForeign")               \
  COUNT(kConnectionsUnproven, "connectionsUnproven")             \
  COUNT(kConnectionsLeft, "connectionsLeft")                     \
  COUNT(kFramesReceived, "framesReceived")                       \
  COUNT(kFramesSent, "framesSent")                               \
  COUNT(kFramesDropped, "framesDropped")

enum Count : size_t {
#define MADANG_ENUMERATOR(enumerator, name) enumerator,
  MADANG_COUNTS(MADANG_ENUMERATOR)
#undef MADANG_ENUMERATOR
      kCountEnd
};

using Counts = std::array<uint64_t, kCountEnd>;

extern const char* const kCountNames[kCountEnd];

}  // namespace madang

#endif  // MADANG_BATCH_COUNTS_H_
