import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRtcp } from './is-rtcp.js';
import { RtpHeader, readRtpHeader } from './rtp-header.js';
import { rtpPacket } from './rtp-packet.js';
import { originalSeq16 } from './rtx.js';

const header = new RtpHeader();
const read = (bytes: Uint8Array) => readRtpHeader(bytes, 0, bytes.length, header);

const plain = rtpPacket({ payloadType: 96, seq16: 1, rtpTs: 2, ssrc: 3, payload: Uint8Array.of(1, 2, 3, 4) });
const extended = rtpPacket({
  payloadType: 96,
  seq16: 1,
  rtpTs: 2,
  ssrc: 3,
  extensions: [{ id: 1, data: Uint8Array.of(9) }],
});

function changed(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

describe('what is no RTP packet', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['less than a header', plain.subarray(0, 11)],
    ['version 1', changed(plain, 0, 0x40)],
    ['version 3', changed(plain, 0, 0xc0)],
    ['more CSRCs than bytes', changed(plain, 0, 0x82)],
    ['an extension without a header', changed(plain, 0, 0x90).subarray(0, 14)],
    ['an extension over the end', changed(extended, 14, 0, 2)],
    ['an extension of 65,535 words', changed(extended, 14, 0xff, 0xff)],
    ['padding of nothing', changed(plain, 0, 0xa0).fill(0, 12)],
    ['padding without a payload', changed(plain, 0, 0xa0).subarray(0, 12)],
    ['more padding than payload', changed(changed(plain, 0, 0xa0), 15, 5)],
  ])('%s', (_name, bytes) => {
    expect(read(bytes)).toBe(false);
  });
});

test('padding may be all there is', () => {
  const probe = rtpPacket({ payloadType: 97, seq16: 1, rtpTs: 2, ssrc: 3, paddingBytes: 255 });
  expect(read(probe)).toBe(true);
  expect([header.payloadBytes, header.paddingBytes]).toEqual([0, 255]);
  expect(originalSeq16(probe, header)).toBe(-1);
});

test('what is written is what is read, wherever it stands among other bytes', () => {
  const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
  const parts = fc.record({
    payloadType: fc.integer({ min: 0, max: 127 }),
    seq16: fc.integer({ min: 0, max: 0xffff }),
    rtpTs: u32,
    ssrc: u32,
    marker: fc.boolean(),
    csrcs: fc.array(u32, { maxLength: 15 }),
    extensions: fc.array(
      fc.record({ id: fc.integer({ min: 1, max: 14 }), data: fc.uint8Array({ minLength: 1, maxLength: 16 }) }),
      { maxLength: 5 },
    ),
    payload: fc.uint8Array({ maxLength: 60 }),
    paddingBytes: fc.integer({ min: 0, max: 255 }),
  });
  fc.assert(
    fc.property(parts, fc.nat({ max: 20 }), fc.nat({ max: 255 }), (given, at, noise) => {
      const packet = rtpPacket(given);
      const slab = new Uint8Array(packet.length + 40).fill(noise);
      slab.set(packet, at);
      expect(readRtpHeader(slab, at, packet.length, header)).toBe(true);
      const { payloadType, seq16, rtpTs, ssrc, marker, paddingBytes } = given;
      expect(header).toMatchObject({ payloadType, seq16, marker, paddingBytes, rtpTs: rtpTs | 0, ssrc: ssrc | 0 });
      expect([header.rtpTs >>> 0, header.ssrc >>> 0]).toEqual([rtpTs, ssrc]);
      expect(header.csrcCount).toBe(given.csrcs.length);
      expect(slab.slice(header.payloadAt, header.payloadAt + header.payloadBytes)).toEqual(given.payload);
    }),
  );
});

test('a retransmission begins with the number that it repeats', () => {
  const packet = rtpPacket({ payloadType: 97, seq16: 1, rtpTs: 2, ssrc: 3, payload: Uint8Array.of(0xff, 0xfe, 1) });
  expect(read(packet)).toBe(true);
  expect(originalSeq16(packet, header)).toBe(0xfffe);
});

test('second bytes from 192 to 223 are RTCP', () => {
  const types = Array.from({ length: 256 }, (_, byte) => byte).filter(isRtcp);
  expect([types[0], types.at(-1), types.length]).toEqual([192, 223, 32]);
});
