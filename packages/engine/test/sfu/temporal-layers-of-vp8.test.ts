import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VIDEO_CODEC } from '../../src/rtp/index.js';
import { vp8 } from './payloads.js';
import { type Camera, payloadTypes, type Sent, Stage } from './stage.js';

/** As libvpx codes three layers: 0, 2, 1, 2, of which the last refers to the one of layer 1. */
const PATTERN = [
  { temporalId: 0, sync: false },
  { temporalId: 2, sync: true },
  { temporalId: 1, sync: true },
  { temporalId: 2, sync: false },
];

class Encoder {
  frame = 0;
  #seq16: number;
  #tl0 = 250;
  readonly #firstPicture: number;
  #keyframe = true;

  constructor(seq16: number, firstPicture: number) {
    this.#seq16 = seq16;
    this.#firstPicture = firstPicture;
  }

  askKeyframe(): void {
    this.#keyframe = true;
  }

  /** The packets of the next frame, each with its frame's number in the last byte. */
  next(parts: number) {
    const { temporalId, sync } = PATTERN[this.frame % 4]!;
    const keyframe = this.#keyframe && temporalId === 0;
    if (keyframe) this.#keyframe = false;
    if (temporalId === 0) this.#tl0 = (this.#tl0 + 1) & 0xff;
    const pictureId = (this.#firstPicture + this.frame) & 0x7fff;
    const packets = Array.from({ length: parts }, (_, part) => {
      const head = vp8({ pictureId, tl0: this.#tl0, temporalId, sync, keyframe, part });
      const payload = Uint8Array.from([...head, this.frame >> 8, this.frame & 0xff]);
      this.#seq16 = (this.#seq16 + 1) & 0xffff;
      return { payloadType: 96, seq16: this.#seq16, rtpTs: this.frame * 3000, marker: part === parts - 1, payload };
    });
    this.frame++;
    return packets;
  }
}

const frameOf = ({ payload }: Sent) => payload.at(-2)! * 256 + payload.at(-1)!;

function start(seq16 = 65_530, picture = 32_765): { stage: Stage; camera: Camera; encoder: Encoder } {
  const stage = new Stage();
  return { stage, camera: stage.camera(VIDEO_CODEC.VP8), encoder: new Encoder(seq16, picture) };
}

describe('temporal layers of VP8', () => {
  test('who wants the lowest gets each fourth picture, with numbers and picture ids that follow each other', () => {
    const { stage, camera, encoder } = start();
    const subscription = stage.subscription();
    subscription.watch(stage.publication('video', camera), payloadTypes());
    subscription.want({ maxTemporal: 0 });
    for (let frame = 0; frame < 16; frame++) for (const packet of encoder.next(2)) stage.arrive(camera, packet);
    expect(stage.sent.map(frameOf)).toEqual([0, 0, 4, 4, 8, 8, 12, 12]);
    const [first] = stage.sent;
    expect(stage.sent.map(({ seq16 }) => (seq16 - first!.seq16) & 0xffff)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(stage.sent.map(({ pictureId }) => (pictureId - first!.pictureId) & 0x7fff)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ]);
    expect(stage.sent.map(({ layerIds }) => (layerIds - first!.layerIds) & 0xff)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  test('who wants more gets them from a picture on that says so', () => {
    const { stage, camera, encoder } = start();
    const subscription = stage.subscription();
    subscription.watch(stage.publication('video', camera), payloadTypes());
    subscription.want({ maxTemporal: 0 });
    for (let frame = 0; frame < 7; frame++) {
      // The picture 3 refers to 2, which was not sent.
      if (frame === 3) subscription.want({});
      for (const packet of encoder.next(1)) stage.arrive(camera, packet);
    }
    expect(stage.sent.map(frameOf)).toEqual([0, 4, 5, 6]);
  });

  test('what is sent can be decoded, and has no gap, whatever is wanted when, lost and brought again', () => {
    const step = fc.record({
      want: fc.integer({ min: 0, max: 20 }),
      parts: fc.integer({ min: 1, max: 3 }),
      fates: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }),
    });
    const steps = fc.array(step, { minLength: 10, maxLength: 120 });
    fc.assert(
      fc.property(steps, fc.boolean(), fc.integer({ min: 32_700, max: 32_767 }), (schedule, isLossy, picture) => {
        const { stage, camera, encoder } = start(65_500, picture);
        const subscription = stage.subscription();
        subscription.watch(stage.publication('video', camera), payloadTypes());
        const late: (() => void)[] = [];
        for (const [ix, { want, parts, fates }] of schedule.entries()) {
          if (want < 3) subscription.want({ maxTemporal: want });
          encoder.next(parts).forEach((packet, part) => {
            stage.now += 5;
            const isLate = isLossy && ix > 0 && fates[part]! < 2;
            if (isLate) late.push(() => stage.arrive(camera, packet));
            else stage.arrive(camera, packet);
          });
          if (late.length > 6) for (const run of late.splice(0, 4)) run();
        }
        encoder.askKeyframe();
        for (let more = 0; more < 4; more++) for (const packet of encoder.next(1)) stage.arrive(camera, packet);
        for (const run of late) run();
        checkNumbers(stage.sent);
        if (!isLossy) checkReferences(stage.sent);
      }),
      { numRuns: 300 },
    );
  });
});

/** Sequence numbers fill a range; packets of one picture have one id, and later pictures later ids. */
function checkNumbers(sent: readonly Sent[]): void {
  const offsets = sent.map(({ seq16 }) => ((seq16 - sent[0]!.seq16) << 16) >> 16).sort((a, b) => a - b);
  expect(offsets).toEqual(offsets.map((_, ix) => ix));
  const real = sent.filter(({ isFiller }) => !isFiller);
  const inOrder = [...real].sort((a, b) => frameOf(a) - frameOf(b));
  for (let ix = 1; ix < inOrder.length; ix++) {
    const [before, after] = [inOrder[ix - 1]!, inOrder[ix]!];
    const ahead = ((after.pictureId - before.pictureId) << 17) >> 17;
    if (frameOf(before) === frameOf(after)) expect(ahead).toBe(0);
    else expect(ahead).toBeGreaterThan(0);
  }
}

/** Layer 0 refers to layer 0, the last of four to the one before it of layer 1, the others to layer 0; ids have no gap. */
function checkReferences(sent: readonly Sent[]): void {
  const frames = new Set(sent.map(frameOf));
  for (const frame of frames) {
    const base = frame - (frame % 4);
    expect(frames.has(base), `frame ${frame} without ${base}`).toBe(true);
    if (frame % 4 === 3) expect(frames.has(frame - 1), `frame ${frame} without ${frame - 1}`).toBe(true);
  }
  const ids = [...new Set(sent.map(({ pictureId }) => ((pictureId - sent[0]!.pictureId) << 17) >> 17))];
  expect(ids).toEqual(ids.map((_, ix) => ix));
}
