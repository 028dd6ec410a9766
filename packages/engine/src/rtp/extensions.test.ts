import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXTENSION, EXTENSION_COUNT, EXTENSION_URI } from './extension.js';
import { ExtensionIds } from './extension-ids.js';
import { ExtensionPlaces } from './extension-places.js';
import {
  absCaptureTime,
  absSendTime,
  audioLevel,
  extensionText,
  playoutDelay,
  transportSeq16,
  videoOrientation,
} from './extension-values.js';
import { type ExtensionForm, ExtensionWriter } from './extension-writer.js';
import { RtpHeader, readRtpHeader } from './rtp-header.js';
import { rtpPacket } from './rtp-packet.js';

const IDS = new ExtensionIds();
for (let extension = 0; extension < EXTENSION_COUNT; extension++) IDS.set(extension, extension + 1);
const idOf = (extension: number) => IDS.idOf(extension);

function read(bytes: Uint8Array): { places: ExtensionPlaces; isWhole: boolean } {
  const header = new RtpHeader();
  expect(readRtpHeader(bytes, 0, bytes.length, header)).toBe(true);
  const places = new ExtensionPlaces();
  return { places, isWhole: places.read(bytes, header, IDS) };
}

function withElements(form: ExtensionForm, ...extensions: [extension: number, ...data: number[]][]): Uint8Array {
  return rtpPacket({
    payloadType: 96,
    seq16: 1,
    rtpTs: 2,
    ssrc: 3,
    extensionForm: form,
    extensions: extensions.map(([extension, ...data]) => ({ id: idOf(extension), data: Uint8Array.from(data) })),
    payload: Uint8Array.of(0xff),
  });
}

/** A packet whose extension block is exactly these bytes. */
function withBlock(profile: number, ...block: number[]): Uint8Array {
  const head = rtpPacket({ payloadType: 96, seq16: 1, rtpTs: 2, ssrc: 3 });
  head[0] = 0x90;
  return Uint8Array.from([...head, profile >>> 8, profile & 0xff, 0, block.length / 4, ...block]);
}

test('every extension has its name', () => {
  expect(Object.keys(EXTENSION_URI)).toEqual(Object.keys(EXTENSION));
  expect(Object.values(EXTENSION)).toEqual(Array.from({ length: EXTENSION_COUNT }, (_, ix) => ix));
});

describe.each(['one-byte', 'two-byte'] as const)('in the %s form', (form) => {
  test('each value is read as its definition says', () => {
    const bytes = withElements(
      form,
      [EXTENSION.MID, 0x61, 0x31],
      [EXTENSION.RID, 0x68, 0x69],
      [EXTENSION.REPAIRED_RID, 0x6c, 0x6f],
      [EXTENSION.TRANSPORT_SEQ, 0xff, 0xfe],
      [EXTENSION.ABS_SEND_TIME, 0x80, 0, 1],
      [EXTENSION.AUDIO_LEVEL, 0x80 | 35],
      [EXTENSION.VIDEO_ORIENTATION, 0x0b],
      [EXTENSION.PLAYOUT_DELAY, 0x00, 0xa0, 0x64],
      [EXTENSION.DEPENDENCY_DESCRIPTOR, 0xc0, 0, 7],
      [EXTENSION.ABS_CAPTURE_TIME, 0, 0, 0, 1, 0x80, 0, 0, 0, ...[255, 255, 255, 255, 0x80, 0, 0, 0]],
    );
    const { places, isWhole } = read(bytes);
    expect(isWhole).toBe(true);
    expect(extensionText(bytes, places, EXTENSION.MID)).toBe('a1');
    expect(extensionText(bytes, places, EXTENSION.RID)).toBe('hi');
    expect(extensionText(bytes, places, EXTENSION.REPAIRED_RID)).toBe('lo');
    expect(transportSeq16(bytes, places)).toBe(0xfffe);
    expect(absSendTime(bytes, places)).toBe(0x80_0001);
    expect(audioLevel(bytes, places)).toBe(0x80 + 35);
    expect(videoOrientation(bytes, places)).toBe(0x0b);
    expect(playoutDelay(bytes, places)).toBe(10 * 4096 + 100);
    expect(places.lengthOf(EXTENSION.DEPENDENCY_DESCRIPTOR)).toBe(3);
    expect(absCaptureTime(bytes, places)).toEqual({ capturedNtp: 0x1_8000_0000n, clockOffsetNtp: -0x8000_0000n });
  });

  test('what is not there is -1 or null', () => {
    const bytes = withElements(form, [EXTENSION.VIDEO_ORIENTATION, 0]);
    const { places } = read(bytes);
    const numbers = [transportSeq16, absSendTime, audioLevel, playoutDelay].map((value) => value(bytes, places));
    expect(numbers).toEqual([-1, -1, -1, -1]);
    expect(extensionText(bytes, places, EXTENSION.MID)).toBeNull();
    expect(absCaptureTime(bytes, places)).toBeNull();
  });

  test('a value of another length is not there', () => {
    const bytes = withElements(
      form,
      [EXTENSION.TRANSPORT_SEQ, 1],
      [EXTENSION.ABS_SEND_TIME, 1, 2],
      [EXTENSION.ABS_CAPTURE_TIME, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [EXTENSION.MID, 0x20],
    );
    const { places } = read(bytes);
    expect(transportSeq16(bytes, places)).toBe(-1);
    expect(absSendTime(bytes, places)).toBe(-1);
    expect(absCaptureTime(bytes, places)).toBeNull();
    expect(extensionText(bytes, places, EXTENSION.MID)).toBeNull();
  });

  test('of two with one number the first counts', () => {
    const bytes = withElements(form, [EXTENSION.AUDIO_LEVEL, 1], [EXTENSION.AUDIO_LEVEL, 2]);
    expect(audioLevel(bytes, read(bytes).places)).toBe(1);
  });
});

test('one packet forgets the one before', () => {
  const first = withElements('one-byte', [EXTENSION.AUDIO_LEVEL, 1]);
  const { places } = read(first);
  const second = rtpPacket({ payloadType: 96, seq16: 1, rtpTs: 2, ssrc: 3 });
  const header = new RtpHeader();
  readRtpHeader(second, 0, second.length, header);
  places.read(second, header, IDS);
  expect(audioLevel(second, places)).toBe(-1);
});

describe('odd blocks', () => {
  const level = idOf(EXTENSION.AUDIO_LEVEL);
  test.each([
    ['padding between elements', 0xbede, [0, 0, level << 4, 7], true, 7],
    ['the number 15 ends the block', 0xbede, [0xf0, 0, level << 4, 7], true, -1],
    ['an element over the end', 0xbede, [level << 4, 7, 0x1f, 0], false, 7],
    ['two-byte padding', 0x1000, [0, level, 1, 7], true, 7],
    ['two-byte with bits of the application', 0x100f, [level, 1, 7, 0], true, 7],
    ['a two-byte element over the end', 0x1000, [level, 1, 7, 2], false, 7],
    ['a two-byte length over the end', 0x1000, [level, 2, 7, 0, 1, 0xff, 0, 0], false, 1792],
    ['another profile', 0xabcd, [level << 4, 7, 0, 0], true, -1],
  ])('%s', (_name, profile, block, isWhole, value) => {
    const bytes = withBlock(profile, ...block);
    const result = read(bytes);
    expect(result.isWhole).toBe(isWhole);
    const at = result.places.at(EXTENSION.AUDIO_LEVEL);
    const length = result.places.lengthOf(EXTENSION.AUDIO_LEVEL);
    const read8 = at < 0 ? -1 : [...bytes.subarray(at, at + length)].reduce((sum, byte) => sum * 256 + byte, 0);
    expect(read8).toBe(value);
  });
});

describe('negotiated numbers', () => {
  test('one number means one extension', () => {
    const ids = new ExtensionIds();
    expect(ids.set(EXTENSION.MID, 4)).toBe(true);
    expect(ids.set(EXTENSION.RID, 4)).toBe(false);
    expect(ids.set(EXTENSION.MID, 4)).toBe(true);
    expect([ids.extensionOf(4), ids.idOf(EXTENSION.RID)]).toEqual([EXTENSION.MID, 0]);
  });

  test('an extension may change its number', () => {
    const ids = new ExtensionIds();
    ids.set(EXTENSION.MID, 4);
    expect(ids.set(EXTENSION.MID, 5)).toBe(true);
    expect([ids.extensionOf(4), ids.extensionOf(5)]).toEqual([-1, EXTENSION.MID]);
  });

  test.each([0, -1, 15, 256, 1.5, Number.NaN])('%d is no number', (id) => {
    expect(new ExtensionIds().set(EXTENSION.MID, id)).toBe(false);
  });
});

test('the writer stops where its room does and says no more than its form can', () => {
  const bytes = new Uint8Array(8).fill(0xee);
  const writer = new ExtensionWriter().begin(bytes, 2, 4, 'one-byte');
  expect(writer.addU8(15, 1)).toBe(false);
  expect(writer.copy(1, new Uint8Array(17), 0, 17)).toBe(false);
  expect(writer.copy(1, new Uint8Array(0), 0, 0)).toBe(false);
  expect(writer.addU16(2, 0x1234)).toBe(true);
  expect(writer.addU8(3, 1)).toBe(false);
  expect([...bytes]).toEqual([0xee, 0xee, 0x21, 0x12, 0x34, 0xee, 0xee, 0xee]);
  expect(writer.length).toBe(3);
});

test('any elements of either form come back', () => {
  const element = (most: number, least: number) =>
    fc.record({
      id: fc.integer({ min: 1, max: EXTENSION_COUNT }),
      data: fc.uint8Array({ minLength: least, maxLength: most }),
    });
  const list = fc.oneof(
    fc.record({ form: fc.constant('one-byte' as const), elements: fc.array(element(16, 1), { maxLength: 8 }) }),
    fc.record({ form: fc.constant('two-byte' as const), elements: fc.array(element(70, 0), { maxLength: 8 }) }),
  );
  fc.assert(
    fc.property(list, ({ form, elements }) => {
      const base = { payloadType: 96, seq16: 1, rtpTs: 2, ssrc: 3 };
      const bytes = rtpPacket({ ...base, extensionForm: form, extensions: elements });
      const { places, isWhole } = read(bytes);
      expect(isWhole).toBe(true);
      for (let extension = 0; extension < EXTENSION_COUNT; extension++) {
        const expected = elements.find(({ id }) => id === extension + 1);
        const at = places.at(extension);
        expect(at >= 0).toBe(expected !== undefined);
        if (expected) expect(bytes.slice(at, at + places.lengthOf(extension))).toEqual(expected.data);
      }
    }),
  );
});
