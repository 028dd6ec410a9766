import { readU32, writeU32 } from '../bytes/index.js';
import { PAYLOAD_FEEDBACK_FORMAT, RTCP } from './rtcp-code.js';
import type { RtcpCursor } from './rtcp-cursor.js';
import type { RtcpWriter } from './rtcp-writer.js';

/** "REMB" in ASCII. */
const IDENTIFIER = 0x5245_4d42;
const INFO_AT = 12;
const SSRCS_AT = 8;
const MANTISSA_BITS = 18;

/** How many bits a second a receiver believes it can take, of the streams named together. */
export interface Remb {
  /** Any whole number below 2^81. */
  readonly bitrateBps: number;
  readonly ssrcs: readonly number[];
}

/**
 * Reads a receiver's estimated maximum bitrate (draft-alvestrand-rmcat-remb-03 §2.2); null when the feedback is another
 * application's, or has not room for the SSRCs that it claims.
 *
 *     |                   'R' 'E' 'M' 'B'                             |
 *     |   SSRCs       | exponent  |             mantissa              |
 *     |                        SSRC, as many times                    |
 */
export function readRemb(cursor: RtcpCursor): Remb | null {
  const { bytes, end } = cursor;
  const at = cursor.at + INFO_AT;
  if (at + SSRCS_AT > end || readU32(bytes, at) !== IDENTIFIER) return null;
  const count = bytes[at + 4]!;
  if (at + SSRCS_AT + 4 * count > end) return null;
  const rate = readU32(bytes, at + 4) & 0xff_ffff;
  const bitrateBps = (rate & (2 ** MANTISSA_BITS - 1)) * 2 ** (rate >>> MANTISSA_BITS);
  return { bitrateBps, ssrcs: Array.from({ length: count }, (_, ix) => readU32(bytes, at + SSRCS_AT + 4 * ix)) };
}

/** Writes it, the bitrate rounded down to 18 significant bits. At most 255 SSRCs. */
export function writeRemb(writer: RtcpWriter, senderSsrc: number, remb: Remb): boolean {
  const { ssrcs } = remb;
  if (ssrcs.length > 255) return false;
  const format = PAYLOAD_FEEDBACK_FORMAT.APPLICATION;
  const at = writer.openFeedback(RTCP.PAYLOAD_FEEDBACK, format, senderSsrc, 0, SSRCS_AT + 4 * ssrcs.length);
  if (at < 0) return false;
  let exponent = 0;
  let mantissa = Math.max(0, Math.floor(remb.bitrateBps));
  for (; mantissa >= 2 ** MANTISSA_BITS; exponent++) mantissa = Math.floor(mantissa / 2);
  writeU32(writer.bytes, at, IDENTIFIER);
  writeU32(writer.bytes, at + 4, ssrcs.length * 0x100_0000 + exponent * 2 ** MANTISSA_BITS + mantissa);
  for (let ix = 0; ix < ssrcs.length; ix++) writeU32(writer.bytes, at + SSRCS_AT + 4 * ix, ssrcs[ix]!);
  return true;
}
