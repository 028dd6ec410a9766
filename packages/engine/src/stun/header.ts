/**
 * The header of a STUN message (RFC 8489 §5):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |0 0|     message type          |  length without this header   |
 *     |                        magic cookie                           |
 *     |                                                               |
 *     |                   transaction id (96 bits)                    |
 *     |                                                               |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export const HEADER = { TYPE: 0, LENGTH: 2, COOKIE: 4, TRANSACTION: 8 } as const;

export const HEADER_BYTES = 20;
export const TRANSACTION_BYTES = 12;
export const MAGIC_COOKIE = 0x2112_a442;

/** What FINGERPRINT is XORed with, "STUN" in ASCII (RFC 8489 §14.7). */
export const FINGERPRINT_XOR = 0x5354_554e;

/** Bytes of an attribute's type and length. */
export const ATTRIBUTE_HEADER_BYTES = 4;

/** A length rounded up to the next multiple of 4: how much room an attribute's value takes. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}
