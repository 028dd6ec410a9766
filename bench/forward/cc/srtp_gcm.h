/* The least of SRTP with AEAD_AES_128_GCM (RFC 7714) that the bench needs: session keys are given, one SSRC whose
 * packets come in order, and nothing is checked for replays. */
#ifndef BENCH_SRTP_GCM_H_
#define BENCH_SRTP_GCM_H_

#include <openssl/evp.h>
#include <stddef.h>
#include <stdint.h>

enum { kHeaderBytes = 12, kTagBytes = 16, kKeyBytes = 16, kSaltBytes = 12 };

typedef struct {
  EVP_CIPHER_CTX* ctx;
  uint8_t salt[kSaltBytes];
  uint16_t last_seq16;
  uint16_t rollovers;
} SrtpGcm;

/* `secret`: key, then salt. Returns 0 on failure. */
int SrtpGcmInit(SrtpGcm* srtp, const uint8_t secret[kKeyBytes + kSaltBytes], int encrypts);
void SrtpGcmFree(SrtpGcm* srtp);
/* In place; the packet grows by kTagBytes. Returns the new length, 0 on failure. */
size_t SrtpGcmProtect(SrtpGcm* srtp, uint8_t* packet, size_t length);
/* In place; returns the new length, 0 when the packet is not authentic. */
size_t SrtpGcmUnprotect(SrtpGcm* srtp, uint8_t* packet, size_t length);

#endif
