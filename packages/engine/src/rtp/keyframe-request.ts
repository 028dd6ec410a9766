import { readU32, writeU32 } from '../bytes/index.js';
import { PAYLOAD_FEEDBACK_FORMAT, RTCP } from './rtcp-code.js';
import type { RtcpCursor } from './rtcp-cursor.js';
import type { RtcpWriter } from './rtcp-writer.js';

const FIR_INFO_AT = 12;
const FIR_ENTRY_BYTES = 8;

/** Asks the sender of `mediaSsrc` for a keyframe, because of loss (RFC 4585 §6.3.1). */
export function writePli(writer: RtcpWriter, senderSsrc: number, mediaSsrc: number): boolean {
  const type = RTCP.PAYLOAD_FEEDBACK;
  return writer.openFeedback(type, PAYLOAD_FEEDBACK_FORMAT.PLI, senderSsrc, mediaSsrc, 0) >= 0;
}

/**
 * Asks the sender of `mediaSsrc` for a keyframe (RFC 5104 §4.3.1). `requestSeq8` goes up with each new request and stays
 * when one is repeated.
 */
export function writeFir(writer: RtcpWriter, senderSsrc: number, mediaSsrc: number, requestSeq8: number): boolean {
  const type = RTCP.PAYLOAD_FEEDBACK;
  const at = writer.openFeedback(type, PAYLOAD_FEEDBACK_FORMAT.FIR, senderSsrc, 0, FIR_ENTRY_BYTES);
  if (at < 0) return false;
  writeU32(writer.bytes, at, mediaSsrc);
  writeU32(writer.bytes, at + 4, (requestSeq8 & 0xff) * 0x100_0000);
  return true;
}

/** How many entries a FIR has, one for each stream that it asks about. */
export function firEntries(cursor: RtcpCursor): number {
  return Math.max(0, Math.floor((cursor.length - FIR_INFO_AT) / FIR_ENTRY_BYTES));
}

/** The stream of entry `ix`, from 0 and below `firEntries`. */
export function firSsrc(cursor: RtcpCursor, ix: number): number {
  return readU32(cursor.bytes, cursor.at + FIR_INFO_AT + ix * FIR_ENTRY_BYTES);
}

/** The number of its request, 0 to 255: one that came before asks for nothing new. */
export function firRequestSeq8(cursor: RtcpCursor, ix: number): number {
  return cursor.bytes[cursor.at + FIR_INFO_AT + ix * FIR_ENTRY_BYTES + 4]!;
}
