#ifndef MADANG_SRTP_SRTP_RECEIVER_H_
#define MADANG_SRTP_SRTP_RECEIVER_H_

#include <cstddef>
#include <cstdint>

#include "srtp/packet_cipher.h"
#include "srtp/source_table.h"
#include "srtp/srtp_failure.h"
#include "srtp/srtp_profile.h"

namespace madang {

// Unprotects what comes from one peer, in place, and takes each packet once. A source is remembered only after its first
// packet proved authentic, so forged ones take no memory.
class SrtpReceiver {
 public:
  // As those of SrtpSender.
  bool Init(SrtpProfile profile, const uint8_t* master_key, const uint8_t* master_salt);
  bool InitFromSession(SrtpProfile profile, const SessionKeys& keys);
  bool is_ready() const { return is_ready_; }

  // Returns the length of the plain packet, or 0 after counting the reason, which is also put in `why` unless that is
  // null. After 0 the payload may be overwritten: drop the packet.
  size_t UnprotectRtp(uint8_t* packet, size_t length, SrtpFailure* why);
  size_t UnprotectRtcp(uint8_t* packet, size_t length, SrtpFailure* why);

  const SrtpFailureCounts& failures() const { return failures_; }

 private:
  size_t Fail(SrtpFailure why, SrtpFailure* out) {
    failures_.Add(why);
    if (out != nullptr) *out = why;
    return 0;
  }

  PacketCipher rtp_;
  PacketCipher rtcp_;
  SourceTable sources_;
  SourceTable reporters_;
  bool is_ready_ = false;
  bool is_aead_ = false;
  SrtpFailureCounts failures_;
};

}  // namespace madang

#endif  // MADANG_SRTP_SRTP_RECEIVER_H_
