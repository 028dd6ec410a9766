import { SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';
import { readU16, readU32 } from '../../src/bytes/index.js';
import {
  EXTENSION,
  ExtensionIds,
  PAYLOAD_FEEDBACK_FORMAT,
  RTCP,
  RtcpWriter,
  writeNack,
  writePli,
} from '../../src/rtp/index.js';
import { PublishedTrack, Sfu } from '../../src/sfu/index.js';
import { RtxPayloadTypes } from '../../src/stream/index.js';
import { connected, INTERFRAME, KEYFRAME } from '../peer/connect.js';
import { FakeBrowser } from '../peer/fake-browser.js';
import { packetsOf } from '../peer/reports.js';
import { offerText } from '../recorded-offer.js';
import { payloadTypes } from './stage.js';

const PICTURE = 2374643973;

/** A publisher, and a viewer of its picture, on one plane. */
function call() {
  const { stage, browser: publisher, peer } = connected('chromium-publish');
  const viewer = new FakeBrowser(stage.network);
  const joined = stage.answer(
    viewer.own(offerText('chromium-publish'), { ufrag: 'view', pwd: 'viewersPasswordOf24Chars' }),
  );
  viewer.take(joined.answer);
  viewer.check();
  stage.deliver();
  viewer.usePath();
  stage.deliver();
  const sfu = new Sfu({ slots: stage.plane.slots, mostHeldSlots: 100 });
  const track = new PublishedTrack(sfu, stage.peers, peer, peer.inbound.sorter.track('1')!);
  stage.onMedia = (packet, tx) => {
    sfu.begin({ rows: new Int32Array(0), count: 0, slab: packet.bytes, slotBytes: 2048 }, tx, stage.now);
    track.received(packet, stage.now);
    sfu.run.end();
  };
  const rtxTypes = new RtxPayloadTypes();
  rtxTypes.set(97, 96);
  const extensionIds = new ExtensionIds();
  extensionIds.set(EXTENSION.AUDIO_LEVEL, 1);
  const { planeIx, sending, cname } = joined.peer;
  const to = { planeIx, sending, cname, extensionIds, takesTwoByteExtensions: true, form: 0 };
  const subscription = sfu.subscribe({
    viewer: to,
    kind: 'video',
    ssrc: 0xf000_0001,
    rtxSsrc: 77,
    rtxTypes,
    midIx: -1,
    clockHz: 90_000,
    random: new SeededRandom(1),
  });
  subscription.watch(track.publication, payloadTypes());
  const show = (seq16: number, payload: Uint8Array) => {
    publisher.send({ ssrc: PICTURE, seq16, payloadType: 96, payload, rtpTs: seq16 * 3000, marker: true });
    stage.now += 20;
    stage.deliver();
  };
  const say = (write: (writer: RtcpWriter) => void) => {
    const writer = new RtcpWriter().begin(new Uint8Array(200), 0, 200);
    write(writer);
    viewer.report(writer.bytes.slice(0, writer.length));
    stage.deliver();
  };
  return { stage, publisher, viewer, sfu, subscription, track, show, say };
}

test('a picture goes from one browser to another, encrypted for each', () => {
  const { viewer, show, subscription } = call();
  show(65_534, INTERFRAME);
  show(65_535, KEYFRAME);
  show(0, INTERFRAME);
  show(1, INTERFRAME);
  expect(viewer.rtp.map((packet) => readU32(packet, 8))).toEqual([0xf000_0001, 0xf000_0001, 0xf000_0001]);
  const first = readU16(viewer.rtp[0]!, 2);
  expect(viewer.rtp.map((packet) => (readU16(packet, 2) - first) & 0xffff)).toEqual([0, 1, 2]);
  expect([...viewer.rtp[0]!.subarray(12)]).toEqual([...KEYFRAME]);
  expect(subscription.source).not.toBeNull();
});

test('what the viewer lost comes again, on its SSRC for that', () => {
  const { viewer, show, say, subscription } = call();
  show(10, KEYFRAME);
  show(11, INTERFRAME);
  show(12, INTERFRAME);
  const lost = readU16(viewer.rtp[1]!, 2);
  say((writer) => writeNack(writer, 1, subscription.ssrc, Uint16Array.of(lost), 1));
  const again = viewer.rtp.at(-1)!;
  expect([readU32(again, 8), again[1]! & 0x7f, readU16(again, 12)]).toEqual([77, 97, lost]);
  expect([...again.subarray(14)]).toEqual([...INTERFRAME]);
});

test('a keyframe that the viewer asks for is asked of the publisher', () => {
  const { stage, publisher, show, say, subscription } = call();
  show(10, KEYFRAME);
  stage.run(1000);
  publisher.rtcp.length = 0;
  say((writer) => writePli(writer, 1, subscription.ssrc));
  stage.run(100);
  const asked = packetsOf(publisher.rtcp).filter(
    ({ type, count }) => type === RTCP.PAYLOAD_FEEDBACK && count === PAYLOAD_FEEDBACK_FORMAT.PLI,
  );
  expect(asked.length).toBe(1);
});

test('an encoder that begins anew under another SSRC goes on for the viewer', () => {
  const { stage, publisher, viewer, show, track } = call();
  show(10, KEYFRAME);
  show(11, INTERFRAME);
  const mid = Uint8Array.from(Buffer.from('1'));
  const extensions: [number, Uint8Array][] = [[4, mid]];
  publisher.send({ ssrc: 4711, seq16: 40_000, payloadType: 96, payload: KEYFRAME, rtpTs: 5, extensions });
  stage.deliver();
  const numbers = viewer.rtp.map((packet) => (readU16(packet, 2) - readU16(viewer.rtp[0]!, 2)) & 0xffff);
  expect(numbers).toEqual([0, 1, 2]);
  expect(track.publication.sources.length).toBe(1);
});

test('a track that ends gives its slots back', () => {
  const { stage, show, track, subscription, sfu } = call();
  const before = stage.plane.slots.freeSlots;
  for (let seq16 = 10; seq16 < 30; seq16++) show(seq16, seq16 === 10 ? KEYFRAME : INTERFRAME);
  expect(sfu.slots.held).toBe(20);
  track.close(stage.now);
  expect([sfu.slots.held, stage.plane.slots.freeSlots, subscription.publication]).toEqual([0, before, null]);
});
