import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAv1 } from './av1-payload.js';
import { readH264 } from './h264-payload.js';
import { readH265 } from './h265-payload.js';
import { isOpusSilence, isOpusStereo, opusTicks } from './opus-payload.js';
import { PayloadMarks } from './payload-marks.js';
import { readMarks, VIDEO_CODEC } from './read-marks.js';
import { RedBlocks } from './red-blocks.js';
import { RtpHeader, readRtpHeader } from './rtp-header.js';
import { rtpPacket } from './rtp-packet.js';
import { readVp8 } from './vp8-payload.js';
import { readVp9 } from './vp9-payload.js';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s+/g, ''), 'hex'));

type Reader = typeof readVp8;

/** What the payload says, read among other bytes; null when it is malformed. */
function marks(reader: Reader, text: string): PayloadMarks | null {
  const payload = hex(text);
  const slab = new Uint8Array(payload.length + 16).fill(0xff);
  slab.set(payload, 8);
  const found = new PayloadMarks();
  return reader(slab, 8, payload.length, found) ? found : null;
}

const sizes = ({ layers, widths, heights }: PayloadMarks) =>
  Array.from({ length: layers }, (_, ix) => [widths[ix], heights[ix]]);

describe('VP8', () => {
  const keyframe = '50 04 00 9d 01 2a 80 42 e0 81';

  test('a keyframe, with its size below the scaling bits', () => {
    const found = marks(readVp8, `10 ${keyframe}`)!;
    expect(found).toMatchObject({ keyframe: true, beginsFrame: true, pictureId: -1, temporalId: -1, keyIdx: -1 });
    expect(sizes(found)).toEqual([[640, 480]]);
  });

  test('every field of the descriptor', () => {
    expect(marks(readVp8, 'b0 f0 ff ff 12 bf 01')).toMatchObject({
      pictureId: 0x7fff,
      pictureIdBits: 15,
      tl0PicIdx8: 0x12,
      temporalId: 2,
      switchingPoint: true,
      keyIdx: 0x1f,
      discardable: true,
      keyframe: false,
      beginsFrame: true,
    });
    expect(marks(readVp8, '80 80 7f 00')).toMatchObject({ pictureId: 0x7f, pictureIdBits: 7, beginsFrame: false });
    expect(marks(readVp8, '80 20 40 00')).toMatchObject({ temporalId: 1, switchingPoint: false, keyIdx: -1 });
    expect(marks(readVp8, '80 10 c5 00')).toMatchObject({ temporalId: -1, keyIdx: 5 });
  });

  test('only the first partition begins a frame', () => {
    expect(marks(readVp8, `11 ${keyframe}`)).toMatchObject({ keyframe: false, beginsFrame: false });
    expect(marks(readVp8, `00 ${keyframe}`)).toMatchObject({ keyframe: false, beginsFrame: false });
  });

  test('a keyframe without its start code, or cut short, tells no size', () => {
    expect(marks(readVp8, '10 50 04 00 9d 01 2b 80 42 e0 81')).toMatchObject({ keyframe: true, layers: 0 });
    expect(marks(readVp8, '10 50 04 00 9d 01')).toMatchObject({ keyframe: true, layers: 0 });
  });

  test.each([
    '',
    '10',
    '80',
    '80 00',
    '80 80',
    '80 80 80',
    '80 80 80 01',
    '80 c0 01',
    '80 c0 01 02',
    '80 20',
    '80 20 01',
  ])('cut short: %s', (text) => {
    expect(marks(readVp8, text)).toBeNull();
  });
});

describe('VP9', () => {
  test('a keyframe with a scalability structure', () => {
    // I L B E V, picture 0x1234, TID 0 U 0 SID 0 D 0, TL0PICIDX 7, two sizes, two pictures in the group
    const found = marks(readVp9, 'ae 92 34 00 07 38 0140 00b4 0280 0168 02 10 34 01 02 aa')!;
    expect(found).toMatchObject({
      keyframe: true,
      beginsFrame: true,
      endsFrame: true,
      pictureId: 0x1234,
      pictureIdBits: 15,
      tl0PicIdx8: 7,
      temporalId: 0,
      spatialId: 0,
      switchingPoint: false,
    });
    expect(sizes(found)).toEqual([
      [320, 180],
      [640, 360],
    ]);
  });

  test('an upper layer of a keyframe does not begin one', () => {
    // I L B, SID 1, D
    expect(marks(readVp9, 'a8 05 03 07 aa')).toMatchObject({ keyframe: false, spatialId: 1, refersBelow: true });
  });

  test('flexible mode has references and no TL0PICIDX', () => {
    // I P L F B, TID 2 U 1 SID 1 D 1, three references
    const found = marks(readVp9, 'f8 05 53 03 05 06 aa');
    expect(found).toMatchObject({
      temporalId: 2,
      switchingPoint: true,
      spatialId: 1,
      refersBelow: true,
      tl0PicIdx8: -1,
    });
    expect(found).toMatchObject({ keyframe: false, pictureId: 5, pictureIdBits: 7 });
  });

  test('without layers and without prediction it is a keyframe', () => {
    expect(marks(readVp9, '08 aa')).toMatchObject({ keyframe: true, spatialId: -1 });
    expect(marks(readVp9, '00 aa')).toMatchObject({ keyframe: false });
    expect(marks(readVp9, '48 aa')).toMatchObject({ keyframe: false });
  });

  test.each([
    ['', 'empty'],
    ['08', 'nothing behind it'],
    ['80', 'no picture id'],
    ['80 81', 'half a picture id'],
    ['80 01', 'nothing behind the picture id'],
    ['20 00', 'no TL0PICIDX'],
    ['20 00 00', 'nothing behind TL0PICIDX'],
    ['50 03 05 07 00 aa', 'four references'],
    ['50 03', 'references cut short'],
    ['02', 'no structure'],
    ['02 30 0140 00b4 0280', 'sizes cut short'],
    ['02 08 01', 'group cut short'],
    ['02 08 01 0c 01 02', 'references of the group cut short'],
    ['02 00', 'nothing behind the structure'],
  ])('malformed: %s (%s)', (text) => {
    expect(marks(readVp9, text)).toBeNull();
  });

  test('more layers than there are columns do no harm', () => {
    expect(marks(readVp9, `02 f0 ${'00010001'.repeat(8)} aa`)!.layers).toBe(8);
  });
});

describe('H.264', () => {
  test.each([
    ['SPS', '67 42', { keyframe: true, parameterSets: true, beginsFrame: true }],
    ['PPS', '68 42', { keyframe: false, parameterSets: false, beginsFrame: true }],
    ['first IDR slice', '65 88', { keyframe: true, parameterSets: false, beginsFrame: true }],
    ['another IDR slice', '65 40', { keyframe: false, beginsFrame: false }],
    ['first slice', '41 9a', { keyframe: false, beginsFrame: true, discardable: false }],
    ['a slice that nothing refers to', '01 9a', { discardable: true }],
    ['STAP-A of SPS and PPS', '78 0002 6742 0002 68ce', { keyframe: true, parameterSets: true, discardable: false }],
    ['STAP-A of two slices that nothing refers to', '18 0002 019a 0002 0140', { discardable: true, beginsFrame: true }],
    ['beginning of an IDR in FU-A', '7c 85 88', { keyframe: true, beginsFrame: true }],
    ['middle of an IDR in FU-A', '7c 05 88', { keyframe: false, beginsFrame: false }],
    ['beginning of a later IDR slice in FU-A', '7c 85 08', { keyframe: false }],
    ['beginning of a slice in FU-A', '5c 81 9a', { keyframe: false, beginsFrame: true }],
    ['prefix with temporal layer 2', '6e c0 80 4f', { temporalId: 2, spatialId: 0 }],
    ['prefix of another extension', '6e 40 80 4f', { temporalId: -1 }],
    ['prefix and slice in STAP-A', '78 0004 6ec0802f 0002 419a', { temporalId: 1, beginsFrame: true }],
  ] as const)('%s', (_name, text, expected) => {
    expect(marks(readH264, text)).toMatchObject(expected);
  });

  test.each([
    ['empty', ''],
    ['type 0', '60 00'],
    ['STAP-B', '79 0000 0001 67'],
    ['FU-B', '7d 85 00 00'],
    ['FU-A cut short', '7c 85'],
    ['STAP-A of nothing', '78'],
    ['STAP-A of an empty unit', '78 0000 0001 67'],
    ['STAP-A over the end', '78 0003 6742'],
    ['STAP-A with bytes left', '78 0001 67 00'],
  ])('malformed: %s', (_name, text) => {
    expect(marks(readH264, text)).toBeNull();
  });
});

describe('H.265', () => {
  test.each([
    ['VPS', '40 01 0c', { keyframe: true, parameterSets: true, beginsFrame: true, temporalId: 0 }],
    ['SPS', '42 01 0c', { keyframe: true, parameterSets: true }],
    ['PPS', '44 01 0c', { keyframe: false, parameterSets: false, beginsFrame: true }],
    ['first IDR slice', '26 01 af', { keyframe: true, beginsFrame: true }],
    ['first CRA slice', '2a 01 af', { keyframe: true }],
    ['another IDR slice', '26 01 2f', { keyframe: false, beginsFrame: false }],
    [
      'trailing picture of layer 1',
      '02 02 d0',
      { keyframe: false, beginsFrame: true, temporalId: 1, switchingPoint: false },
    ],
    ['step up to layer 2', '06 03 d0', { temporalId: 2, switchingPoint: true }],
    ['end of sequence', '48 01 00', { beginsFrame: true }],
    ['suffix SEI', '50 01 00', { beginsFrame: false }],
    [
      'aggregate of VPS, SPS and PPS',
      '60 01 0003 40010c 0003 42010c 0003 44010c',
      { keyframe: true, parameterSets: true },
    ],
    ['beginning of an IDR in fragments', '62 01 93 af', { keyframe: true, beginsFrame: true }],
    ['middle of an IDR in fragments', '62 01 13 af', { keyframe: false, beginsFrame: false }],
  ] as const)('%s', (_name, text, expected) => {
    expect(marks(readH265, text)).toMatchObject(expected);
  });

  test.each([
    ['empty', ''],
    ['a header alone', '26 01'],
    ['temporal id 0 of the wire', '26 00 af'],
    ['an unknown kind', '66 01 af'],
    ['fragment cut short', '62 01 93'],
    ['aggregate over the end', '60 01 0004 40010c'],
    ['aggregate of half a header', '60 01 0001 40'],
    ['aggregate with bytes left', '60 01 0003 40010c 00'],
  ])('malformed: %s', (_name, text) => {
    expect(marks(readH265, text)).toBeNull();
  });
});

describe('AV1', () => {
  test.each([
    ['a new sequence, one OBU', '18 0a 0b', { keyframe: true, beginsFrame: true, parameterSets: true }],
    ['a new sequence, lengths for all but the last', '28 02 0a 0b 30 00', { keyframe: true, parameterSets: true }],
    ['lengths for all', '08 02 0a 0b 02 30 00', { keyframe: true }],
    ['a frame', '10 30 00', { keyframe: false, beginsFrame: true, temporalId: -1 }],
    ['a tile group', '10 20 00', { beginsFrame: false }],
    ['a continued OBU that looks like a frame', '90 30 00', { beginsFrame: false }],
    ['a continued OBU and a frame', 'a0 01 30 30 00', { beginsFrame: true }],
    ['a frame of layer 2, 1', '10 34 48 00', { temporalId: 2, spatialId: 1 }],
  ] as const)('%s', (_name, text, expected) => {
    expect(marks(readAv1, text)).toMatchObject(expected);
  });

  test.each([
    ['empty', ''],
    ['a header alone', '10'],
    ['a new sequence that continues', '98 0a 0b'],
    ['an OBU over the end', '20 05 0a 0b'],
    ['a length without an end', '00 80'],
    ['a length of four bytes', '00 80 80 80 01'],
    ['fewer OBUs than it says', '30 01 30 01 30'],
  ])('malformed: %s', (_name, text) => {
    expect(marks(readAv1, text)).toBeNull();
  });
});

describe('any codec', () => {
  const packet = (payload: Uint8Array, marker = true) =>
    rtpPacket({ payloadType: 96, seq16: 1, rtpTs: 2, ssrc: 3, marker, payload });
  const header = new RtpHeader();

  test('a packet without payload marks nothing, and forgets the one before', () => {
    const found = new PayloadMarks();
    const full = packet(hex('10 50 04 00 9d 01 2a 80 42 e0 81'));
    readRtpHeader(full, 0, full.length, header);
    expect(readMarks(VIDEO_CODEC.VP8, full, header, found)).toBe(true);
    expect(found).toMatchObject({ keyframe: true, endsFrame: true, layers: 1 });
    const probe = packet(new Uint8Array(0));
    readRtpHeader(probe, 0, probe.length, header);
    for (const codec of Object.values(VIDEO_CODEC)) expect(readMarks(codec, probe, header, found)).toBe(true);
    expect(found).toMatchObject({ keyframe: false, beginsFrame: false, endsFrame: false, layers: 0 });
  });

  test('the end of a frame is the marker, but for VP9, which says it of each layer', () => {
    const found = new PayloadMarks();
    const vp9 = packet(hex('08 aa'));
    readRtpHeader(vp9, 0, vp9.length, header);
    expect(readMarks(VIDEO_CODEC.VP9, vp9, header, found) && found.endsFrame).toBe(false);
    const h264 = packet(hex('65 88'), false);
    readRtpHeader(h264, 0, h264.length, header);
    expect(readMarks(VIDEO_CODEC.H264, h264, header, found) && found.endsFrame).toBe(false);
  });
});

describe('Opus', () => {
  test.each([
    ['20 ms of CELT, stereo', 'fc 00 00', 960, true],
    ['2.5 ms of CELT', 'e0 00', 120, false],
    ['60 ms of SILK', '18 00', 2880, false],
    ['20 ms of both', '78 00', 960, false],
    ['two frames of 20 ms', 'f9 00', 1920, false],
    ['two frames of different lengths', 'fa 01 00 00', 1920, false],
    ['six frames of 20 ms', 'fb 06', 5760, false],
  ])('%s', (_name, text, ticks, isStereo) => {
    const bytes = hex(text);
    expect(opusTicks(bytes, 0, bytes.length)).toBe(ticks);
    expect(isOpusStereo(bytes, 0)).toBe(isStereo);
  });

  test.each([
    ['empty', ''],
    ['no count of frames', 'fb'],
    ['no frames', 'fb 00'],
    ['more than 120 ms', 'fb 07'],
  ])('no packet: %s', (_name, text) => {
    expect(opusTicks(hex(text), 0, hex(text).length)).toBe(-1);
  });

  test('a packet of at most two bytes is silence', () => {
    expect([0, 1, 2, 3].map(isOpusSilence)).toEqual([true, true, true, false]);
  });
});

describe('RED', () => {
  test('what the blocks are made of comes back', () => {
    const block = fc.record({
      payloadType: fc.integer({ min: 0, max: 127 }),
      ageTs: fc.integer({ min: 0, max: 0x3fff }),
      data: fc.uint8Array({ maxLength: 200 }),
    });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 31 }), block, (older, primary) => {
        const heads = older.flatMap(({ payloadType, ageTs, data }) => [
          0x80 | payloadType,
          ageTs >>> 6,
          ((ageTs & 0x3f) << 2) | (data.length >>> 8),
          data.length & 0xff,
        ]);
        const bodies = [...older, primary].flatMap(({ data }) => [...data]);
        const bytes = Uint8Array.from([0xee, ...heads, primary.payloadType, ...bodies, 0xee]);
        const red = new RedBlocks();
        expect(red.read(bytes, 1, bytes.length - 2)).toBe(true);
        expect(red.count).toBe(older.length + 1);
        [...older, { ...primary, ageTs: 0 }].forEach(({ payloadType, ageTs, data }, ix) => {
          expect([red.payloadType(ix), red.ageTs(ix)]).toEqual([payloadType, ageTs]);
          expect(bytes.slice(red.at(ix), red.at(ix) + red.lengthOf(ix))).toEqual(data);
        });
        expect(red.primaryIx).toBe(older.length);
      }),
    );
  });

  test.each([
    ['empty', ''],
    ['no primary', 'ef 00 00 00'],
    ['a header cut short', 'ef 00 00'],
    ['less data than it claims', 'ef 00 00 02 6f 01'],
    ['33 blocks', `${'ef000000'.repeat(32)} 6f`],
  ])('malformed: %s', (_name, text) => {
    const bytes = hex(text);
    expect(new RedBlocks().read(bytes, 0, bytes.length)).toBe(false);
  });
});
