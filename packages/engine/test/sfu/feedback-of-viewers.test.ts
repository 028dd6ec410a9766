import { describe, expect, test } from 'vitest';
import { ReportBlock, SenderInfo, VIDEO_CODEC } from '../../src/rtp/index.js';
import type { Subscription } from '../../src/sfu/index.js';
import { vp8 } from './payloads.js';
import { type Camera, payloadTypes, Stage } from './stage.js';

/** Pictures of one packet each, a keyframe first. */
class Call {
  readonly stage = new Stage(3);
  readonly camera: Camera = this.stage.camera(VIDEO_CODEC.VP8);
  readonly publication = this.stage.publication('video', this.camera);
  #frame = 0;

  watch(changed: Parameters<Stage['subscription']>[0] = {}): Subscription {
    const subscription = this.stage.subscription(changed);
    subscription.watch(this.publication, payloadTypes({ 100: 96 }));
    return subscription;
  }

  send(count: number, isRecovered = false) {
    for (let nth = 0; nth < count; nth++) {
      const keyframe = this.#frame === 0;
      const shape = { pictureId: this.#frame, tl0: this.#frame & 0xff, temporalId: 0, sync: false, keyframe };
      const payload = Uint8Array.from([...vp8(shape), ...Array<number>(100).fill(this.#frame & 0xff)]);
      const extensions = [{ id: 5, data: Uint8Array.of(this.#frame & 0x7f) }];
      const parts = { payloadType: 100, seq16: 5000 + this.#frame, rtpTs: this.#frame * 3000, marker: true };
      this.stage.arrive(this.camera, { ...parts, payload, extensions }, isRecovered);
      this.#frame++;
      this.stage.now += 33;
    }
  }
}

describe('what viewers ask for again', () => {
  test('comes from the history of the publisher on the SSRC for it, as it was, with its extensions', () => {
    const call = new Call();
    const subscription = call.watch();
    const { out } = subscription;
    call.send(20);
    const lost = call.stage.sent[7]!;
    const [again, ...more] = call.stage.asked(subscription, lost.seq16);
    expect(more).toEqual([]);
    expect(again).toMatchObject({ ssrc: out.rtxSsrc, isRtx: true, payloadType: 97, originalSeq16: lost.seq16 });
    const { rtpTs, marker, payload, pictureId, layerIds, extra } = lost;
    expect(again).toMatchObject({ rtpTs, marker, payload, pictureId, layerIds, extra });
    expect(extra.length).toBe(2);
  });

  test('is numbered on its own', () => {
    const call = new Call();
    const subscription = call.watch();
    call.send(20);
    const seqs = [3, 4, 9].map((ix) => call.stage.sent[ix]!.seq16);
    const again = call.stage.asked(subscription, ...seqs);
    expect(again.map(({ originalSeq16 }) => originalSeq16)).toEqual(seqs);
    expect(again.map(({ seq16 }) => (seq16 - again[0]!.seq16) & 0xffff)).toEqual([0, 1, 2]);
  });

  test('comes from the source before as well after a switch', () => {
    const call = new Call();
    const subscription = call.watch();
    call.send(5);
    const lost = call.stage.sent[4]!;
    const camera = call.stage.camera(VIDEO_CODEC.VP8);
    subscription.watch(call.stage.publication('video', camera), payloadTypes({ 100: 96 }));
    const shape = { pictureId: 9, tl0: 9, temporalId: 0, sync: false, keyframe: true };
    call.stage.arrive(camera, { payloadType: 100, seq16: 1, rtpTs: 1, marker: true, payload: vp8(shape) });
    const again = call.stage.asked(subscription, lost.seq16);
    expect(again.map(({ payload }) => payload)).toEqual([lost.payload]);
  });

  test('is what was lost on the way here as soon as it has come', () => {
    const call = new Call();
    const subscription = call.watch();
    call.send(5);
    call.stage.arrive(call.camera, { payloadType: 100, seq16: 5006, rtpTs: 18_000, payload: Uint8Array.of(1, 2) });
    const missing = (call.stage.sent.at(-1)!.seq16 - 1) & 0xffff;
    expect(call.stage.asked(subscription, missing)).toEqual([]);
    call.stage.now += 50;
    const [late] = call.stage.arrive(
      call.camera,
      { payloadType: 100, seq16: 5005, rtpTs: 15_000, payload: Uint8Array.of(3) },
      true,
    );
    expect([late!.seq16, late!.isRtx]).toEqual([missing, false]);
    expect(call.stage.asked(subscription, missing)).toHaveLength(1);
  });

  test('is not multiplied, and not sent without an SSRC for it, or too late', () => {
    const call = new Call();
    const subscription = call.watch();
    const plain = call.watch({ viewer: call.stage.viewer(8), rtxSsrc: -1 });
    call.send(600);
    const toFirst = call.stage.sent.filter(({ peerIx }) => peerIx === 7).map(({ seq16 }) => seq16);
    const storm = () => call.stage.asked(subscription, ...toFirst.slice(-60)).length;
    const firstWave = storm();
    expect([firstWave, storm(), storm()]).toEqual([60, 0, 0]);
    expect(call.stage.asked(plain, toFirst.at(-1)!)).toEqual([]);
    expect(call.stage.asked(subscription, toFirst[0]!)).toEqual([]);
    expect([subscription.askedCount, subscription.resentCount]).toEqual([181, 60]);
  });
});

describe('keyframes that viewers ask for', () => {
  test('ten thousand requests are at most two a second to the publisher', () => {
    const call = new Call();
    const subscriptions = [call.watch(), call.watch({ viewer: call.stage.viewer(8) })];
    call.send(1);
    const { keyframes } = call.camera.source;
    let asked = 0;
    for (let nth = 0; nth < 10_000; nth++) {
      subscriptions[nth % 2]!.wantsKeyframe();
      if (keyframes.due(call.stage.now, 20)) {
        asked++;
        keyframes.arrived();
      }
      call.stage.pass(0.1);
    }
    expect(asked).toBe(2);
  });
});

describe('reports', () => {
  test('tell what was sent, and nothing before anything was', () => {
    const call = new Call();
    const subscription = call.watch();
    const info = new SenderInfo();
    expect(subscription.report(info, call.stage.now)).toBe(false);
    call.send(10);
    expect(subscription.report(info, call.stage.now)).toBe(true);
    expect(info).toMatchObject({ ssrc: subscription.ssrc, packets: 10, octets: 10 * 100 + 9 * 7 + 16 });
  });

  test('have the timestamp of their time, by the clock of the publisher', () => {
    const call = new Call();
    const subscription = call.watch();
    call.send(1);
    // At 5 s of its clock, which is now of ours, the publisher has timestamp 900,000.
    const reported = Object.assign(new SenderInfo(), { ntpSeconds: 5, ntpFraction: 0, rtpTs: 900_000 });
    call.camera.inbound.reported(reported, call.stage.now);
    const at = call.stage.now;
    call.send(1);
    call.stage.now += 2000;
    const info = new SenderInfo();
    subscription.report(info, call.stage.now);
    const shownMs = ((info.rtpTs - subscription.out.timeline.offset) | 0) / 90;
    expect(shownMs).toBeCloseTo(10_000 + call.stage.now - at, 1);
    expect(info.ntpSeconds * 1000 + (info.ntpFraction / 2 ** 32) * 1000).toBeCloseTo(call.stage.now, 2);
  });

  test('of two encodings put a picture at one time, whichever is shown', () => {
    const stage = new Stage();
    const cameras = [stage.camera(VIDEO_CODEC.VP8), stage.camera(VIDEO_CODEC.VP8)];
    const subscription = stage.subscription();
    // Their clocks show 1,000,000 and 5,000,000 ticks at one time, and their packets wait 80 and 10 ms on the way.
    const starts = [1_000_000, 5_000_000];
    cameras.forEach(({ inbound }, ix) => {
      inbound.reported(Object.assign(new SenderInfo(), { ntpSeconds: 9, rtpTs: starts[ix]! }), stage.now);
    });
    const begin = stage.now;
    const show = (ix: number, capturedMs: number, waitMs: number) => {
      stage.now = begin + capturedMs + waitMs;
      const payload = vp8({ pictureId: 1, tl0: 1, temporalId: 0, sync: false, keyframe: true });
      const rtpTs = starts[ix]! + capturedMs * 90;
      return stage.arrive(cameras[ix]!, { payloadType: 96, seq16: capturedMs, rtpTs, marker: true, payload })[0]!;
    };
    subscription.watch(stage.publication('video', cameras[0]!), payloadTypes());
    const first = show(0, 100, 80);
    subscription.watch(stage.publication('video', cameras[1]!), payloadTypes());
    const second = show(1, 300, 10);
    expect((second.rtpTs - first.rtpTs) / 90).toBeCloseTo(200, 5);
  });

  test('once a viewer has reported it is not told its section any more', () => {
    const call = new Call();
    const subscription = call.watch({ midIx: 3 });
    call.send(2);
    subscription.reported(Object.assign(new ReportBlock(), { ssrc: subscription.ssrc, cumulativeLost: 9 }));
    call.send(1);
    expect(call.stage.sent.map(({ form }) => (form & 8) !== 0)).toEqual([true, true, false]);
    expect(subscription.out.cumulativeLost).toBe(9);
  });
});

describe('sources', () => {
  test('that stop are noticed by the time passing, and viewers get the next best', () => {
    const stage = new Stage();
    const cameras = [0, 1].map((rank) => stage.camera(VIDEO_CODEC.VP8, rank));
    const publication = stage.publication('video', ...cameras);
    const subscription = stage.subscription();
    subscription.watch(publication, payloadTypes());
    const show = (rank: number, seq16: number, keyframe: boolean) => {
      const payload = vp8({ pictureId: seq16, tl0: seq16, temporalId: 0, sync: false, keyframe });
      stage.arrive(cameras[rank]!, { payloadType: 96, seq16, rtpTs: seq16 * 3000, marker: true, payload });
      stage.pass(33);
    };
    for (let seq16 = 0; seq16 < 10; seq16++) for (const rank of [0, 1]) show(rank, seq16, seq16 === 0);
    expect(subscription.source?.rank).toBe(1);
    for (let seq16 = 10; seq16 < 60; seq16++) show(0, seq16, false);
    expect([subscription.source?.rank, subscription.awaited?.rank]).toEqual([1, 0]);
    show(0, 60, true);
    expect([subscription.source?.rank, subscription.awaited]).toEqual([0, null]);
  });
});
