import { writeU16, writeU32 } from '../bytes/index.js';
import type { ForwardPoint } from './forward-point.js';

/** The body of FORWARD TSN (RFC 3758 §3.2). */
export function writeForward({ tsn, streams }: ForwardPoint): Uint8Array {
  const body = new Uint8Array(4 + 4 * streams.size);
  writeU32(body, 0, tsn);
  let at = 4;
  for (const [streamId, ssn16] of streams) {
    writeU16(body, at, streamId);
    writeU16(body, at + 2, ssn16);
    at += 4;
  }
  return body;
}
