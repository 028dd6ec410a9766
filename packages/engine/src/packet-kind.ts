import { KIND, type KindName } from './ports/index.js';

/** First bytes from and to, in the order of RFC 7983 §7; 80 to 127 and from 192 on are QUIC's (RFC 9443 §2). */
const RANGES: readonly (readonly [from: number, to: number, kind: KindName])[] = [
  [0, 3, 'STUN'],
  [16, 19, 'ZRTP'],
  [20, 63, 'DTLS'],
  [64, 79, 'TURN_CHANNEL'],
  [80, 127, 'QUIC'],
  [128, 191, 'RTP'],
  [192, 255, 'QUIC'],
];

const KIND_BY_BYTE = new Uint8Array(256);
for (const [from, to, kind] of RANGES) KIND_BY_BYTE.fill(KIND[kind], from, to + 1);

/** One of `KIND`, by the first byte of a datagram, from 0 to 255. */
export function packetKind(firstByte: number): number {
  return KIND_BY_BYTE[firstByte] ?? KIND.UNKNOWN;
}
