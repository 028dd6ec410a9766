/** What stands before an encrypted frame: the id of the key, and the number of the frame under that key. */
export interface SframeHeader {
  readonly kid: bigint;
  readonly counter: bigint;
  /** Of the header itself. */
  readonly bytes: number;
}

/**
 * An SFrame header (RFC 9605 §4.3). Values up to 7 stand in the first byte; larger ones follow, the key id before the
 * counter, in as few bytes as they take, of which the first byte names the number less one.
 *
 *      0 1 2 3 4 5 6 7
 *     +-+-+-+-+-+-+-+-+----------------+--------------------+
 *     |X|  K  |Y|  C  | KID, if X is 1 | counter, if Y is 1 |
 *     +-+-+-+-+-+-+-+-+----------------+--------------------+
 */
export function writeSframeHeader(kid: bigint, counter: bigint): Uint8Array<ArrayBuffer> {
  const [kidBits, kidBytes] = field(kid);
  const [counterBits, counterBytes] = field(counter);
  return Uint8Array.from([(kidBits << 4) | counterBits, ...kidBytes, ...counterBytes]);
}

/** Null where the header is cut short. */
export function readSframeHeader(frame: Uint8Array): SframeHeader | null {
  const first = frame[0];
  if (first === undefined) return null;
  const kidBits = first >> 4;
  const counterBits = first & 0x0f;
  const counterAt = 1 + lengthOf(kidBits);
  const bytes = counterAt + lengthOf(counterBits);
  if (frame.length < bytes) return null;
  return { kid: readValue(kidBits, frame, 1), counter: readValue(counterBits, frame, counterAt), bytes };
}

/** The four bits of a value in the first byte, and the bytes that follow. */
function field(value: bigint): [number, number[]] {
  if (value < 8n) return [Number(value), []];
  const bytes: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 0xffn));
  return [0x8 | (bytes.length - 1), bytes];
}

function lengthOf(bits: number): number {
  return (bits & 0x8) === 0 ? 0 : (bits & 0x7) + 1;
}

function readValue(bits: number, frame: Uint8Array, at: number): bigint {
  if ((bits & 0x8) === 0) return BigInt(bits);
  let value = 0n;
  for (const byte of frame.subarray(at, at + lengthOf(bits))) value = (value << 8n) | BigInt(byte);
  return value;
}
