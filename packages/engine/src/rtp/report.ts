import { readU24, readU32, writeU24, writeU32 } from '../bytes/index.js';
import { RTCP } from './rtcp-code.js';
import type { RtcpCursor } from './rtcp-cursor.js';
import type { RtcpWriter } from './rtcp-writer.js';

const BLOCK_BYTES = 24;
const SENDER_INFO_BYTES = 20;

/** What a sender says of its clock and its counts (RFC 3550 §6.4.1). All are unsigned of 32 bits, and wrap. */
export class SenderInfo {
  ssrc = 0;
  ntpSeconds = 0;
  ntpFraction = 0;
  rtpTs = 0;
  packets = 0;
  /** Of payload. */
  octets = 0;
}

/**
 * What a receiver says of one stream (RFC 3550 §6.4.1):
 *
 *     |                             SSRC                              |
 *     | fraction lost |       cumulative number of packets lost       |
 *     |           extended highest sequence number received           |
 *     |                      interarrival jitter                      |
 *     |                            LSR                                |
 *     |                           DLSR                                |
 */
export class ReportBlock {
  ssrc = 0;
  /** Since the report before, in units of 1/256: 0 to 255. */
  fractionLost = 0;
  /** Signed: duplicates count as received. */
  cumulativeLost = 0;
  highestSeq32 = 0;
  /** In units of the stream's RTP clock. */
  jitterTs = 0;
  /** The middle 32 bits of the NTP time of the last sender report; 0 when none came. */
  lastSr = 0;
  /** How long ago that came, in units of 2^-16 seconds. */
  sinceLastSr = 0;
}

/** Reads the sender's part of a `SENDER_REPORT`; false when it is cut short. */
export function readSenderInfo(cursor: RtcpCursor, info: SenderInfo): boolean {
  const { bytes, at } = cursor;
  if (cursor.length < 8 + SENDER_INFO_BYTES) return false;
  info.ssrc = readU32(bytes, at + 4);
  info.ntpSeconds = readU32(bytes, at + 8);
  info.ntpFraction = readU32(bytes, at + 12);
  info.rtpTs = readU32(bytes, at + 16);
  info.packets = readU32(bytes, at + 20);
  info.octets = readU32(bytes, at + 24);
  return true;
}

/** How many blocks a `SENDER_REPORT` or `RECEIVER_REPORT` has; 0 as well when it has not room for those it claims. */
export function reportBlocks(cursor: RtcpCursor): number {
  return blocksAt(cursor) + cursor.count * BLOCK_BYTES <= cursor.end ? cursor.count : 0;
}

/** Reads block `ix`, from 0 and below `reportBlocks`. */
export function readReportBlock(cursor: RtcpCursor, ix: number, block: ReportBlock): void {
  const { bytes } = cursor;
  const at = blocksAt(cursor) + ix * BLOCK_BYTES;
  block.ssrc = readU32(bytes, at);
  block.fractionLost = bytes[at + 4]!;
  block.cumulativeLost = (readU24(bytes, at + 5) << 8) >> 8;
  block.highestSeq32 = readU32(bytes, at + 8);
  block.jitterTs = readU32(bytes, at + 12);
  block.lastSr = readU32(bytes, at + 16);
  block.sinceLastSr = readU32(bytes, at + 20);
}

/** Writes a sender report; blocks may follow with `writeReportBlock`. */
export function writeSenderReport(writer: RtcpWriter, info: SenderInfo): boolean {
  const at = writer.open(RTCP.SENDER_REPORT, 0, 4 + SENDER_INFO_BYTES);
  if (at < 0) return false;
  writeU32(writer.bytes, at, info.ssrc);
  writeU32(writer.bytes, at + 4, info.ntpSeconds);
  writeU32(writer.bytes, at + 8, info.ntpFraction);
  writeU32(writer.bytes, at + 12, info.rtpTs);
  writeU32(writer.bytes, at + 16, info.packets);
  writeU32(writer.bytes, at + 20, info.octets);
  return true;
}

/** Writes a receiver report; blocks may follow with `writeReportBlock`. */
export function writeReceiverReport(writer: RtcpWriter, senderSsrc: number): boolean {
  const at = writer.open(RTCP.RECEIVER_REPORT, 0, 4);
  if (at < 0) return false;
  writeU32(writer.bytes, at, senderSsrc);
  return true;
}

/** Adds a block to the report written last. False, too, when it has 31 already: another report may follow. */
export function writeReportBlock(writer: RtcpWriter, block: ReportBlock): boolean {
  const at = writer.addBlock(BLOCK_BYTES);
  if (at < 0) return false;
  writeU32(writer.bytes, at, block.ssrc);
  writer.bytes[at + 4] = block.fractionLost;
  writeU24(writer.bytes, at + 5, block.cumulativeLost);
  writeU32(writer.bytes, at + 8, block.highestSeq32);
  writeU32(writer.bytes, at + 12, block.jitterTs);
  writeU32(writer.bytes, at + 16, block.lastSr);
  writeU32(writer.bytes, at + 20, block.sinceLastSr);
  return true;
}

function blocksAt(cursor: RtcpCursor): number {
  return cursor.at + 8 + (cursor.type === RTCP.SENDER_REPORT ? SENDER_INFO_BYTES : 0);
}
