import { hasAddon } from '@madang/native';
import * as datachannel from 'node-datachannel';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FRAME } from '../../engine/src/router/data-frame.js';
import { LocalMedia } from '../src/media/index.js';
import { DataGuest, type Heard, until } from './data-guest.js';
import { LossyRelay } from './lossy-relay.js';

const MIB = 1_048_576;
const MESSAGE_BYTES = 4_096;
const COUNT = 8_000;
const PATIENCE_MS = 60_000;
/** What libdatachannel keeps of messages that nobody takes, before it tells its SCTP no more room. */
const KEPT_MESSAGES = 1_024;
/** What the server holds for one member: 1 MiB that waits and, beside it, what is under way to libdatachannel's window. */
const MOST_HELD_BYTES = 3 * MIB;

const message = (ix: number): Buffer => {
  const bytes = Buffer.alloc(MESSAGE_BYTES, ix & 0xff);
  bytes.writeUInt32BE(ix);
  return bytes;
};
const numbers = (heard: readonly Heard[]): number[] =>
  heard.filter(({ type }) => type === FRAME.BYTES).map(({ payload }) => payload.readUInt32BE());
const notices = (heard: readonly Heard[]): number[] =>
  heard.filter(({ member }) => member === 'slow').map(({ type }) => type);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, ix) => ix);

describe.skipIf(!hasAddon())('more is said than one member takes', () => {
  let media: LocalMedia;
  const closing: { close(): void }[] = [];

  beforeEach(async () => {
    media = await LocalMedia.open({ port: 0, bind: ['127.0.0.1'], announce: [] });
  });
  afterEach(() => {
    for (const each of closing.splice(0).reverse()) each.close();
    media.close();
  });
  afterAll(() => datachannel.cleanup());

  async function join(member: string, options: Parameters<typeof DataGuest.join>[2] = {}): Promise<DataGuest> {
    const guest = await DataGuest.join(media, member, options);
    closing.push(guest);
    return guest;
  }

  /**
   * Ada says 31 MiB to all while `slow` takes nothing: the others hear all of it, and Ada is told that `slow` is full. Then it takes
   * what comes: what was passed on to it, with no more holes than Ada was told of, and what is said when there is room again.
   */
  async function saysMore(slow: DataGuest, takesAgain: () => void, keptBytes: number): Promise<void> {
    const [ada, bo, cy] = [await join('ada'), await join('bo'), await join('cy')];
    const begun = performance.now();
    for (let ix = 0; ix < COUNT; ix++) ada.say(message(ix));
    await until(() => [bo, cy].every(({ heard }) => heard.length >= COUNT), 'the others hear all', PATIENCE_MS);
    const seconds = (performance.now() - begun) / 1_000;
    for (const { heard } of [bo, cy]) expect(numbers(heard)).toEqual(upTo(COUNT));
    await until(() => notices(ada.heard).at(-1) === FRAME.FULL, 'to be told', PATIENCE_MS);
    const { passed, unheard } = media.counts().data;
    const meant = passed - 2 * COUNT;
    expect(meant + unheard.full).toBe(COUNT);
    console.log(
      `two heard ${((COUNT * MESSAGE_BYTES) / MIB).toFixed(0)} MiB each in ${seconds.toFixed(1)} s; ` +
        `${((meant * MESSAGE_BYTES) / MIB).toFixed(1)} MiB were taken on for one that took nothing`,
    );
    expect(meant * MESSAGE_BYTES).toBeLessThan(keptBytes + MOST_HELD_BYTES);

    takesAgain();
    await until(() => notices(ada.heard).at(-1) === FRAME.ROOM, 'room again', PATIENCE_MS);
    ada.say(message(COUNT));
    await until(() => slow.heard.length > meant, 'what was passed on, and what was said then', PATIENCE_MS);
    const told = notices(ada.heard);
    expect(told).toEqual(told.map((_, ix) => (ix % 2 === 0 ? FRAME.FULL : FRAME.ROOM)));
    // What libdatachannel has kept and what comes meanwhile it hands over by two threads, so not in order.
    const got = numbers(slow.heard).sort((a, b) => a - b);
    expect([got[0], got.at(-1), got.length]).toEqual([0, COUNT, meant + 1]);
    const steps = got.slice(1).map((number, ix) => number - got[ix]!);
    expect(Math.min(...steps)).toBe(1);
    expect(steps.filter((step) => step > 1).length).toBeLessThanOrEqual(told.length / 2);
  }

  test('one whose window is closed since nobody reads there holds up nobody, and misses what it is known to', {
    timeout: 3 * PATIENCE_MS,
  }, async () => {
    const slow = await join('slow', { reads: false });
    await saysMore(slow, () => slow.read(), KEPT_MESSAGES * MESSAGE_BYTES);
  });

  test('the same holds for one whose line is dead meanwhile', { timeout: 3 * PATIENCE_MS }, async () => {
    const relay = await LossyRelay.before(media.port, 1);
    closing.push(relay);
    const slow = await join('slow', { through: relay });
    relay.loss = 1;
    await saysMore(slow, () => (relay.loss = 0), 0);
  });
});
