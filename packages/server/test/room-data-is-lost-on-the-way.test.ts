import { hasAddon } from '@madang/native';
import * as datachannel from 'node-datachannel';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalMedia } from '../src/media/index.js';
import { DataGuest, until } from './data-guest.js';
import { LossyRelay } from './lossy-relay.js';

const LOSS = 0.1;
const PATIENCE_MS = 60_000;
const SIZES = [...Array.from({ length: 24 }, (_, ix) => 1 + 97 * ix), 40_000, 17];

describe.skipIf(!hasAddon())('over lines that lose a tenth of all packets in both directions', () => {
  let media: LocalMedia;
  const closing: { close(): void }[] = [];

  beforeEach(async () => {
    media = await LocalMedia.open({ port: 0, bind: ['127.0.0.1'], announce: [] });
  });
  afterEach(() => {
    for (const each of closing.splice(0)) each.close();
    media.close();
  });
  afterAll(() => datachannel.cleanup());

  async function join(member: string, seed: number): Promise<[guest: DataGuest, relay: LossyRelay]> {
    const relay = await LossyRelay.before(media.port, seed);
    closing.push(relay);
    const guest = await DataGuest.join(media, member, { through: relay });
    closing.unshift(guest);
    return [guest, relay];
  }

  test('everything arrives whole, in its order, once', { timeout: PATIENCE_MS + 20_000 }, async () => {
    const [[ada, up], [bo, down]] = [await join('ada', 1), await join('bo', 2)];
    up.loss = LOSS;
    down.loss = LOSS;
    const sent = SIZES.map((size, ix) => Buffer.alloc(size, `${ix},`));
    for (const payload of sent) ada.say(payload);
    await until(() => bo.heard.length >= sent.length, 'all messages', PATIENCE_MS);
    expect(bo.heard.map(({ payload }, ix) => payload.equals(sent[ix]!))).toEqual(sent.map(() => true));
    const { said, passed, resent } = media.counts().data;
    expect([said, passed]).toEqual([sent.length, sent.length]);
    expect(resent).toBeGreaterThan(0);
  });
});
