import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance16, distance32 } from '../../src/bytes/index.js';
import { VIDEO_CODEC } from '../../src/rtp/index.js';
import { type Camera, payloadTypes, type Sent, Stage } from './stage.js';

/** What happens to one packet on its way to us. */
const fate = fc.constantFrom('arrives', 'arrives', 'arrives', 'overtaken', 'recovered', 'lost', 'twice', 'probe');
const step = fc.record({
  fate,
  keyframe: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  begins: fc.boolean(),
  delay: fc.integer({ min: 1, max: 30 }),
  what: fc.integer({ min: 0, max: 40 }),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const KEYFRAME = [0x90, 0x80, 0x80, 0x00, 0x10];
const DELTA = [0x90, 0x80, 0x80, 0x00, 0x11];
const REST = [0x80, 0x80, 0x80, 0x00, 0x11];

interface Pending {
  readonly camera: number;
  readonly packet: { payloadType: number; seq16: number; rtpTs: number; payload: Uint8Array; marker: boolean };
  readonly due: number;
}

interface Lane {
  seq16: number;
  rtpTs: number;
  pictureId: number;
}

/** Two publishers; one viewer who is sent now one and now the other, or nothing. */
function play(seed: number, starts: readonly number[], steps: readonly Step[]) {
  const stage = new Stage(seed, 16);
  const cameras: Camera[] = [stage.camera(VIDEO_CODEC.VP8), stage.camera(VIDEO_CODEC.VP8)];
  const publications = cameras.map((camera) => stage.publication('video', camera));
  const subscription = stage.subscription();
  const lanes: Lane[] = starts.map((start) => ({
    seq16: start,
    rtpTs: (start * 65_537) >>> 0,
    pictureId: start & 0x7fff,
  }));
  let pending: Pending[] = [];
  let neverCame = 0;
  subscription.watch(publications[0]!, payloadTypes());
  const arrive = ({ camera, packet }: Pending) => stage.arrive(cameras[camera]!, packet);
  steps.forEach((step, ix) => {
    // Both begin with a keyframe, so that there is something to switch to.
    const each: Step = ix < 2 ? { ...step, fate: 'arrives', keyframe: true, what: 40 } : step;
    stage.now += each.delay;
    if (each.what === 0) subscription.watch(publications[0]!, payloadTypes());
    if (each.what === 1) subscription.watch(publications[1]!, payloadTypes());
    if (each.what === 2) subscription.pause();
    if (each.what >= 3 && each.what <= 5) subscription.resume();
    const camera = ix % 2;
    const lane = lanes[camera]!;
    const isFirst = each.keyframe || each.begins;
    lane.seq16 = (lane.seq16 + 1) & 0xffff;
    if (isFirst) lane.rtpTs = (lane.rtpTs + 3000) >>> 0;
    if (isFirst) lane.pictureId = (lane.pictureId + 1) & 0x7fff;
    const payload = Uint8Array.from(each.keyframe ? KEYFRAME : isFirst ? DELTA : REST);
    payload[2] = 0x80 | (lane.pictureId >> 8);
    payload[3] = lane.pictureId & 0xff;
    const body = each.fate === 'probe' ? { payload: new Uint8Array(0), paddingBytes: 4 } : { payload };
    const packet = { payloadType: 96, seq16: lane.seq16, rtpTs: lane.rtpTs, marker: false, ...body };
    const way = each.fate;
    if (way === 'lost') neverCame++;
    else if (way === 'overtaken' || way === 'recovered')
      pending.push({ camera, packet, due: stage.now + (way === 'overtaken' ? 20 : 120) });
    else arrive({ camera, packet, due: 0 });
    if (way === 'twice') arrive({ camera, packet, due: 0 });
    const due = pending.filter((late) => late.due <= stage.now);
    pending = pending.filter((late) => late.due > stage.now);
    for (const late of due) arrive(late);
  });
  for (const late of pending) arrive(late);
  return { sent: stage.sent, neverCame, stage, subscription, publications };
}

function gapsOf(sent: readonly Sent[]): number {
  const seen = new Set(sent.map(({ seq16 }) => distance16(sent[0]!.seq16, seq16)));
  expect(seen.size, 'a number is used twice').toBe(sent.length);
  return Math.max(...seen) - Math.min(...seen) + 1 - seen.size;
}

const starts = fc
  .tuple(fc.integer({ min: 65_300, max: 65_800 }), fc.integer({ min: 0, max: 0xffff }))
  .map((both) => both.map((n) => n & 0xffff));

test('numbers have no gap but for packets that never came, whatever is lost, late, doubled or switched', () => {
  fc.assert(
    fc.property(fc.integer(), starts, fc.array(step, { minLength: 20, maxLength: 300 }), (seed, from, steps) => {
      const { sent, neverCame } = play(seed, from, steps);
      expect(gapsOf(sent)).toBeLessThanOrEqual(neverCame);
    }),
    { numRuns: 300 },
  );
});

test('where everything comes in the end there is no gap at all', () => {
  fc.assert(
    fc.property(fc.integer(), starts, fc.array(step, { minLength: 20, maxLength: 300 }), (seed, from, steps) => {
      const healed = steps.map((each) => (each.fate === 'lost' ? { ...each, fate: 'recovered' as const } : each));
      expect(gapsOf(play(seed, from, [...healed, ...healed.map((each) => ({ ...each, what: 40 }))]).sent)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('the newest timestamp never goes back, and picture ids go on over switches', () => {
  fc.assert(
    fc.property(fc.integer(), starts, fc.array(step, { minLength: 20, maxLength: 300 }), (seed, from, steps) => {
      const inOrder = steps.map((each) => ({ ...each, fate: 'arrives' as const }));
      const { sent } = play(seed, from, inOrder);
      for (let ix = 1; ix < sent.length; ix++) {
        expect(distance16(sent[ix - 1]!.seq16, sent[ix]!.seq16)).toBe(1);
        expect(distance32(sent[ix - 1]!.rtpTs, sent[ix]!.rtpTs)).toBeGreaterThanOrEqual(0);
        const pictures = (sent[ix]!.pictureId - sent[ix - 1]!.pictureId + 0x8000) & 0x7fff;
        expect(pictures).toBeLessThanOrEqual(1);
        if (pictures === 1) expect(sent[ix]!.rtpTs).not.toBe(sent[ix - 1]!.rtpTs);
      }
    }),
    { numRuns: 200 },
  );
});

test('no source goes on telling a viewer who left, whatever is missing then', () => {
  fc.assert(
    fc.property(fc.integer(), starts, fc.array(step, { maxLength: 200 }), (seed, from, steps) => {
      const { subscription, publications } = play(seed, from, steps);
      subscription.close();
      for (const { sources } of publications) for (const { listeners } of sources) expect(listeners).toBe(0);
    }),
    { numRuns: 100 },
  );
});

test('every slot that is kept is given back', () => {
  fc.assert(
    fc.property(fc.integer(), starts, fc.array(step, { maxLength: 200 }), (seed, from, steps) => {
      const { stage } = play(seed, from, steps);
      expect(stage.sfu.slots.held).toBe(stage.held.size);
    }),
    { numRuns: 50 },
  );
});
