import { expect, test } from 'vitest';
import { ExtensionIds, ExtensionPlaces, RtpHeader, readRtpHeader } from '../src/rtp/index.js';

const MOST_BYTES = 80;

/** What a header says of the parts of a packet, or null for none. */
function partsOf(bytes: Uint8Array, length: number): number[] | null {
  const [header, places] = [new RtpHeader(), new ExtensionPlaces()];
  if (!readRtpHeader(bytes, 0, length, header)) return null;
  places.read(bytes, header, new ExtensionIds());
  return [header.extensionAt + header.extensionBytes, header.payloadAt, header.payloadBytes, header.paddingBytes];
}

test('whatever version, padding, extension and CSRC count say, the parts of a packet fill it or it is none', () => {
  let packets = 0;
  for (let first = 0; first < 256; first++) {
    for (let last = 0; last < 256; last += first >>> 6 === 2 ? 1 : 51) {
      const bytes = new Uint8Array(MOST_BYTES).fill(last);
      bytes[0] = first;
      for (let length = 0; length <= MOST_BYTES; length += 4) {
        const parts = partsOf(bytes, length);
        if (parts === null) continue;
        packets++;
        const [extensionEnd, payloadAt, payloadBytes, paddingBytes] = parts as [number, number, number, number];
        const isWhole =
          extensionEnd <= payloadAt && payloadBytes >= 0 && payloadAt + payloadBytes + paddingBytes === length;
        if (!isWhole) throw new Error(`${first} ${last} ${length}: ${parts}`);
      }
    }
  }
  expect(packets).toBeGreaterThan(10_000);
});

test('padding that is more than there is, or none, makes it no packet', () => {
  const packet = Uint8Array.from({ length: 20 }, () => 0);
  packet[0] = 0xa0;
  const readable = (padding: number) => {
    packet[19] = padding;
    return partsOf(packet, packet.length) !== null;
  };
  expect([0, 1, 8, 9, 20, 255].map(readable)).toEqual([false, true, true, false, false, false]);
});
