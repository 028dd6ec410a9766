// The SHA1_… functions are marked as deprecated in OpenSSL 3 but are the only ones whose state can be copied as plain
// bytes; they run the same code as EVP does.
#define OPENSSL_API_COMPAT 10100
#define OPENSSL_SUPPRESS_DEPRECATED

#include "srtp/hmac_sha1.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <cstring>

#include "srtp/big_endian.h"

namespace madang {

namespace {

constexpr size_t kBlockBytes = 64;

void Resume(const uint32_t h[5], SHA_CTX* state) {
  SHA1_Init(state);
  state->h0 = h[0];
  state->h1 = h[1];
  state->h2 = h[2];
  state->h3 = h[3];
  state->h4 = h[4];
  state->Nl = 8 * kBlockBytes;
}

void HashPad(const uint8_t* key, size_t key_bytes, uint8_t pad, uint32_t h[5]) {
  uint8_t block[kBlockBytes];
  std::memset(block, pad, sizeof block);
  for (size_t at = 0; at < key_bytes; ++at) block[at] ^= key[at];
  SHA_CTX state;
  SHA1_Init(&state);
  SHA1_Update(&state, block, sizeof block);
  h[0] = state.h0;
  h[1] = state.h1;
  h[2] = state.h2;
  h[3] = state.h3;
  h[4] = state.h4;
  OPENSSL_cleanse(&state, sizeof state);
  OPENSSL_cleanse(block, sizeof block);
}

}  // namespace

HmacSha1::~HmacSha1() {
  OPENSSL_cleanse(&inner_, sizeof inner_);
  OPENSSL_cleanse(&outer_, sizeof outer_);
}

void HmacSha1::SetKey(const uint8_t* key, size_t key_bytes) {
  HashPad(key, key_bytes, 0x36, inner_.h);
  HashPad(key, key_bytes, 0x5c, outer_.h);
}

void HmacSha1::Sign(const uint8_t* data, size_t length, uint32_t word, uint8_t tag[kTagBytes]) const {
  uint8_t last[4];
  WriteBe32(last, word);
  SHA_CTX state;
  Resume(inner_.h, &state);
  SHA1_Update(&state, data, length);
  SHA1_Update(&state, last, sizeof last);
  SHA1_Final(tag, &state);
  Resume(outer_.h, &state);
  SHA1_Update(&state, tag, kTagBytes);
  SHA1_Final(tag, &state);
}

}  // namespace madang
