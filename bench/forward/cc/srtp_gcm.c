#include "srtp_gcm.h"

#include <string.h>

int SrtpGcmInit(SrtpGcm* srtp, const uint8_t secret[kKeyBytes + kSaltBytes], int encrypts) {
  srtp->last_seq16 = srtp->rollovers = 0;
  memcpy(srtp->salt, secret + kKeyBytes, kSaltBytes);
  srtp->ctx = EVP_CIPHER_CTX_new();
  return srtp->ctx != NULL && EVP_CipherInit_ex(srtp->ctx, EVP_aes_128_gcm(), NULL, secret, NULL, encrypts);
}

void SrtpGcmFree(SrtpGcm* srtp) { EVP_CIPHER_CTX_free(srtp->ctx); }

/* RFC 7714 section 8.1: two zero octets, SSRC, rollover counter, sequence number, all combined with the salt. */
static void MakeIv(SrtpGcm* srtp, const uint8_t* header, uint8_t iv[kSaltBytes]) {
  uint16_t seq16 = (uint16_t)(header[2] << 8 | header[3]);
  if (seq16 < 0x4000 && srtp->last_seq16 >= 0xc000) srtp->rollovers++;
  srtp->last_seq16 = seq16;
  memcpy(iv, srtp->salt, kSaltBytes);
  for (int i = 0; i < 4; i++) iv[2 + i] ^= header[8 + i];
  iv[8] ^= (uint8_t)(srtp->rollovers >> 8);
  iv[9] ^= (uint8_t)srtp->rollovers;
  for (int i = 0; i < 2; i++) iv[10 + i] ^= header[2 + i];
}

size_t SrtpGcmProtect(SrtpGcm* srtp, uint8_t* packet, size_t length) {
  uint8_t iv[kSaltBytes];
  int done = 0;
  int payload = (int)length - kHeaderBytes;
  MakeIv(srtp, packet, iv);
  if (!EVP_EncryptInit_ex(srtp->ctx, NULL, NULL, NULL, iv) ||
      !EVP_EncryptUpdate(srtp->ctx, NULL, &done, packet, kHeaderBytes) ||
      !EVP_EncryptUpdate(srtp->ctx, packet + kHeaderBytes, &done, packet + kHeaderBytes, payload) ||
      !EVP_EncryptFinal_ex(srtp->ctx, packet + length, &done) ||
      !EVP_CIPHER_CTX_ctrl(srtp->ctx, EVP_CTRL_AEAD_GET_TAG, kTagBytes, packet + length))
    return 0;
  return length + kTagBytes;
}

size_t SrtpGcmUnprotect(SrtpGcm* srtp, uint8_t* packet, size_t length) {
  uint8_t iv[kSaltBytes];
  int done = 0;
  if (length < kHeaderBytes + kTagBytes) return 0;
  size_t plain = length - kTagBytes;
  MakeIv(srtp, packet, iv);
  if (!EVP_DecryptInit_ex(srtp->ctx, NULL, NULL, NULL, iv) ||
      !EVP_DecryptUpdate(srtp->ctx, NULL, &done, packet, kHeaderBytes) ||
      !EVP_DecryptUpdate(srtp->ctx, packet + kHeaderBytes, &done, packet + kHeaderBytes, (int)plain - kHeaderBytes) ||
      !EVP_CIPHER_CTX_ctrl(srtp->ctx, EVP_CTRL_AEAD_SET_TAG, kTagBytes, packet + plain) ||
      EVP_DecryptFinal_ex(srtp->ctx, packet + plain, &done) <= 0)
    return 0;
  return plain;
}
