import { readAv1 } from './av1-payload.js';
import { readH264 } from './h264-payload.js';
import { readH265 } from './h265-payload.js';
import type { PayloadMarks } from './payload-marks.js';
import type { RtpHeader } from './rtp-header.js';
import { readVp8 } from './vp8-payload.js';
import { readVp9 } from './vp9-payload.js';

/** The video codecs whose payloads are understood, as they are called in SDP, in capitals. */
export const VIDEO_CODEC = { VP8: 0, VP9: 1, H264: 2, H265: 3, AV1: 4 } as const;

const READERS = [readVp8, readVp9, readH264, readH265, readAv1];

/**
 * Reads the payload of a packet into `marks` by its codec, one of `VIDEO_CODEC`. False when it is malformed. A packet
 * without payload is not: it marks nothing. Never throws, never allocates.
 */
export function readMarks(codec: number, bytes: Uint8Array, header: RtpHeader, marks: PayloadMarks): boolean {
  if (header.payloadBytes === 0) {
    marks.clear();
    return true;
  }
  const isWhole = READERS[codec]!(bytes, header.payloadAt, header.payloadBytes, marks);
  if (codec !== VIDEO_CODEC.VP9) marks.endsFrame = header.marker;
  return isWhole;
}
