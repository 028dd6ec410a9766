// What protecting a packet of 1,200 bytes costs beside OpenSSL's bare calls for it, in one run, alternating. Only without
// sanitizers: make SANITIZE=no srtp_cost.
#include <openssl/evp.h>

#include <algorithm>
#include <chrono>

#include "check.h"
#include "rtp_packets.h"
#include "srtp/hmac_sha1.h"
#include "srtp/srtp_receiver.h"
#include "srtp/srtp_sender.h"

namespace madang {
namespace {

constexpr size_t kPacketBytes = 1200;
constexpr size_t kHeaderBytes = 12;
constexpr int kPackets = 20000;
constexpr int kRounds = 15;

double NsNow() {
  return static_cast<double>(std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1));
}

// OpenSSL's part alone, from a context that is keyed: new IV, header, payload, tag.
class Bare {
 public:
  explicit Bare(const SrtpProfileTraits& traits) : is_aead_(traits.is_aead), context_(EVP_CIPHER_CTX_new()) {
    const uint8_t key[32] = {1};
    const EVP_CIPHER* gcm = traits.key_bytes == 32 ? EVP_aes_256_gcm() : EVP_aes_128_gcm();
    CHECK(EVP_EncryptInit_ex(context_, is_aead_ ? gcm : EVP_aes_128_ctr(), nullptr, key, nullptr) == 1);
    hmac_.SetKey(key, 20);
  }
  ~Bare() { EVP_CIPHER_CTX_free(context_); }

  void Protect(uint8_t* packet, uint32_t number) {
    uint8_t iv[16] = {};
    WriteBe32(iv, number);
    int written = 0;
    EVP_EncryptInit_ex(context_, nullptr, nullptr, nullptr, iv);
    if (is_aead_) EVP_EncryptUpdate(context_, nullptr, &written, packet, kHeaderBytes);
    EVP_EncryptUpdate(context_, packet + kHeaderBytes, &written, packet + kHeaderBytes, kPacketBytes - kHeaderBytes);
    if (is_aead_) {
      EVP_EncryptFinal_ex(context_, packet, &written);
      EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_AEAD_GET_TAG, 16, packet + kPacketBytes);
    } else {
      uint8_t tag[HmacSha1::kTagBytes];
      hmac_.Sign(packet, kPacketBytes, number, tag);
      std::memcpy(packet + kPacketBytes, tag, 10);
    }
  }

 private:
  bool is_aead_;
  EVP_CIPHER_CTX* context_;
  HmacSha1 hmac_;
};

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void Measure(const char* name, SrtpProfile profile) {
  const uint8_t key[32] = {2};
  SrtpSender sender;
  SrtpReceiver receiver;
  CHECK(sender.Init(profile, key, key) && receiver.Init(profile, key, key));
  Bare bare(*FindSrtpProfile(profile));
  Bytes plain(kPacketBytes);
  plain[0] = 0x80;
  std::vector<Bytes> packets(64, Bytes(kPacketBytes + kMaxSrtpTrailer));
  std::vector<double> costs[3];
  uint32_t number = 0;
  for (int round = 0; round < kRounds; ++round) {
    double spent[3] = {};
    for (int done = 0; done < kPackets; done += 64) {
      const double start = NsNow();
      for (Bytes& packet : packets) bare.Protect(packet.data(), ++number);
      spent[0] += NsNow() - start;
      for (uint32_t at = 0; at < 64; ++at) {
        std::copy(plain.begin(), plain.end(), packets[at].begin());
        packets[at][2] = static_cast<uint8_t>((number + at) >> 8);
        packets[at][3] = static_cast<uint8_t>(number + at);
      }
      const double middle = NsNow();
      size_t length = 0;
      for (Bytes& packet : packets) length = sender.ProtectRtp(packet.data(), kPacketBytes, packet.size());
      const double late = NsNow();
      for (Bytes& packet : packets) CHECK(receiver.UnprotectRtp(packet.data(), length, nullptr) == kPacketBytes);
      spent[1] += late - middle;
      spent[2] += NsNow() - late;
    }
    for (int what = 0; what < 3; ++what) costs[what].push_back(spent[what] / kPackets);
  }
  const double floor = Median(costs[0]);
  std::printf("%-24s OpenSSL alone %5.0f ns   protect %5.0f ns (%.2f)   unprotect %5.0f ns (%.2f)\n", name, floor,
              Median(costs[1]), Median(costs[1]) / floor, Median(costs[2]), Median(costs[2]) / floor);
}

}  // namespace
}  // namespace madang

int main() {
  using namespace madang;
  Measure("AEAD_AES_128_GCM", SrtpProfile::kAeadAes128Gcm);
  Measure("AEAD_AES_256_GCM", SrtpProfile::kAeadAes256Gcm);
  Measure("AES_CM_128_HMAC_SHA1_80", SrtpProfile::kAesCm128HmacSha1_80);
  return 0;
}
