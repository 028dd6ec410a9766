import { setTimeout as sleep } from 'node:timers/promises';
import { hasAddon } from '@madang/native';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rtpPacket } from '../../engine/src/rtp/index.js';
import { INTERFRAME, KEYFRAME } from '../../engine/test/peer/connect.js';
import type { FakeBrowser } from '../../engine/test/peer/fake-browser.js';
import { AttackedRoom } from './attacked-room.js';
import { Bridge } from './bridge.js';

/** Of the recording. */
const PICTURE = 2374643973;
const CALLS = 25;
const PER_BURST = 40;
const FORGERIES = 20_000;

/** A ClientHello that offers suites without encryption alone (RFC 6347 §4.2, RFC 5246 A.5), in the first record. */
function nullHello(): Buffer {
  const suites = [0x00, 0x00, 0x00, 0x01, 0x00, 0x02, 0x00, 0x3b];
  // Version, random, no session, no cookie, the suites, no compression.
  const body = [0xfe, 0xfd, ...Array<number>(32).fill(7), 0, 0, 0, suites.length, ...suites, 1, 0];
  const length = [0, 0, body.length];
  const message = [1, ...length, 0, 0, 0, 0, 0, ...length, ...body];
  return Buffer.from([22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, message.length, ...message]);
}

/** A fragment of a ClientHello of `total` bytes, said to begin at `offset` (RFC 6347 §4.2.3). */
function helloFragment(number: number, total: number, offset: number, body: Uint8Array): Buffer {
  const u24 = (value: number) => [value >> 16, (value >> 8) & 0xff, value & 0xff];
  const message = [1, ...u24(total), 0, 0, ...u24(offset), ...u24(body.length), ...body];
  const record = [22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, number >> 8, number & 0xff];
  return Buffer.from([...record, message.length >> 8, message.length & 0xff, ...message]);
}

describe.skipIf(!hasAddon())('a room on a real port', () => {
  let room: AttackedRoom;
  let seq16 = 0;

  beforeEach(async () => {
    room = await AttackedRoom.open();
  });
  afterEach(() => room.close());

  /** Frames of the publisher, the first a keyframe; resolves when the viewer has one more of each. */
  async function seen(publisher: FakeBrowser, viewer: FakeBrowser, frames = 5): Promise<void> {
    const before = viewer.rtp.length;
    for (let frame = 0; frame < frames; frame++) {
      const payload = frame === 0 ? KEYFRAME : INTERFRAME;
      publisher.send({ ssrc: PICTURE, seq16: seq16++, payloadType: 96, payload, rtpTs: seq16 * 3000, marker: true });
    }
    await room.until(() => viewer.rtp.length === before + frames);
  }

  async function call() {
    const publisher = await room.connected('publish', 'anna');
    const viewer = await room.connected('view', 'eve');
    await seen(publisher.browser, viewer.browser);
    return { publisher: publisher.browser, viewer: viewer.browser };
  }

  test('every call connects while a stranger sprays hellos without encryption, and he is not answered', async () => {
    const stranger = await room.stranger();
    const hello = nullHello();
    const spray = setInterval(() => {
      for (let count = 0; count < PER_BURST; count++) stranger.send(hello, room.port);
    }, 2);
    try {
      for (let nth = 0; nth < CALLS; nth++) await room.connected('publish', `guest-${nth}`);
    } finally {
      clearInterval(spray);
    }
    expect(room.events.filter(({ type }) => type === 'connected')).toHaveLength(CALLS);
    expect(room.events.filter(({ type }) => type === 'closed')).toEqual([]);
    expect(stranger.heard).toEqual([]);
    expect(room.counts().rxDtlsUnproven).toBeGreaterThan(CALLS * PER_BURST);
  });

  test.each([
    ['of no length', (nth: number) => helloFragment(nth, 100, nth % 100, new Uint8Array(0))],
    [
      'of a hello of sixteen megabytes',
      (nth: number) => helloFragment(nth, 0xff_ffff, nth * 1_000, new Uint8Array(1_000)),
    ],
    [
      'of a hello that never ends',
      (nth: number) => helloFragment(nth, 60_000, (nth * 1_000) % 59_000, new Uint8Array(1)),
    ],
  ])('handshake fragments %s take no memory of the room, and the next guest is let in', async (_name, fragment) => {
    const { browser } = room.guest('publish', 'mallory');
    browser.check();
    await room.until(() => browser.answers.length > 0);
    const before = process.memoryUsage().rss;
    for (let nth = 0; nth < 3_000; nth++) {
      browser.plain(fragment(nth));
      if (nth % 100 === 0) await sleep(1);
    }
    await room.connected('publish', 'anna');
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('media and reports of a stranger bring him no byte, and change nothing of what is forwarded', async () => {
    const { publisher, viewer } = await call();
    const stranger = await room.stranger();
    const before = viewer.rtp.length;
    const forged = rtpPacket({ payloadType: 96, seq16, rtpTs: 0, ssrc: PICTURE, payload: KEYFRAME });
    for (let count = 0; count < 5_000; count++) {
      forged[3] = count;
      stranger.send(forged, room.port);
      if (count % 100 === 0) await sleep(1);
    }
    expect(viewer.rtp.length).toBe(before);
    await seen(publisher, viewer);
    expect(stranger.heard).toEqual([]);
  });

  test('forged packets from where a guest is are dropped and counted, and the call goes on', async () => {
    const { publisher, viewer } = await call();
    for (let count = 0; count < FORGERIES; count++) {
      const number = (seq16 + count) & 0xffff;
      const payload = new Uint8Array(40).fill(count);
      publisher.plain(rtpPacket({ payloadType: 96, seq16: number, rtpTs: count, ssrc: PICTURE, payload }));
      if (count % 200 === 0) await sleep(1);
    }
    await room.until(() => room.counts().rxSrtpAuthentication >= FORGERIES * 0.9);
    expect(room.events.filter(({ type }) => type === 'closed')).toEqual([]);
    await seen(publisher, viewer);
  });

  test('datagrams of every size, from a stranger and from where a guest is, are nothing', async () => {
    const { publisher, viewer } = await call();
    const stranger = await room.stranger();
    const sizes = [0, 1, 2, 3, 4, 11, 12, 19, 20, 100, 1_499, 1_500, 1_501, 2_048, 2_049, 9_000, 65_507];
    for (const size of sizes) {
      for (const first of [0x00, 0x16, 0x20, 0x40, 0x80, 0xb0, 0xff]) {
        const bytes = new Uint8Array(size).fill(first);
        stranger.send(bytes, room.port);
        if (size > 0 && size <= 1_500) publisher.plain(bytes);
      }
      await sleep(1);
    }
    await room.until(() => room.counts().rxTooLong > 0 && room.counts().rxEmpty > 0);
    await seen(publisher, viewer);
    expect(stranger.heard).toEqual([]);
  });

  test('packets that come three times, late, or not at all are forwarded once or never, over the end of the numbers', async () => {
    const bridge = await Bridge.open(room.port);
    try {
      const { browser: publisher } = await room.connected('publish', 'anna', bridge.port);
      const { browser: viewer } = await room.connected('view', 'eve');
      const kept: Buffer[] = [];
      let nth = 0;
      bridge.up = (bytes) => {
        if (bytes[0]! < 0x80 || ++nth % 5 === 0) return bytes[0]! < 0x80 ? [bytes] : [];
        kept.push(bytes);
        return [bytes, bytes, kept[Math.max(0, kept.length - 4)]!];
      };
      for (let count = 0; count < 200; count++) {
        const payload = Uint8Array.of(...(count === 0 ? KEYFRAME : INTERFRAME), count);
        publisher.send({ ssrc: PICTURE, seq16: 65_450 + count, payloadType: 96, payload, rtpTs: count, marker: true });
        if (count % 10 === 9) await sleep(2);
      }
      await room.until(() => viewer.rtp.length >= 160);
      await sleep(50);
      const marks = viewer.rtp.map((packet) => packet.at(-1)!);
      expect(marks).toEqual(Array.from({ length: 200 }, (_, ix) => ix).filter((ix) => ix % 5 !== 4));
      expect(room.counts().rxSrtpReplayed).toBeGreaterThanOrEqual(300);
    } finally {
      bridge.close();
    }
  });

  test.each(['actpass', 'passive'])(
    'to one who offers %s nothing goes before a signed check, and then its answer first',
    async (setup) => {
      const bridge = await Bridge.open(room.port);
      try {
        const { browser } = room.guest('publish', 'anna', { by: bridge.port, setup });
        browser.usePath();
        browser.check({ pwd: 'guessedPasswordOf24Chars' });
        browser.plain(rtpPacket({ payloadType: 96, seq16: 1, rtpTs: 1, ssrc: PICTURE, payload: KEYFRAME }));
        await sleep(200);
        expect(bridge.down).toEqual([]);
        browser.check();
        await room.until(() => room.events.some(({ type }) => type === 'connected'));
        expect(bridge.down[0]!.subarray(0, 2)).toEqual(Buffer.from([0x01, 0x01]));
        expect(bridge.down.some((bytes) => bytes[0] === 22)).toBe(true);
      } finally {
        bridge.close();
      }
    },
  );
});
