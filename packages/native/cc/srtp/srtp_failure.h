#ifndef MADANG_SRTP_SRTP_FAILURE_H_
#define MADANG_SRTP_SRTP_FAILURE_H_

#include <cstddef>
#include <cstdint>

namespace madang {

// Why a packet was neither protected nor unprotected. Counted, never thrown and never logged.
enum class SrtpFailure : uint8_t {
  kNone = 0,
  kNotKeyed,        // Init was not called or failed
  kMalformed,       // not RTP or RTCP, or shorter than its own header says
  kNoRoom,          // the buffer can't take the tag
  kTooManySources,  // the table of SSRCs is full
  kRepeated,        // this index was seen (receiver) or used (sender) before
  kTooOld,          // older than the window
  kNotEncrypted,    // SRTCP without the E bit: nobody here agreed to that
  kAuthentication,  // the tag does not fit
  kKeyExhausted,    // 2^48 packets or 2^31 reports: a new handshake is due
  kCipher,          // OpenSSL refused; not to be expected
};

constexpr size_t kSrtpFailures = static_cast<size_t>(SrtpFailure::kCipher) + 1;

// How often each failure happened.
class SrtpFailureCounts {
 public:
  void Add(SrtpFailure why) { counts_[static_cast<size_t>(why)] += 1; }
  uint64_t Of(SrtpFailure why) const { return counts_[static_cast<size_t>(why)]; }

 private:
  uint64_t counts_[kSrtpFailures] = {};
};

}  // namespace madang

#endif  // MADANG_SRTP_SRTP_FAILURE_H_
