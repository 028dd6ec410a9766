import { readU32, writeU32 } from '../bytes/index.js';
import { RTCP } from './rtcp-code.js';
import type { RtcpCursor } from './rtcp-cursor.js';
import type { RtcpWriter } from './rtcp-writer.js';

/**
 * The SSRCs that a `BYE` takes leave of (RFC 3550 §6.6); null when it has not room for those it claims. Whether they are
 * the sender's own is for the caller to know.
 */
export function readBye(cursor: RtcpCursor): number[] | null {
  if (cursor.at + 4 + 4 * cursor.count > cursor.end) return null;
  return Array.from({ length: cursor.count }, (_, ix) => readU32(cursor.bytes, cursor.at + 4 + 4 * ix));
}

/** At most 31 SSRCs. */
export function writeBye(writer: RtcpWriter, ssrcs: readonly number[]): boolean {
  if (ssrcs.length > 31) return false;
  const at = writer.open(RTCP.BYE, ssrcs.length, 4 * ssrcs.length);
  if (at < 0) return false;
  for (let ix = 0; ix < ssrcs.length; ix++) writeU32(writer.bytes, at + 4 * ix, ssrcs[ix]!);
  return true;
}
