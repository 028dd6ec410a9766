import { describe, expect, test } from 'vitest';
import { readU16, readU32 } from '../../src/bytes/index.js';
import {
  PAYLOAD_FEEDBACK_FORMAT,
  RTCP,
  type RtcpWriter,
  writeBye,
  writeFir,
  writeNack,
  writePli,
  writeRemb,
} from '../../src/rtp/index.js';
import { INTERFRAME, KEYFRAME } from '../peer/connect.js';
import { compound, packetsOf } from '../peer/reports.js';
import { described } from '../recorded-offer.js';
import { RouterStage } from './router-stage.js';

/** Of the recording. */
const PICTURE = 2374643973;
const FRAME_MS = 33;
const PACKETS_PER_FRAME = 7;
const PACKET_BYTES = 1_000;
/** What may be sent again before anything else was. */
const FIRST_BUDGET_BYTES = 32 * 1024;

/** A publisher of 210 packets a second, and one who views it. */
class Call {
  readonly stage = new RouterStage();
  readonly publisher = this.stage.publisher('anna');
  readonly viewer = this.stage.viewer('eve');
  readonly pictureSsrc: number;
  #seq16 = 65_000;

  constructor() {
    const video = described(this.viewer.answer).sections.find(({ kind }) => kind === 'video')!;
    this.pictureSsrc = video.sources[0]!.ssrc;
  }

  /** Shows frames, the first of them a keyframe where it is one, and has the viewer say something after each. */
  show(frames: number, isKeyframe: boolean, say: () => void = () => {}): void {
    for (let frame = 0; frame < frames; frame++) {
      for (let part = 0; part < PACKETS_PER_FRAME; part++) {
        const payload = new Uint8Array(PACKET_BYTES).fill(part);
        payload.set(part > 0 ? [0x00, 0x51] : isKeyframe && frame === 0 ? KEYFRAME : INTERFRAME);
        const marker = part === PACKETS_PER_FRAME - 1;
        this.publisher.browser.send({ ssrc: PICTURE, seq16: this.#seq16++, payloadType: 96, payload, marker });
      }
      this.stage.deliver();
      say();
      this.stage.run(FRAME_MS);
    }
  }

  /** The viewer's reports, several in one datagram. */
  say(...writes: ((writer: RtcpWriter) => boolean)[]): void {
    this.viewer.browser.report(compound(...writes));
    this.stage.deliver();
  }

  /** Requests for a keyframe that the publisher has seen. */
  get keyframesAsked(): number {
    return packetsOf(this.publisher.browser.rtcp).filter(
      ({ type, count }) => type === RTCP.PAYLOAD_FEEDBACK && count <= PAYLOAD_FEEDBACK_FORMAT.FIR,
    ).length;
  }

  sentBytes(isFirst: boolean): number {
    const packets = this.viewer.browser.rtp.filter((packet) => (readU32(packet, 8) === this.pictureSsrc) === isFirst);
    return packets.reduce((sum, { length }) => sum + length, 0);
  }
}

describe('ten thousand requests a second of one viewer', () => {
  test.each([
    ['PLI', (call: Call) => (writer: RtcpWriter) => writePli(writer, 1, call.pictureSsrc)],
    [
      'FIR',
      (call: Call) => {
        let seq8 = 0;
        return (writer: RtcpWriter) => writeFir(writer, 1, call.pictureSsrc, seq8++);
      },
    ],
  ])('for keyframes, as %s, are at most two a second to the publisher', (_name, write) => {
    const call = new Call();
    call.show(30, true);
    const before = call.keyframesAsked;
    const storm = Array.from({ length: 60 }, () => write(call));
    for (let second = 0; second < 5; second++) {
      // The publisher obeys at once, so that there is always reason to ask again.
      call.show(30, true, () => {
        for (let count = 0; count < 6; count++) call.say(...storm);
      });
    }
    expect(call.keyframesAsked - before).toBeGreaterThan(0);
    expect(call.keyframesAsked - before).toBeLessThanOrEqual(10);
  });

  test('for packets again are answered with half of what was sent at most', () => {
    const call = new Call();
    call.show(1, true);
    call.show(120, false, () => {
      const last = readU16(call.viewer.browser.rtp.at(-1)!, 2);
      const first = call.viewer.browser.rtp.findLast((packet) => readU32(packet, 8) === call.pictureSsrc)!;
      const seq16 = readU16(first, 2);
      for (let count = 0; count < 6; count++) {
        const lost = Uint16Array.from({ length: 60 }, (_, ix) => (count % 2 === 0 ? seq16 : last) - ix);
        call.say((writer) => writeNack(writer, 1, call.pictureSsrc, lost.toSorted(), lost.length));
      }
    });
    const [once, again] = [call.sentBytes(true), call.sentBytes(false)];
    expect(once).toBeGreaterThan(120 * PACKETS_PER_FRAME * PACKET_BYTES);
    expect(again).toBeGreaterThan(once / 10);
    expect(again).toBeLessThanOrEqual(once / 2 + FIRST_BUDGET_BYTES);
  });
});

test('what a viewer says of streams that it is not sent counts for nothing', () => {
  const call = new Call();
  const other = call.stage.viewer('bob');
  call.show(30, true);
  const [asked, sent] = [call.keyframesAsked, other.browser.rtp.length];
  const seq16 = readU16(call.viewer.browser.rtp.at(-1)!, 2);
  const ofBob = described(other.answer).sections.find(({ kind }) => kind === 'video')!.sources[0]!.ssrc;
  for (const ssrc of [PICTURE, ofBob, 0]) {
    call.say(
      (writer) => writePli(writer, 1, ssrc),
      (writer) => writeFir(writer, 1, ssrc, 9),
      (writer) => writeNack(writer, 1, ssrc, Uint16Array.of(seq16), 1),
      (writer) => writeRemb(writer, 1, { bitrateBps: 2 ** 80, ssrcs: [ssrc] }),
      (writer) => writeBye(writer, [ssrc, PICTURE]),
    );
  }
  call.show(1, false);
  expect([call.keyframesAsked, other.browser.rtp.length]).toEqual([asked, sent + PACKETS_PER_FRAME]);
});
