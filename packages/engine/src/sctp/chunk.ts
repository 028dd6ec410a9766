/** Chunk types (RFC 9260 §3.2, RFC 3758 §3.2, RFC 6525 §3.1). */
export const CHUNK = {
  DATA: 0,
  INIT: 1,
  INIT_ACK: 2,
  SACK: 3,
  HEARTBEAT: 4,
  HEARTBEAT_ACK: 5,
  ABORT: 6,
  SHUTDOWN: 7,
  SHUTDOWN_ACK: 8,
  ERROR: 9,
  COOKIE_ECHO: 10,
  COOKIE_ACK: 11,
  SHUTDOWN_COMPLETE: 14,
  RE_CONFIG: 130,
  FORWARD_TSN: 192,
} as const;

/** Parameter types (RFC 9260 §3.3.2, RFC 6525 §4, RFC 3758 §3.1, RFC 5061 §4.2.7, RFC 9653 §4). */
export const PARAMETER = {
  HEARTBEAT_INFO: 1,
  STATE_COOKIE: 7,
  UNRECOGNIZED: 8,
  OUTGOING_RESET: 13,
  RESET_RESPONSE: 16,
  ZERO_CHECKSUM: 0x8001,
  EXTENSIONS: 0x8008,
  FORWARD_TSN: 0xc000,
} as const;

/** Error causes (RFC 9260 §3.3.10). */
export const CAUSE = {
  INVALID_STREAM: 1,
  STALE_COOKIE: 3,
  OUT_OF_RESOURCE: 4,
  UNRECOGNIZED_CHUNK: 6,
  NO_USER_DATA: 9,
  USER_ABORT: 12,
  PROTOCOL_VIOLATION: 13,
} as const;

/** Flags of a DATA chunk (RFC 9260 §3.3.1). */
export const DATA_FLAG = { END: 1, BEGIN: 2, UNORDERED: 4, IMMEDIATE: 8 } as const;
/** Of ABORT and SHUTDOWN COMPLETE: the verification tag is the receiver's own of the other side (RFC 9260 §8.5.1). */
export const REFLECTED_TAG = 1;

export const COMMON_HEADER_BYTES = 12;
export const CHUNK_HEADER_BYTES = 4;
/** Of a DATA chunk, its own header included. */
export const DATA_HEADER_BYTES = 16;

/**
 * What a packet of ours has at most: with DTLS around it (37 bytes) a datagram of 1,200, the most that the plane lets a DTLS
 * session send, and a size that passes every path of WebRTC, so that nothing has to be found out about it (RFC 8831 §5).
 */
export const MOST_PACKET_BYTES = 1_160;
/** Of a message in one of our DATA chunks. */
export const MOST_FRAGMENT_BYTES = MOST_PACKET_BYTES - COMMON_HEADER_BYTES - DATA_HEADER_BYTES;

export function padded(length: number): number {
  return (length + 3) & ~3;
}
