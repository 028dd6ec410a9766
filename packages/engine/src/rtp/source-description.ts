import { latin1Bytes, latin1Text, readU32, writeU32 } from '../bytes/index.js';
import { RTCP } from './rtcp-code.js';
import type { RtcpCursor } from './rtcp-cursor.js';
import type { RtcpWriter } from './rtcp-writer.js';

/** What a source calls itself for as long as it sends (RFC 7022). */
export interface SourceName {
  readonly ssrc: number;
  /** Null when the chunk has none, which RFC 3550 §6.5 does not allow. */
  readonly cname: string | null;
}

const CNAME = 1;

/**
 * The chunks of a `SOURCE_DESCRIPTION` (RFC 3550 §6.5); null when an item reaches over the end, or there are fewer chunks
 * than it claims.
 */
export function readSourceDescription(cursor: RtcpCursor): SourceName[] | null {
  const names: SourceName[] = [];
  let at = cursor.at + 4;
  for (let chunk = 0; chunk < cursor.count; chunk++) {
    if (at + 8 > cursor.end) return null;
    const ssrc = readU32(cursor.bytes, at);
    const itemsAt = at + 4;
    const end = endOfItems(cursor, itemsAt);
    if (end < 0) return null;
    names.push({ ssrc, cname: cnameIn(cursor.bytes, itemsAt, end) });
    // The list ends with a zero, and the chunk at the next word.
    at = cursor.at + ((end + 1 - cursor.at + 3) & ~3);
  }
  return names;
}

/** Where the zero stands that ends the list of items; -1 when there is none. */
function endOfItems(cursor: RtcpCursor, from: number): number {
  let at = from;
  while (at < cursor.end && cursor.bytes[at] !== 0) {
    if (at + 2 > cursor.end) return -1;
    at += 2 + cursor.bytes[at + 1]!;
  }
  return at < cursor.end ? at : -1;
}

function cnameIn(bytes: Uint8Array, from: number, end: number): string | null {
  for (let at = from; at < end; at += 2 + bytes[at + 1]!) {
    if (bytes[at] === CNAME) return latin1Text(bytes.subarray(at + 2, at + 2 + bytes[at + 1]!));
  }
  return null;
}

/** Writes a description of one source by its CNAME, of at most 255 Latin-1 characters. */
export function writeSourceDescription(writer: RtcpWriter, ssrc: number, cname: string): boolean {
  const text = latin1Bytes(cname);
  if (text.length > 255) return false;
  const chunkBytes = (4 + 2 + text.length + 1 + 3) & ~3;
  const at = writer.open(RTCP.SOURCE_DESCRIPTION, 1, chunkBytes);
  if (at < 0) return false;
  writer.bytes.fill(0, at, at + chunkBytes);
  writeU32(writer.bytes, at, ssrc);
  writer.bytes[at + 4] = CNAME;
  writer.bytes[at + 5] = text.length;
  writer.bytes.set(text, at + 6);
  return true;
}
