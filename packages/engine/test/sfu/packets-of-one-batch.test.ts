import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VIDEO_CODEC } from '../../src/rtp/index.js';
import { type Camera, payloadTypes, Stage } from './stage.js';

const VIEWERS = 3;
const KEYFRAME = [0x90, 0x80, 0x80, 0x00, 0x10];
const DELTA = [0x90, 0x80, 0x80, 0x00, 0x11];
const REST = [0x80, 0x80, 0x80, 0x00, 0x11];

const packet = fc.record({
  camera: fc.nat(1),
  what: fc.constantFrom('rest', 'rest', 'rest', 'picture', 'keyframe', 'lost', 'late', 'probe'),
});
const batch = fc.record({
  delay: fc.integer({ min: 1, max: 60 }),
  viewer: fc.nat(VIEWERS - 1),
  change: fc.constantFrom('none', 'none', 'pause', 'resume', 'low', 'any', 'nack', 'keyframe'),
  packets: fc.array(packet, { maxLength: 12 }),
});

type Batch = typeof batch extends fc.Arbitrary<infer T> ? T : never;

/** A simulcast in two qualities to three viewers; `isBatching`: packets of a batch are forwarded together. */
function play(batches: readonly Batch[], isBatching: boolean) {
  const stage = new Stage(5, 32);
  stage.isBatching = isBatching;
  const cameras: Camera[] = [stage.camera(VIDEO_CODEC.VP8, 0), stage.camera(VIDEO_CODEC.VP8, 1)];
  const publication = stage.publication('video', ...cameras);
  const viewers = Array.from({ length: VIEWERS }, () => stage.subscription());
  for (const viewer of viewers) viewer.watch(publication, payloadTypes());
  const lanes = [65_530, 7].map((seq16) => ({ seq16, picture: 0, missing: -1 }));

  function send({ camera, what }: Batch['packets'][number]): void {
    const lane = lanes[camera]!;
    const isLate = what === 'late' && lane.missing >= 0;
    if (!isLate) lane.seq16 = (lane.seq16 + 1) & 0xffff;
    if (what === 'picture' || what === 'keyframe') lane.picture++;
    if (what === 'lost') lane.missing = lane.seq16;
    if (what === 'lost') return;
    const payload = Uint8Array.from(what === 'keyframe' ? KEYFRAME : what === 'picture' ? DELTA : REST);
    payload[3] = lane.picture & 0x7f;
    const body = what === 'probe' ? { payload: new Uint8Array(0), paddingBytes: 4 } : { payload };
    const seq16 = isLate ? lane.missing : lane.seq16;
    stage.arrive(cameras[camera]!, { payloadType: 96, seq16, rtpTs: lane.picture * 3000, marker: false, ...body });
  }

  for (const { delay, viewer, change, packets } of batches) {
    stage.pass(delay);
    const subscription = viewers[viewer]!;
    if (change === 'pause') subscription.pause();
    if (change === 'resume') subscription.resume();
    if (change === 'low') subscription.want({ maxLayer: 0 });
    if (change === 'any') subscription.want({});
    if (change === 'keyframe') subscription.wantsKeyframe();
    const last = stage.sent.findLast(({ ssrc }) => ssrc === (subscription.out.ssrc | 0));
    if (change === 'nack' && last !== undefined) stage.asked(subscription, last.seq16);
    packets.forEach(send);
    stage.endBatch();
  }
  const ssrcs = viewers.flatMap(({ out }) => [out.ssrc, out.rtxSsrc]);
  return {
    sent: ssrcs.map((ssrc) => stage.sent.filter((each) => each.ssrc === ssrc)),
    keyframes: cameras.map(({ source }) => source.keyframes.nextAtMs),
    held: stage.held.size,
  };
}

test('what comes in one batch reaches each viewer as if it had come one by one', () => {
  fc.assert(
    fc.property(fc.array(batch, { minLength: 5, maxLength: 60 }), (batches) => {
      expect(play(batches, true)).toEqual(play(batches, false));
    }),
    { numRuns: 200 },
  );
});

test('of one batch each viewer has its packets side by side', () => {
  const stage = new Stage();
  stage.isBatching = true;
  const camera = stage.camera(VIDEO_CODEC.VP8);
  const publication = stage.publication('video', camera);
  for (const planeIx of [1, 2, 3]) {
    stage.subscription({ viewer: stage.viewer(planeIx) }).watch(publication, payloadTypes());
  }
  const bytes = [KEYFRAME, REST, REST];
  bytes.forEach((payload, ix) => {
    stage.arrive(camera, {
      payloadType: 96,
      seq16: ix,
      rtpTs: 0,
      marker: ix === 2,
      payload: Uint8Array.from(payload),
    });
  });
  expect(stage.sent).toEqual([]);
  stage.endBatch();
  expect(stage.sent.map(({ peerIx }) => peerIx)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
});
