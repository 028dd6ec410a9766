import { describe, expect, test } from 'vitest';
import {
  ReportBlock,
  RtcpCursor,
  RtcpWriter,
  readSenderInfo,
  readSourceDescription,
  SenderInfo,
  VIDEO_CODEC,
  writeFir,
  writeNack,
  writePli,
  writeReceiverReport,
  writeReportBlock,
} from '../../src/rtp/index.js';
import type { Subscription } from '../../src/sfu/index.js';
import { vp8 } from './payloads.js';
import { type Camera, payloadTypes, Stage } from './stage.js';

const bytesOf = (write: (writer: RtcpWriter) => void): Uint8Array => {
  const writer = new RtcpWriter().begin(new Uint8Array(2000), 0, 2000);
  write(writer);
  return writer.bytes.slice(0, writer.length);
};

const nack = (ssrc: number, ...seqs: number[]) =>
  bytesOf((writer) => writeNack(writer, 1, ssrc, Uint16Array.from(seqs), seqs.length));

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
    const { out } = call.watch();
    call.send(20);
    const lost = call.stage.sent[7]!;
    const [again, ...more] = call.stage.feedback(out.viewer, nack(out.ssrc, lost.seq16));
    expect(more).toEqual([]);
    expect(again).toMatchObject({ ssrc: out.rtxSsrc, isRtx: true, payloadType: 97, originalSeq16: lost.seq16 });
    const { rtpTs, marker, payload, pictureId, layerIds, extra } = lost;
    expect(again).toMatchObject({ rtpTs, marker, payload, pictureId, layerIds, extra });
    expect(extra.length).toBe(2);
  });

  test('is numbered on its own', () => {
    const call = new Call();
    const { out } = call.watch();
    call.send(20);
    const seqs = [3, 4, 9].map((ix) => call.stage.sent[ix]!.seq16);
    const again = call.stage.feedback(out.viewer, nack(out.ssrc, ...seqs));
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
    const again = call.stage.feedback(subscription.out.viewer, nack(subscription.out.ssrc, lost.seq16));
    expect(again.map(({ payload }) => payload)).toEqual([lost.payload]);
  });

  test('is what was lost on the way here as soon as it has come', () => {
    const call = new Call();
    const { out } = call.watch();
    call.send(5);
    call.stage.arrive(call.camera, { payloadType: 100, seq16: 5006, rtpTs: 18_000, payload: Uint8Array.of(1, 2) });
    const missing = (call.stage.sent.at(-1)!.seq16 - 1) & 0xffff;
    expect(call.stage.feedback(out.viewer, nack(out.ssrc, missing))).toEqual([]);
    call.stage.now += 50;
    const [late] = call.stage.arrive(
      call.camera,
      { payloadType: 100, seq16: 5005, rtpTs: 15_000, payload: Uint8Array.of(3) },
      true,
    );
    expect([late!.seq16, late!.isRtx]).toEqual([missing, false]);
    expect(call.stage.feedback(out.viewer, nack(out.ssrc, missing))).toHaveLength(1);
  });

  test('is not multiplied, and not sent without an SSRC for it, of another stream, or too late', () => {
    const call = new Call();
    const { out } = call.watch();
    const plain = call.watch({ viewer: call.stage.viewer(8), rtxSsrc: -1 });
    call.send(600);
    const toFirst = call.stage.sent.filter(({ peerIx }) => peerIx === 7).map(({ seq16 }) => seq16);
    const storm = () => call.stage.feedback(out.viewer, nack(out.ssrc, ...toFirst.slice(-60))).length;
    const firstWave = storm();
    expect([firstWave, storm(), storm()]).toEqual([60, 0, 0]);
    expect(call.stage.feedback(plain.out.viewer, nack(plain.out.ssrc, toFirst.at(-1)!))).toEqual([]);
    expect(call.stage.feedback(plain.out.viewer, nack(out.ssrc, toFirst.at(-1)!))).toEqual([]);
    expect(call.stage.feedback(out.viewer, nack(out.ssrc, toFirst[0]!))).toEqual([]);
    expect(call.stage.sfu.counts).toMatchObject({ nacked: 182, resent: 60, tooOften: 120, foreign: 1, notKept: 2 });
  });
});

describe('keyframes that viewers ask for', () => {
  test('ten thousand requests are at most two a second to the publisher', () => {
    const call = new Call();
    const { out } = call.watch();
    call.send(1);
    const pli = bytesOf((writer) => writePli(writer, 1, out.ssrc));
    const before = call.stage.reports.length;
    for (let nth = 0; nth < 10_000; nth++) {
      call.stage.feedback(out.viewer, pli);
      call.stage.pass(0.1);
    }
    const asked = call.stage.reports.slice(before).filter(({ peerIx }) => peerIx === 1);
    expect(asked.length).toBe(2);
    const cursor = new RtcpCursor();
    expect(cursor.start(asked[0]!.bytes, 0, asked[0]!.bytes.length) && cursor.next()).toBe(true);
    expect([cursor.type, cursor.count, cursor.mediaSsrc]).toEqual([206, 1, call.camera.inbound.ssrc]);
  });

  test('a FIR that is repeated asks for nothing new, and one of another stream for nothing', () => {
    const call = new Call();
    const { out } = call.watch();
    call.send(1);
    const fir = (ssrc: number, seq8: number) => bytesOf((writer) => writeFir(writer, 1, ssrc, seq8));
    for (const seq8 of [5, 5, 5, 6]) call.stage.feedback(out.viewer, fir(out.ssrc, seq8));
    call.stage.feedback(out.viewer, fir(4711, 7));
    expect(call.stage.sfu.counts).toMatchObject({ keyframesAsked: 2, foreign: 1 });
  });
});

describe('reports', () => {
  test('a viewer is told, about once a second, what was sent and when', () => {
    const call = new Call();
    const { out } = call.watch();
    call.send(10);
    call.stage.pass(10_000);
    const reports = call.stage.reports.filter(({ peerIx }) => peerIx === 7);
    expect(reports.length).toBeGreaterThan(6);
    expect(reports.length).toBeLessThan(16);
    const cursor = new RtcpCursor();
    cursor.start(reports[0]!.bytes, 0, reports[0]!.bytes.length);
    const info = new SenderInfo();
    expect(cursor.next() && readSenderInfo(cursor, info)).toBe(true);
    expect(info).toMatchObject({ ssrc: out.ssrc, packets: 10, octets: 10 * 100 + 9 * 7 + 16 });
    expect(cursor.next() && readSourceDescription(cursor)).toEqual([{ ssrc: out.ssrc, cname: 'server' }]);
  });

  test('the timestamp of a report is that of its time, by the clock of the publisher', () => {
    const call = new Call();
    const { out } = call.watch();
    call.send(1);
    const reported = new SenderInfo();
    // At 5 s of its clock, which is now and ours, the publisher has timestamp 900,000.
    Object.assign(reported, { ntpSeconds: 5, ntpFraction: 0, rtpTs: 900_000 });
    call.camera.inbound.reported(reported, call.stage.now);
    const at = call.stage.now;
    call.send(1);
    call.stage.pass(2000);
    const { bytes, now } = call.stage.reports.find(({ peerIx }) => peerIx === 7)!;
    const cursor = new RtcpCursor();
    cursor.start(bytes, 0, bytes.length);
    cursor.next();
    const info = new SenderInfo();
    readSenderInfo(cursor, info);
    expect(((info.rtpTs - out.timeline.offset) | 0) / 90).toBeCloseTo(10_000 + now - at, 1);
    expect(info.ntpSeconds * 1000 + (info.ntpFraction / 2 ** 32) * 1000).toBeCloseTo(now, 2);
  });

  test('what a viewer reports is kept, and it is not told its section any more', () => {
    const call = new Call();
    const { out } = call.watch({ midIx: 3 });
    call.send(2);
    const block = Object.assign(new ReportBlock(), {
      ssrc: out.ssrc,
      fractionLost: 64,
      cumulativeLost: 9,
      jitterTs: 90,
    });
    const report = bytesOf((writer) => {
      writeReceiverReport(writer, 1);
      writeReportBlock(writer, block);
    });
    call.stage.feedback(out.viewer, report);
    call.send(1);
    expect(call.stage.sent.map(({ form }) => (form & 8) !== 0)).toEqual([true, true, false]);
    expect(out).toMatchObject({ fractionLost: 64, cumulativeLost: 9, jitterTs: 90 });
  });

  test('what is malformed changes nothing', () => {
    const call = new Call();
    const { out } = call.watch();
    expect(call.stage.sfu.feedback(out.viewer, Uint8Array.of(0x80, 201, 0, 9), 0, 4, 0)).toBe(false);
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
    expect(subscription.source?.ssrc).toBe(1001);
    for (let seq16 = 10; seq16 < 60; seq16++) show(0, seq16, false);
    expect([subscription.source?.ssrc, subscription.awaited?.ssrc]).toEqual([1001, 1000]);
    expect(stage.reports.some(({ peerIx }) => peerIx === 1)).toBe(true);
    show(0, 60, true);
    expect([subscription.source?.ssrc, subscription.awaited]).toEqual([1000, null]);
  });
});
