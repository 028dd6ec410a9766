import { describe, expect, test } from 'vitest';
import { VIDEO_CODEC } from '../../src/rtp/index.js';
import { vp8 } from './payloads.js';
import { type Camera, payloadTypes, Stage } from './stage.js';

/** Three encodings of one picture; each sends a keyframe when it is asked. */
class Simulcast {
  readonly stage = new Stage();
  readonly cameras = [0, 1, 2].map((rank) => this.stage.camera(VIDEO_CODEC.VP8, rank));
  readonly publication = this.stage.publication('video', ...this.cameras);
  readonly asked = [0, 0, 0];
  #frame = 0;
  #active = [true, true, true];

  stop(rank: number): void {
    this.#active[rank] = false;
  }

  /** Frames of all encodings for a time. */
  run(ms: number): void {
    const end = this.stage.now + ms;
    for (; this.stage.now < end; this.stage.now += 33) {
      this.cameras.forEach((camera, rank) => {
        if (this.#active[rank]) this.#frameOf(camera, rank);
        if (camera.source.flowChanged(this.stage.now) !== null) this.publication.choose();
      });
      this.#frame++;
    }
  }

  #frameOf(camera: Camera, rank: number): void {
    const keyframe = camera.source.keyframes.due(this.stage.now, 20);
    if (keyframe) this.asked[rank]!++;
    const pictureId = (this.#frame + 1000 * rank) & 0x7fff;
    const head = vp8({ pictureId, tl0: this.#frame & 0xff, temporalId: 0, sync: false, keyframe });
    // Three sizes: the frame header says so in its seventh and ninth byte.
    if (keyframe) head.set([(160 << rank) & 0xff, (160 << rank) >> 8, (120 << rank) & 0xff, (120 << rank) >> 8], 12);
    const payload = Uint8Array.from([...head, rank, keyframe ? 1 : 0]);
    const rtpTs = (this.#frame * 2970 + 77_777 * rank) >>> 0;
    this.stage.arrive(camera, {
      payloadType: 96,
      seq16: (60_000 * rank + this.#frame) & 0xffff,
      rtpTs,
      marker: true,
      payload,
    });
  }

  /** Which encodings were sent, in their order, and whether each began with a keyframe. */
  get shown(): string[] {
    const shown: string[] = [];
    let last = -1;
    for (const { payload, isFiller } of this.stage.sent) {
      if (isFiller) continue;
      const rank = payload.at(-2)!;
      if (rank !== last) shown.push(`${rank}${payload.at(-1) === 1 ? 'k' : ''}`);
      last = rank;
    }
    return shown;
  }
}

function watched(): { call: Simulcast; subscription: ReturnType<Stage['subscription']> } {
  const call = new Simulcast();
  const subscription = call.stage.subscription();
  subscription.watch(call.publication, payloadTypes());
  return { call, subscription };
}

describe('simulcast', () => {
  test('the best that flows is shown, each from a keyframe on that was asked for', () => {
    const { call, subscription } = watched();
    call.run(500);
    expect(call.shown).toEqual(['2k']);
    subscription.want({ maxLayer: 0 });
    call.run(1000);
    subscription.want({ maxLayer: 1 });
    call.run(1000);
    expect(call.shown.slice(-3)).toEqual(['2k', '0k', '1k']);
  });

  test('what is shown goes on until the other can be shown', () => {
    const { call, subscription } = watched();
    call.run(500);
    const before = call.stage.sent.length;
    subscription.want({ maxLayer: 0 });
    call.run(33 * 20);
    expect(call.shown).toEqual(['2k', '0k']);
    // A picture for each time that one was taken.
    expect(call.stage.sent.length).toBe(before + 20);
  });

  test('a viewer sees one sender: numbers, picture ids and TL0PICIDX follow each other, timestamps rise evenly', () => {
    const { call, subscription } = watched();
    for (const maxLayer of [2, 0, 1, 0, 2, 1]) {
      subscription.want({ maxLayer });
      call.run(1500);
    }
    const { sent } = call.stage;
    expect(call.shown.length).toBeGreaterThan(5);
    for (let ix = 1; ix < sent.length; ix++) {
      const [before, after] = [sent[ix - 1]!, sent[ix]!];
      expect((after.seq16 - before.seq16) & 0xffff).toBe(1);
      expect((after.pictureId - before.pictureId) & 0x7fff).toBe(1);
      expect((after.layerIds - before.layerIds) & 0xff).toBe(1);
      // 33 ms are 2,970 ticks.
      expect(Math.abs(((after.rtpTs - before.rtpTs) | 0) - (after.now - before.now) * 90)).toBeLessThanOrEqual(2970);
      expect((after.rtpTs - before.rtpTs) | 0).toBeGreaterThan(0);
    }
  });

  test('a size is held to once it is known, either way up', () => {
    const { call, subscription } = watched();
    for (const maxLayer of [0, 1, 2]) {
      subscription.want({ maxLayer });
      call.run(1000);
    }
    subscription.want({ maxWidth: 400, maxHeight: 400 });
    call.run(1000);
    expect(call.shown.at(-1)).toBe('1k');
    subscription.want({ maxWidth: 240, maxHeight: 320 });
    call.run(1000);
    expect(call.shown.at(-1)).toBe('1k');
    subscription.want({ maxWidth: 100, maxHeight: 100 });
    call.run(1000);
    expect(call.shown.at(-1)).toBe('0k');
  });

  test('when an encoding stops the next one is shown', () => {
    const { call } = watched();
    call.run(500);
    call.stop(2);
    call.run(3000);
    expect(call.shown.at(-1)).toBe('1k');
  });

  test('who comes late has a picture after one request, however many come', () => {
    const { call } = watched();
    call.run(5000);
    const before = [...call.asked];
    const viewers = Array.from({ length: 20 }, (_, ix) => {
      const late = call.stage.subscription({ viewer: call.stage.viewer(100 + ix) });
      late.watch(call.publication, payloadTypes());
      return late;
    });
    call.run(100);
    expect(viewers.every(({ source }) => source === call.cameras[2]!.source)).toBe(true);
    expect(call.asked).toEqual([before[0], before[1], before[2]! + 1]);
    const seen = new Set(call.stage.sent.filter(({ peerIx }) => peerIx >= 100).map(({ peerIx }) => peerIx));
    expect(seen.size).toBe(20);
  });

  test('a pause sends nothing, and a resume goes on with the next number and a keyframe', () => {
    const { call, subscription } = watched();
    call.run(1000);
    subscription.pause();
    const before = call.stage.sent.length;
    call.run(1000);
    expect(call.stage.sent.length).toBe(before);
    subscription.resume();
    call.run(100);
    const [last, next] = [call.stage.sent[before - 1]!, call.stage.sent[before]!];
    expect(next.payload.at(-1)).toBe(1);
    expect((next.seq16 - last.seq16) & 0xffff).toBe(1);
    expect(((next.rtpTs - last.rtpTs) | 0) / 90).toBeCloseTo(next.now - last.now, 0);
  });

  test('a publication that is closed lets all go, and gives its slots back', () => {
    const { call, subscription } = watched();
    call.run(1000);
    call.publication.close();
    expect([subscription.publication, subscription.source, call.stage.held.size]).toEqual([null, null, 0]);
    expect(call.cameras.map(({ source }) => source.listeners)).toEqual([0, 0, 0]);
  });
});
