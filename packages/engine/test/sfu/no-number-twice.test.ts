import { SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';
import { FORM } from '../../src/ports/index.js';
import { VIDEO_CODEC } from '../../src/rtp/index.js';
import type { Publication, Subscription } from '../../src/sfu/index.js';
import { vp8 } from './payloads.js';
import { SentNumbers } from './sent-numbers.js';
import { type Camera, payloadTypes, Stage } from './stage.js';

const LIVES = 40;
const STEPS = 600;
const LINE_BPS = 100_000;

test('a number counts as used once, over the end of its 16 bits', () => {
  const numbers = new SentNumbers();
  const use = (...seqs: number[]) => seqs.map((seq16) => numbers.use(1, seq16));
  expect(use(65_534, 65_535, 0, 65_535, 1)).toEqual([true, true, true, false, true]);
  for (let seq16 = 2; seq16 < 65_534; seq16++) numbers.use(1, seq16);
  expect(use(65_534, 65_534)).toEqual([true, false]);
});

/** Publishers who begin anew with other numbers, and a viewer who switches, pauses, and asks for what he has. */
class Life {
  readonly stage: Stage;
  readonly #random: SeededRandom;
  readonly #cameras: Camera[];
  readonly #subscriptions: Subscription[];
  readonly #publications: Publication[];
  readonly #seqs: number[];

  /** `isPaced`: by a line that takes less than is shown. */
  constructor(seed: number, isPaced: boolean) {
    this.#random = new SeededRandom(seed);
    this.stage = new Stage(seed);
    this.#cameras = [0, 1, 2].map(() => this.stage.camera(VIDEO_CODEC.VP8));
    this.#publications = this.#cameras.map((camera) => this.stage.publication('video', camera));
    this.#subscriptions = [7, 8].map((planeIx) => {
      const viewer = { ...this.stage.viewer(planeIx), form: FORM.TRANSPORT_SEQ };
      viewer.sending.bandwidth.pace.begin(LINE_BPS, 0, this.stage.now);
      const subscription = this.stage.subscription({ viewer });
      subscription.out.isPaced = isPaced;
      return subscription;
    });
    this.#seqs = this.#cameras.map(() => this.#random.below(0x1_0000));
  }

  step(): void {
    const random = this.#random;
    const subscription = random.pick(this.#subscriptions);
    const ways = [
      () => this.#show(),
      () => this.#show(),
      () => this.#show(),
      () => subscription.watch(random.pick(this.#publications), payloadTypes()),
      () => (random.chance(0.2) ? subscription.watch(null) : subscription.resume()),
      () => subscription.pause(),
      () => this.#askAgain(subscription),
      () => {
        this.#seqs[random.below(3)] = random.below(0x1_0000);
      },
    ];
    random.pick(ways)();
    this.stage.now += random.below(30);
    for (const { out } of this.#subscriptions) this.#letGo(out);
  }

  get waited(): number {
    return this.#subscriptions.reduce((sum, { out }) => sum + out.viewer.sending.bandwidth.pace.waited, 0);
  }

  #letGo({ held, viewer }: Subscription['out']): void {
    const { sfu, tx, now } = this.stage;
    const { pace, sent } = viewer.sending.bandwidth;
    sfu.writer.begin(tx, now);
    while (held.count > 0 && pace.mayGo(sent.bytes, now)) held.letGo(sfu.writer);
    this.stage.flush();
  }

  /** A few packets, of which some are lost, come late, or come twice. */
  #show(): void {
    const random = this.#random;
    const ix = random.below(3);
    for (let count = random.below(20); count > 0; count--) {
      const seq16 = (this.#seqs[ix]! + (random.chance(0.8) ? 0 : random.below(12) - 6)) & 0xffff;
      this.#seqs[ix] = (this.#seqs[ix]! + 1) & 0xffff;
      if (random.chance(0.1)) continue;
      const frame = { pictureId: seq16 & 0x7fff, tl0: seq16 & 0xff, temporalId: random.below(3), sync: true };
      const payload = vp8({ ...frame, keyframe: random.chance(0.2) });
      const parts = { payloadType: 96, seq16, rtpTs: seq16 * 3000, marker: true, payload };
      this.stage.arrive(this.#cameras[ix]!, parts, random.chance(0.1));
    }
  }

  #askAgain(subscription: Subscription): void {
    const ours = this.stage.sent.filter(({ ssrc }) => ssrc === subscription.out.ssrc);
    this.stage.asked(subscription, ...ours.slice(-this.#random.below(40) - 1).map(({ seq16 }) => seq16));
  }
}

test.each([false, true])(
  'whatever is shown, switched, paused and asked for again, no number is sent twice, paced: %s',
  (isPaced) => {
    let [repeats, waited] = [0, 0];
    for (let seed = 1; seed <= LIVES; seed++) {
      const life = new Life(seed, isPaced);
      for (let step = 0; step < STEPS; step++) life.step();
      const numbers = new SentNumbers();
      const twice = life.stage.sent.filter(({ ssrc, seq16 }) => !numbers.use(ssrc, seq16));
      expect(twice, `seed ${seed}`).toEqual([]);
      expect(life.stage.sent.length).toBeGreaterThan(STEPS / 4);
      waited += life.waited;
      repeats += life.stage.sent.filter(({ isRtx }) => isRtx).length;
    }
    expect(repeats).toBeGreaterThan(LIVES);
    expect(waited > LIVES).toBe(isPaced);
  },
);
