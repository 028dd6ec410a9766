import { describe, expect, test } from 'vitest';
import { opusTicks } from './opus-payload.js';
import { PayloadMarks } from './payload-marks.js';
import { readMarks, VIDEO_CODEC } from './read-marks.js';
import { RtpHeader, readRtpHeader } from './rtp-header.js';

/**
 * Packets that GStreamer 1.22 sent: two pictures of snow, 64x48 (`videotestsrc pattern=snow`), through vp8enc, vp9enc,
 * x264enc and x265enc and their RTP payloaders, and a tone through opusenc. Cut after 44 bytes where they are longer; a
 * payloader puts nothing but picture data behind that.
 */
const RECORDED = {
  VP8: [
    '806002451524c87808766e4e9080f27fb01c009d012a400030000047088585889984880202ee45c47417f1ef',
    '8060024f1524d42f08766e4e9080f280d10c00011010001b1513a41ce52d41ea40e209c04daec2a06220598',
  ],
  VP9: [
    '8060289c5a62c4222980a80f8ae9631800400030010401b124c1a148001f8017b031c120e0c2900028005f19',
    '806028a55a62cfd92980a80fc8e964b3002049785093c000ae7f90969fc0f7a415fc6e7b9700975dcbff8ded',
  ],
  H264: [
    '80607b337ac5a223e04f30081c8605ffffb3dc45e9bde6d948b7962cd820d923eeef78323634202d20636f72',
    '80607b377ac5a223e04f30087c858884020ffa79112164abff8ff03e167324b51967288c46ad344f98cc26df',
    '80607b4b7ac5addae04f30080910',
    '80607b4c7ac5addae04f30085c818888083ffa79112164abff8ff03e1ec024bf5f11cbc3ec69f8a736e4137d',
  ],
  H265: [
    '806062869c5472d0323263886201a705ffffffffffffffffff022ca2de09b51747dbbb55a4fe7fc2fc4e7832',
    '806062909c5472d032326388620194af06b82e5736300ff60c1cdf61cba6b34e9188c7487795d129729e75d7',
    '8060629f9c547e8732326388620181d0097e10c60d70d5562c4f05861c4cffffdffffdc7bc443ae900f843b4',
  ],
} as const;

const OPUS = '80e02c39f916963b5bd844affcb50d6698c3398ebc70b61e6292368c92b4d79df839e5178beda55abfdda931';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

function marksOf(codec: keyof typeof RECORDED): PayloadMarks[] {
  return RECORDED[codec].map((text) => {
    const bytes = bytesOf(text);
    const header = new RtpHeader();
    const marks = new PayloadMarks();
    expect(readRtpHeader(bytes, 0, bytes.length, header)).toBe(true);
    expect(readMarks(VIDEO_CODEC[codec], bytes, header, marks)).toBe(true);
    return marks;
  });
}

describe('packets that GStreamer sent', () => {
  test.each(['VP8', 'VP9'] as const)(
    '%s: a keyframe of 64x48, then one that needs it, with the next picture id',
    (codec) => {
      const [key, next] = marksOf(codec);
      expect(key).toMatchObject({ keyframe: true, beginsFrame: true, pictureIdBits: 15, layers: 1 });
      expect([key!.widths[0], key!.heights[0]]).toEqual([64, 48]);
      expect(next).toMatchObject({ keyframe: false, beginsFrame: true, layers: 0, pictureId: key!.pictureId + 1 });
    },
  );

  test('H.264: SEI, then IDR, then delimiter and a picture that needs it', () => {
    expect(marksOf('H264').map(({ keyframe, beginsFrame }) => [keyframe, beginsFrame])).toEqual([
      [false, true],
      [true, true],
      [false, true],
      [false, true],
    ]);
  });

  test('H.265: SEI, then IDR, then a picture that needs it, all in fragments', () => {
    const marks = marksOf('H265');
    expect(marks.map(({ keyframe, beginsFrame }) => [keyframe, beginsFrame])).toEqual([
      [false, true],
      [true, true],
      [false, true],
    ]);
    expect(marks.map(({ temporalId }) => temporalId)).toEqual([0, 0, 0]);
  });

  test('Opus: 20 ms', () => {
    const bytes = bytesOf(OPUS);
    const header = new RtpHeader();
    expect(readRtpHeader(bytes, 0, bytes.length, header)).toBe(true);
    expect([header.marker, header.payloadType]).toEqual([true, 96]);
    expect(opusTicks(bytes, header.payloadAt, header.payloadBytes)).toBe(960);
  });
});
