import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VIDEO_CODEC } from '../../src/rtp/index.js';
import { dependencyDescriptor, type Structure, vp9 } from './payloads.js';
import { type Camera, payloadTypes, type Sent, Stage } from './stage.js';

const TEMPORAL = [0, 2, 1, 2];

/** Two layers in size and three in time, all of VP9 or of AV1, one packet each. */
class Encoder {
  picture = 0;
  keyframe = true;
  structure = L2T2_KEY;
  #seq16 = 65_530;
  #frame = 65_530;
  #tl0 = 0;
  /** Frame number → the frames it can't do without. */
  readonly needs = new Map<number, readonly number[]>();
  readonly frames = new Map<string, number>();

  /** VP9 as L2T3: layers refer to the one below. */
  vp9() {
    const temporalId = TEMPORAL[this.picture % 4]!;
    const inter = !(this.keyframe && temporalId === 0);
    if (!inter) this.keyframe = false;
    if (temporalId === 0) this.#tl0 = (this.#tl0 + 1) & 0xff;
    const picture = this.picture++;
    return [0, 1].map((spatialId) => {
      const shape = { pictureId: (32_760 + picture) & 0x7fff, tl0: this.#tl0, temporalId, spatialId, inter };
      const payload = Uint8Array.from([...vp9({ ...shape, up: temporalId < 2 }), picture, spatialId]);
      return this.#packet(payload, picture, spatialId === 1);
    });
  }

  /** AV1 as L2T2_KEY: above the keyframe the layers know nothing of each other. */
  av1() {
    const temporalId = this.picture % 2;
    const isKey = this.keyframe && temporalId === 0;
    if (isKey) this.keyframe = false;
    const picture = this.picture++;
    return [0, 1].map((spatialId) => {
      const frameNumber = this.#frame++ & 0xffff;
      const descriptor = this.#describe(isKey, spatialId, temporalId, frameNumber);
      const packet = this.#packet(Uint8Array.from([0x10, 1, picture, spatialId, temporalId]), picture, spatialId === 1);
      return { ...packet, extensionForm: 'two-byte' as const, extensions: [{ id: 8, data: descriptor }] };
    });
  }

  #describe(isKey: boolean, spatialId: number, temporalId: number, frameNumber: number): Uint8Array {
    const ids = [`${this.picture - 1}`, spatialId, temporalId];
    const base = this.frames.get(`base${spatialId}`) ?? -1;
    const below = this.frames.get('base0') ?? -1;
    this.needs.set(frameNumber, isKey ? (spatialId === 0 ? [] : [below]) : [base]);
    this.frames.set(ids.join(), frameNumber);
    if (temporalId === 0) this.frames.set(`base${spatialId}`, frameNumber);
    const template = spatialId * 3 + (isKey ? 0 : 1 + temporalId);
    const other = this.frames.get(`base${1 - spatialId}`) ?? frameNumber;
    const back = (number: number) => (number < 0 ? 0 : (frameNumber - number) & 0xffff);
    const chainDiffs = [spatialId === 0 ? back(base) : back(other), spatialId === 1 ? back(base) : back(other)];
    if (isKey) chainDiffs.splice(0, 2, ...(spatialId === 0 ? [0, 0] : [1, 1]));
    const rest = isKey && spatialId === 0 ? { structure: this.structure } : { chainDiffs };
    return dependencyDescriptor({ begins: true, ends: true, template, frameNumber, ...rest });
  }

  #packet(payload: Uint8Array, picture: number, marker: boolean) {
    this.#seq16 = (this.#seq16 + 1) & 0xffff;
    return { payloadType: 98, seq16: this.#seq16, rtpTs: picture * 3000, marker, payload };
  }
}

/** Targets: S0T0, S0T1, S1T0, S1T1. Chains: one for each layer in size. */
const L2T2_KEY: Structure = {
  targets: 4,
  protectedBy: [0, 0, 1, 1],
  templates: [
    { spatialId: 0, temporalId: 0, indications: 'SSSS', chainDiffs: [0, 0] },
    { spatialId: 0, temporalId: 0, indications: 'SS--', chainDiffs: [4, 3] },
    { spatialId: 0, temporalId: 1, indications: '-D--', chainDiffs: [2, 1] },
    { spatialId: 1, temporalId: 0, indications: '--SS', chainDiffs: [1, 1] },
    { spatialId: 1, temporalId: 0, indications: '--SS', chainDiffs: [1, 4] },
    { spatialId: 1, temporalId: 1, indications: '---D', chainDiffs: [3, 2] },
  ],
};

function watch(codec: number) {
  const stage = new Stage();
  const camera = stage.camera(codec);
  const subscription = stage.subscription();
  subscription.watch(stage.publication('video', camera), payloadTypes());
  return { stage, camera, subscription, encoder: new Encoder() };
}

const send = (stage: Stage, camera: Camera, packets: readonly Parameters<Stage['arrive']>[1][]) => {
  stage.now += 33;
  return packets.flatMap((packet) => stage.arrive(camera, packet));
};

const layer = ({ payload }: Sent) => `${payload.at(-2)}.${payload.at(-1)}`;

describe('VP9', () => {
  test('without the upper layer the marker is on the lower one, and pictures keep their distance', () => {
    const { stage, camera, subscription, encoder } = watch(VIDEO_CODEC.VP9);
    subscription.want({ maxLayer: 0, maxTemporal: 0 });
    for (let picture = 0; picture < 9; picture++) send(stage, camera, encoder.vp9());
    expect(stage.sent.map(layer)).toEqual(['0.0', '4.0', '8.0']);
    expect(stage.sent.every(({ marker }) => marker)).toBe(true);
    expect(stage.sent.map(({ pictureId }) => (pictureId - stage.sent[0]!.pictureId) & 0x7fff)).toEqual([0, 4, 8]);
    expect(stage.sent.map(({ seq16 }) => (seq16 - stage.sent[0]!.seq16) & 0xffff)).toEqual([0, 1, 2]);
  });

  test('more pictures come from the next place on, larger ones with a keyframe that is asked for', () => {
    const { stage, camera, subscription, encoder } = watch(VIDEO_CODEC.VP9);
    subscription.want({ maxLayer: 0, maxTemporal: 0 });
    for (let picture = 0; picture < 5; picture++) send(stage, camera, encoder.vp9());
    camera.source.keyframes.due(stage.now, 10);
    subscription.want({});
    for (let picture = 5; picture < 9; picture++) send(stage, camera, encoder.vp9());
    expect(stage.sent.map(layer)).toEqual(['0.0', '4.0', '8.0']);
    expect(camera.source.keyframes.nextAtMs).toBeLessThan(Number.POSITIVE_INFINITY);
    for (let picture = 9; picture < 12; picture++) send(stage, camera, encoder.vp9());
    encoder.keyframe = true;
    for (let picture = 12; picture < 14; picture++) send(stage, camera, encoder.vp9());
    expect(stage.sent.slice(3).map(layer)).toEqual(['9.0', '10.0', '11.0', '12.0', '12.1', '13.0', '13.1']);
  });
});

describe('AV1', () => {
  test('whatever is wanted when, what is sent leans on nothing that was not', () => {
    const want = fc.record({ maxLayer: fc.integer({ min: 0, max: 1 }), maxTemporal: fc.integer({ min: 0, max: 1 }) });
    const step = fc.record({ want: fc.option(want, { freq: 4 }), keyframe: fc.integer({ min: 0, max: 12 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 80 }), (steps) => {
        const { stage, camera, subscription, encoder } = watch(VIDEO_CODEC.AV1);
        const sent = new Set<number>();
        for (const { want, keyframe } of steps) {
          if (want !== null) subscription.want(want);
          if (keyframe === 0) encoder.keyframe = true;
          for (const packet of send(stage, camera, encoder.av1())) {
            const frame = encoder.frames.get(packet.payload.slice(-3).join())!;
            for (const needed of encoder.needs.get(frame)!)
              expect(sent.has(needed), `${frame} on ${needed}`).toBe(true);
            sent.add(frame);
          }
        }
        const numbers = stage.sent.map(({ seq16 }) => (seq16 - stage.sent[0]!.seq16) & 0xffff);
        expect(numbers).toEqual(numbers.map((_, ix) => ix));
        expect(stage.sent.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  test('a keyframe whose first packet comes late is whole: what it says of its layers is what was known', () => {
    const { stage, camera, encoder } = watch(VIDEO_CODEC.AV1);
    for (let picture = 0; picture < 4; picture++) send(stage, camera, encoder.av1());
    encoder.keyframe = true;
    const [first, ...rest] = encoder.av1();
    send(stage, camera, rest);
    for (let picture = 5; picture < 8; picture++) send(stage, camera, encoder.av1());
    send(stage, camera, [first!]);
    expect(stage.sent.filter(({ isFiller }) => isFiller)).toEqual([]);
    const inOrder = [...stage.sent].sort((a, b) => ((a.seq16 - b.seq16) << 16) >> 16);
    // The lower layer is needed at keyframes alone.
    expect(inOrder.map(({ payload }) => payload.at(-3))).toEqual([0, 0, 1, 2, 3, 4, 4, 5, 6, 7]);
    camera.source.keyframes.due(stage.now, 10);
    expect(camera.source.keyframes.isWanted).toBe(false);
  });

  test('one is asked for where the first packet of another came too late, and says other things of its layers', () => {
    const { stage, camera, encoder } = watch(VIDEO_CODEC.AV1);
    for (let picture = 0; picture < 4; picture++) send(stage, camera, encoder.av1());
    encoder.keyframe = true;
    encoder.structure = { ...L2T2_KEY, protectedBy: [0, 0, 1, 0] };
    const [first, ...rest] = encoder.av1();
    send(stage, camera, rest);
    send(stage, camera, encoder.av1());
    expect(camera.source.keyframes.isWanted).toBe(false);
    send(stage, camera, [first!]);
    expect(stage.sent.filter(({ isFiller }) => isFiller)).toHaveLength(1);
    expect(camera.source.keyframes.isWanted).toBe(true);
  });

  test('who wants the small picture gets it with the marker, and is told which targets are left', () => {
    const { stage, camera, subscription, encoder } = watch(VIDEO_CODEC.AV1);
    subscription.want({ maxLayer: 0 });
    for (let picture = 0; picture < 4; picture++) send(stage, camera, encoder.av1());
    expect(stage.sent.map(layer)).toEqual(['0.0', '0.1', '0.0', '0.1']);
    expect(stage.sent.map(({ payload }) => payload.at(-3))).toEqual([0, 1, 2, 3]);
    expect(stage.sent.every(({ marker }) => marker)).toBe(true);
    // Element 8, its length, then begins and ends, template 0, frame number 65,530; structure and active targets follow.
    const [first, second] = stage.sent;
    expect(first!.extra.slice(0, 1)).toEqual([8]);
    expect(first!.extra.slice(2, 5)).toEqual([0xc0, 0xff, 0xfa]);
    expect(first!.extra[5]! & 0xf8).toBe(0b11000_000);
    expect(second!.extra.slice(1, 4)).toEqual([0xc2, 0xff, 0xfc]);
  });

  test('frame numbers go on over a switch to another publisher', () => {
    const { stage, camera, subscription, encoder } = watch(VIDEO_CODEC.AV1);
    for (let picture = 0; picture < 3; picture++) send(stage, camera, encoder.av1());
    const other = stage.camera(VIDEO_CODEC.AV1);
    subscription.watch(stage.publication('video', other), payloadTypes());
    const before = stage.sent.length;
    send(stage, other, new Encoder().av1());
    const numberOf = ({ extra }: Sent) => {
      const at = extra.length > 18 ? 2 : 1;
      return extra[at + 1]! * 256 + extra[at + 2]!;
    };
    expect(stage.sent.length).toBe(before + 2);
    expect((numberOf(stage.sent[before]!) - numberOf(stage.sent[before - 1]!)) & 0xffff).toBe(1);
    expect((numberOf(stage.sent[before + 1]!) - numberOf(stage.sent[before]!)) & 0xffff).toBe(1);
  });
});

describe('H.264', () => {
  /** A prefix unit tells the layer in the first packet; the rest of the picture comes as fragments that tell nothing. */
  const picture = (seq16: number, nth: number, temporalId: number, idr: boolean) => {
    const prefix = [0x6e, 0x80, 0x00, temporalId << 5];
    const slice = [idr ? 0x65 : 0x61, 0x80, nth];
    const head = [0x78, 0, prefix.length, ...prefix, 0, slice.length, ...slice];
    const rest = [0x7c, idr ? 0x45 : 0x41, nth];
    const packet = { payloadType: 102, rtpTs: nth * 3000 };
    return [
      { ...packet, seq16, marker: false, payload: Uint8Array.from(head) },
      { ...packet, seq16: seq16 + 1, marker: true, payload: Uint8Array.from(rest) },
    ];
  };

  test('layers in time are left out picture by picture where they are marked', () => {
    const { stage, camera, subscription } = watch(VIDEO_CODEC.H264);
    subscription.want({ maxTemporal: 0 });
    for (let nth = 0; nth < 8; nth++) send(stage, camera, picture(10 + 2 * nth, nth, TEMPORAL[nth % 4]!, nth === 0));
    expect(stage.sent.map(({ payload }) => payload.at(-1))).toEqual([0, 0, 4, 4]);
    expect(stage.sent.map(({ seq16 }) => (seq16 - stage.sent[0]!.seq16) & 0xffff)).toEqual([0, 1, 2, 3]);
  });

  test('more of them come with the next keyframe, since no other picture says that they may', () => {
    const { stage, camera, subscription } = watch(VIDEO_CODEC.H264);
    subscription.want({ maxTemporal: 0 });
    const show = (nth: number, idr: boolean) =>
      send(stage, camera, picture(10 + 2 * nth, nth, TEMPORAL[nth % 4]!, idr)).length;
    for (let nth = 0; nth < 4; nth++) show(nth, nth === 0);
    subscription.want({});
    expect([4, 5, 6, 7].map((nth) => show(nth, false))).toEqual([2, 0, 0, 0]);
    expect([8, 9, 10, 11].map((nth) => show(nth, nth === 8))).toEqual([2, 2, 2, 2]);
  });
});
