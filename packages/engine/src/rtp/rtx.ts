import { readU16 } from '../bytes/index.js';
import type { RtpHeader } from './rtp-header.js';

/** Bytes that stand before the payload of a retransmission. */
export const RTX_PREFIX_BYTES = 2;

/**
 * The sequence number that a retransmission repeats (RFC 4588 §4); -1 for one without a payload, which only probes. The
 * original payload follows `RTX_PREFIX_BYTES` later.
 */
export function originalSeq16(bytes: Uint8Array, header: RtpHeader): number {
  return header.payloadBytes < RTX_PREFIX_BYTES ? -1 : readU16(bytes, header.payloadAt);
}
