/** Protection profiles by their numbers in `use_srtp` (RFC 5764 §4.1.2, RFC 7714 §14.2). */
export const SRTP_PROFILE = {
  AES_CM_128_HMAC_SHA1_80: 1,
  AES_CM_128_HMAC_SHA1_32: 2,
  AEAD_AES_128_GCM: 7,
  AEAD_AES_256_GCM: 8,
} as const;

export type SrtpProfile = (typeof SRTP_PROFILE)[keyof typeof SRTP_PROFILE];
