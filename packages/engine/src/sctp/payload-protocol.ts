/** Payload protocol identifiers of data channels (RFC 8831 §8). Those of parts are deprecated, and still read. */
export const PPID = {
  DCEP: 50,
  TEXT: 51,
  BINARY_PART: 52,
  BINARY: 53,
  TEXT_PART: 54,
  TEXT_EMPTY: 56,
  BINARY_EMPTY: 57,
} as const;
