import { hasAddon } from '@madang/native';
import * as datachannel from 'node-datachannel';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FRAME } from '../../engine/src/router/data-frame.js';
import { LocalMedia } from '../src/media/index.js';
import { DataGuest, until } from './data-guest.js';

const text = (value: string) => new TextEncoder().encode(value);

describe.skipIf(!hasAddon())('members with the data channels of libdatachannel', () => {
  let media: LocalMedia;
  const guests: DataGuest[] = [];

  beforeEach(async () => {
    media = await LocalMedia.open({ port: 0, bind: ['127.0.0.1'], announce: [] });
  });
  afterEach(() => {
    for (const guest of guests.splice(0)) guest.close();
    media.close();
  });
  afterAll(() => datachannel.cleanup());

  async function join(...args: Parameters<typeof DataGuest.join> extends [infer _, ...infer R] ? R : never) {
    const guest = await DataGuest.join(media, ...args);
    guests.push(guest);
    return guest;
  }

  test('what one says to all, all others hear, with the name that the server knows', async () => {
    const [ada, bo, cy] = [await join('ada'), await join('bo'), await join('cy')];
    ada.say(text('to all'));
    ada.say(text('to cy'), 'cy');
    await until(() => cy.heard.length === 2 && bo.heard.length === 1, 'both hear');
    const heard = { type: FRAME.BYTES, member: 'ada' };
    expect(bo.heard).toEqual([{ ...heard, payload: Buffer.from('to all') }]);
    expect(cy.heard).toEqual(['to all', 'to cy'].map((payload) => ({ ...heard, payload: Buffer.from(payload) })));
    ada.say(text('hello?'), 'nobody');
    await until(() => ada.heard.length === 1, 'an answer');
    expect(ada.heard[0]).toMatchObject({ type: FRAME.NOBODY, member: 'nobody' });
  });

  test('2,000 messages in a burst, in their order', async () => {
    const [ada, bo] = [await join('ada'), await join('bo')];
    for (let ix = 0; ix < 2_000; ix++) ada.say(text(`message ${ix}`));
    await until(() => bo.heard.length === 2_000, 'all messages');
    expect(bo.heard.map(({ payload }) => payload.toString())).toEqual(
      Array.from({ length: 2_000 }, (_, ix) => `message ${ix}`),
    );
  });

  test('messages of 256 KiB with what stands in front of them', async () => {
    const [ada, bo] = [await join('ada'), await join('bo')];
    const sent = [1, 2, 3].map((mark) => Buffer.alloc(262_144 - 5, mark));
    for (const payload of sent) ada.say(payload);
    await until(() => bo.heard.length === sent.length, 'all three');
    expect(bo.heard.map(({ payload }, ix) => payload.equals(sent[ix]!))).toEqual([true, true, true]);
  });
});
