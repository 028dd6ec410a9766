import { SeededRandom } from '@madang/testkit';
import { describe, expect, test } from 'vitest';
import { PAYLOAD_FEEDBACK_FORMAT, RTCP, RtcpCursor, readNack, TRANSPORT_FEEDBACK_FORMAT } from '../../src/rtp/index.js';
import { connected, INTERFRAME, KEYFRAME, text } from './connect.js';
import { packetsOf } from './reports.js';

const PICTURE = 2374643973;
const PICTURE_RTX = 345483690;
const SOUND = 3416263923;
const [MID, RID, REPAIRED_RID, TRANSPORT] = [4, 10, 11, 3];

function nacked(compounds: readonly Uint8Array[]): number[] {
  return packetsOf(compounds).flatMap(({ type, count, body }) => {
    if (type !== RTCP.TRANSPORT_FEEDBACK || count !== TRANSPORT_FEEDBACK_FORMAT.NACK) return [];
    const cursor = new RtcpCursor();
    cursor.start(body, 0, body.length);
    cursor.next();
    const lost = new Uint16Array(64);
    return [...lost.subarray(0, readNack(cursor, lost))];
  });
}

function repetition(seq16: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.of(seq16 >> 8, seq16 & 0xff, ...payload);
}

describe('packets find their layer', () => {
  test('by the SSRC that the description names', () => {
    const { stage, browser } = connected('chromium-publish');
    browser.send({ ssrc: PICTURE, seq16: 7, payloadType: 96, payload: KEYFRAME });
    browser.send({ ssrc: SOUND, seq16: 9, payloadType: 111, payload: text('sound') });
    stage.deliver();
    expect(stage.forwarded).toMatchObject([
      { mid: '1', payloadType: 96, payload: Buffer.from(KEYFRAME).toString('hex'), extended: 0x10007 },
      { mid: '0', payloadType: 111, payload: Buffer.from('sound').toString('hex') },
    ]);
  });

  test('by a payload type of one section where no SSRC is named, and an SSRC keeps what it has', () => {
    const { stage, browser, peer } = connected('chromium-publish', (offer) => offer.replaceAll(/^a=ssrc.*\r?\n/gm, ''));
    browser.send({ ssrc: 5, seq16: 1, payloadType: 96, payload: KEYFRAME });
    browser.send({ ssrc: 6, seq16: 1, payloadType: 96, payload: KEYFRAME });
    browser.send({ ssrc: 5, seq16: 2, payloadType: 120, payload: KEYFRAME });
    stage.deliver();
    expect(stage.forwarded).toHaveLength(1);
    expect(peer.drops.unknown_source).toBe(2);
  });

  test('by MID, which moves an SSRC, and a MID of nobody is not believed', () => {
    const { stage, browser, peer } = connected('chromium-publish');
    const of = (mid: string, ssrc: number) =>
      browser.send({ ssrc, seq16: 1, payloadType: 96, payload: KEYFRAME, extensions: [[MID, text(mid)]] });
    of('1', 77);
    of('9', 78);
    of('0', 79);
    stage.deliver();
    expect(stage.forwarded).toMatchObject([{ mid: '1' }]);
    expect(peer.drops.unknown_source).toBe(2);
    expect(peer.inbound.sorter.track('1')!.layers[0]!.ssrc).toBe(77);
  });

  test('by RID, once, and repetitions by the RID that they repair', () => {
    const { stage, browser } = connected('chromium-simulcast');
    const rids = stage.peers
      .at(0)!
      .inbound.sorter.track('0')!
      .layers.map(({ rid }) => rid!);
    rids.forEach((rid, ix) => {
      const named = [
        [RID, text(rid)],
        [MID, text('0')],
      ] as const;
      browser.send({ ssrc: 100 + ix, seq16: 10, payloadType: 96, payload: KEYFRAME, extensions: named });
      browser.send({ ssrc: 100 + ix, seq16: 12, payloadType: 96, payload: INTERFRAME });
      const repaired = [
        [REPAIRED_RID, text(rid)],
        [MID, text('0')],
      ] as const;
      const payload = repetition(11, INTERFRAME);
      browser.send({ ssrc: 200 + ix, seq16: 1, payloadType: 97, payload, extensions: repaired });
    });
    stage.deliver();
    expect(rids.length).toBeGreaterThan(1);
    expect(stage.forwarded.map(({ rid, isRecovered }) => `${rid} ${isRecovered}`)).toEqual(
      rids.flatMap((rid) => [`${rid} false`, `${rid} false`, `${rid} true`]),
    );
  });

  test('and a thousand invented SSRCs make nothing grow', () => {
    const { stage, browser, peer } = connected('chromium-publish');
    for (let ssrc = 1; ssrc <= 1_000; ssrc++) {
      browser.send({ ssrc, seq16: 1, payloadType: 96, payload: KEYFRAME, extensions: [[MID, text('1')]] });
      stage.deliver();
    }
    expect(peer.inbound.sorter.sourceCount).toBeLessThan(8);
  });
});

describe('what is lost', () => {
  test('is asked for, and comes back by RTX as what it was', () => {
    const { stage, browser, peer } = connected('chromium-publish');
    for (const seq16 of [100, 101, 103]) {
      browser.send({ ssrc: PICTURE, seq16, payloadType: 96, payload: INTERFRAME });
    }
    stage.run(50);
    expect(nacked(browser.rtcp)).toEqual([102]);
    browser.send({ ssrc: PICTURE_RTX, seq16: 1, payloadType: 97, payload: repetition(102, KEYFRAME) });
    stage.run(5_000);
    expect(nacked(browser.rtcp)).toEqual([102]);
    expect(stage.forwarded.at(-1)).toMatchObject({
      extended: 0x10000 + 102,
      payloadType: 96,
      isRecovered: true,
      payload: Buffer.from(KEYFRAME).toString('hex'),
    });
    expect(peer.inbound.roundTrip.ms).toBeGreaterThan(0);
  });

  test('is asked for again with back-off, and in the end no more', () => {
    const { stage, browser, peer } = connected('chromium-publish');
    browser.send({ ssrc: PICTURE, seq16: 1, payloadType: 96, payload: KEYFRAME });
    browser.send({ ssrc: PICTURE, seq16: 3, payloadType: 96, payload: INTERFRAME });
    for (let ix = 0; ix < 8; ix++) {
      stage.run(1_000);
      browser.check();
    }
    const times = nacked(browser.rtcp).length;
    expect(times).toBeGreaterThan(2);
    expect(times).toBeLessThanOrEqual(10);
    expect(peer.inbound.sorter.track('1')!.layers[0]!.stream!.nacks).toMatchObject({ size: 0, givenUp: 1 });
  });

  test('all comes through once, over loss, disorder and duplicates, with repetitions lost as well', () => {
    const { stage, browser } = connected('chromium-publish');
    const random = new SeededRandom(11);
    const payload = (seq16: number) => Uint8Array.of(...INTERFRAME, seq16 >> 8, seq16 & 0xff);
    let rtxSeq16 = 0;
    let heard = 0;
    for (let ix = 0; ix < 600; ix++) {
      const seq16 = (65_400 + ix) & 0xffff;
      const isEnd = ix === 0 || ix === 599;
      if (isEnd || !random.chance(0.15)) {
        browser.send({ ssrc: PICTURE, seq16, payloadType: 96, payload: payload(seq16) });
      }
      stage.run(5);
      const asked = nacked(browser.rtcp.slice(heard)).filter(() => !random.chance(0.2));
      heard = browser.rtcp.length;
      for (const lost of asked) {
        const again = repetition(lost, payload(lost));
        browser.send({ ssrc: PICTURE_RTX, seq16: rtxSeq16++, payloadType: 97, payload: again });
      }
    }
    for (let round = 0; round < 200; round++) {
      stage.run(10);
      for (const lost of nacked(browser.rtcp.slice(heard))) {
        const again = repetition(lost, payload(lost));
        browser.send({ ssrc: PICTURE_RTX, seq16: rtxSeq16++, payloadType: 97, payload: again });
      }
      heard = browser.rtcp.length;
    }
    const numbers = stage.forwarded.map(({ extended }) => extended - stage.forwarded[0]!.extended);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, ix) => ix));
    expect(
      stage.forwarded.every((packet) =>
        packet.payload.endsWith((packet.extended & 0xffff).toString(16).padStart(4, '0')),
      ),
    ).toBe(true);
  });
});

describe('a keyframe', () => {
  test('is asked for once for many, again after a while, and not after it came', () => {
    const { stage, browser, peer } = connected('chromium-publish');
    browser.send({ ssrc: PICTURE, seq16: 1, payloadType: 96, payload: INTERFRAME });
    stage.run(10);
    const layer = peer.inbound.sorter.track('1')!.layers[0]!;
    const asked = () =>
      packetsOf(browser.rtcp).filter(
        ({ type, count, mediaSsrc }) =>
          type === RTCP.PAYLOAD_FEEDBACK && count === PAYLOAD_FEEDBACK_FORMAT.PLI && mediaSsrc === PICTURE,
      ).length;
    for (let ix = 0; ix < 100; ix++) stage.peers.wantKeyframe(peer, layer);
    stage.peers.settle(stage.now, stage.plane.tx);
    stage.run(200);
    expect(asked()).toBe(1);
    stage.run(100);
    expect(asked()).toBe(2);
    browser.send({ ssrc: PICTURE, seq16: 2, payloadType: 96, payload: KEYFRAME });
    layer.keyframes.arrived();
    stage.run(10_000);
    expect([asked(), layer.keyframeRequestCount]).toEqual([2, 2]);
  });
});

test('a keyframe of one who knows no way to be asked is wished for in vain, and not for ever', () => {
  const { stage, browser, peer } = connected('chromium-publish', (offer) =>
    offer.replaceAll(/a=rtcp-fb:\d+ (?:nack pli|ccm fir)\r\n/g, ''),
  );
  browser.send({ ssrc: 2374643973, seq16: 1, payloadType: 96, payload: KEYFRAME });
  stage.deliver();
  stage.peers.wantKeyframe(peer, peer.inbound.sorter.track('1')!.layers[0]!);
  stage.peers.settle(stage.now, stage.plane.tx);
  const asked = browser.rtcp.length;
  stage.run(400);
  expect(browser.rtcp.length).toBeLessThan(asked + 10);
  expect(stage.peers.nextAt()).toBeGreaterThan(stage.now);
});

describe('the arrival of packets', () => {
  test('is told ten times a second by their transport-wide numbers', () => {
    const { stage, browser } = connected('chromium-publish');
    for (let ix = 0; ix < 40; ix++) {
      const extensions = [[TRANSPORT, Uint8Array.of(0, ix)]] as const;
      browser.send({ ssrc: SOUND, seq16: ix, payloadType: 111, payload: text('s'), extensions });
      stage.run(10);
    }
    stage.run(200);
    const told = packetsOf(browser.rtcp).filter(
      ({ type, count }) => type === RTCP.TRANSPORT_FEEDBACK && count === TRANSPORT_FEEDBACK_FORMAT.TRANSPORT_WIDE,
    );
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(told.length).toBeLessThanOrEqual(5);
    expect(told.every(({ mediaSsrc }) => mediaSsrc === SOUND)).toBe(true);
  });
});
