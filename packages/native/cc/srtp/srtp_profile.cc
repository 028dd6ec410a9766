#include "srtp/srtp_profile.h"

namespace madang {

namespace {

constexpr SrtpProfileTraits kProfiles[] = {
    {SrtpProfile::kAesCm128HmacSha1_80, 16, 14, 10, 10, false},
    {SrtpProfile::kAesCm128HmacSha1_32, 16, 14, 4, 10, false},
    {SrtpProfile::kAeadAes128Gcm, 16, 12, 16, 16, true},
    {SrtpProfile::kAeadAes256Gcm, 32, 12, 16, 16, true},
};

}  // namespace

const SrtpProfileTraits* FindSrtpProfile(SrtpProfile profile) {
  for (const SrtpProfileTraits& traits : kProfiles) {
    if (traits.profile == profile) return &traits;
  }
  return nullptr;
}

}  // namespace madang
