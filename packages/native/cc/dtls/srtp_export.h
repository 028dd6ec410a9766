#ifndef MADANG_DTLS_SRTP_EXPORT_H_
#define MADANG_DTLS_SRTP_EXPORT_H_

#include <openssl/ssl.h>

#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {

// Keys both directions from a finished handshake (RFC 5764 section 4.2). The exported bytes are overwritten at once.
bool ExportSrtpKeys(SSL* ssl, bool is_client, SrtpProfile profile, SrtpSender* sender, SrtpReceiver* receiver);

}  // namespace madang

#endif  // MADANG_DTLS_SRTP_EXPORT_H_
