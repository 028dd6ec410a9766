import { expect, test } from 'vitest';
import { VIDEO_CODEC } from '../../src/rtp/index.js';
import { vp8 } from './payloads.js';
import { payloadTypes, Stage } from './stage.js';

const FRAME_MS = 33;
/** Nothing is asked for again for longer. */
const GIVEN_UP_MS = 2_500;
const ROOM = new Uint16Array(64);

/** A camera at 30 pictures a second, a packet each, the first one a keyframe. */
class Show {
  readonly stage = new Stage(5);
  readonly camera = this.stage.camera(VIDEO_CODEC.VP8);
  readonly publication = this.stage.publication('video', this.camera);
  #frame = 0;

  /** Sends `count` pictures; what is `lost` never comes. */
  send(count: number, { lost = false, keyframe = this.#frame === 0 } = {}): void {
    for (let nth = 0; nth < count; nth++, this.#frame++) {
      const frame = this.#frame;
      const payload = vp8({ pictureId: frame, tl0: frame & 0xff, temporalId: 0, sync: false, keyframe });
      const parts = { payloadType: 100, seq16: 5000 + frame, rtpTs: frame * 3000, marker: true, payload };
      if (!lost) this.stage.arrive(this.camera, parts);
      this.stage.pass(FRAME_MS);
      this.camera.inbound.nacks!.due(this.stage.now, FRAME_MS, ROOM);
    }
  }

  watch(): void {
    this.stage.subscription().watch(this.publication, payloadTypes({ 100: 96 }));
  }

  get isKeyframeWanted(): boolean {
    return this.camera.source.keyframes.isWanted;
  }
}

const framesIn = (ms: number) => Math.ceil(ms / FRAME_MS);

test('a keyframe is asked for when a packet is given up, whatever viewers say', () => {
  const show = new Show();
  show.watch();
  show.send(10);
  show.send(1, { lost: true });
  show.send(10);
  expect(show.isKeyframeWanted).toBe(false);
  show.send(framesIn(GIVEN_UP_MS));
  expect(show.isKeyframeWanted).toBe(true);
});

test('nobody is asked for one where nobody looks, or where one came meanwhile', () => {
  for (const isWatched of [false, true]) {
    const show = new Show();
    if (isWatched) show.watch();
    show.send(10);
    show.send(1, { lost: true });
    show.send(10);
    if (isWatched) show.send(1, { keyframe: true });
    show.send(framesIn(GIVEN_UP_MS));
    expect(show.isKeyframeWanted).toBe(false);
  }
});

test('one is asked for at once behind a pause in which packets were lost: their sender has not kept them', () => {
  const show = new Show();
  show.watch();
  show.send(10);
  show.send(framesIn(1_500), { lost: true });
  expect(show.isKeyframeWanted).toBe(false);
  show.send(1);
  expect(show.isKeyframeWanted).toBe(true);
});

test('a pause in which nothing was sent costs no keyframe', () => {
  const show = new Show();
  show.watch();
  show.send(10);
  show.stage.pass(5_000);
  show.send(1);
  expect(show.isKeyframeWanted).toBe(false);
});
