#include "dtls/srtp_export.h"

#include <openssl/err.h>

namespace madang {

// What is exported:  | client's key | server's key | client's salt | server's salt |
bool ExportSrtpKeys(SSL* ssl, bool is_client, SrtpProfile profile, SrtpSender* sender, SrtpReceiver* receiver) {
  static constexpr char kLabel[] = "EXTRACTOR-dtls_srtp";
  const SrtpProfileTraits* traits = FindSrtpProfile(profile);
  if (traits == nullptr) return false;
  SecretBytes<2 * (kMaxSrtpKeyBytes + kMaxSrtpSaltBytes)> exported;
  const size_t length = 2 * (traits->key_bytes + traits->salt_bytes);
  const int done = SSL_export_keying_material(ssl, exported.data(), length, kLabel, sizeof kLabel - 1, nullptr, 0, 0);
  ERR_clear_error();
  if (done != 1) return false;
  const uint8_t* client_key = exported.data();
  const uint8_t* server_key = client_key + traits->key_bytes;
  const uint8_t* client_salt = server_key + traits->key_bytes;
  const uint8_t* server_salt = client_salt + traits->salt_bytes;
  return sender->Init(profile, is_client ? client_key : server_key, is_client ? client_salt : server_salt) &&
         receiver->Init(profile, is_client ? server_key : client_key, is_client ? server_salt : client_salt);
}

}  // namespace madang
