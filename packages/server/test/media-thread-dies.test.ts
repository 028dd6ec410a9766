import { hasAddon } from '@madang/native';
import { VirtualTime } from '@madang/testkit';
import * as datachannel from 'node-datachannel';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { type Clock, MediaThreads } from '../src/media/index.js';
import { MediaGuest, until } from './media-guest.js';
import { MediaMember } from './media-member.js';
import { startRig } from './signal-rig.js';
import { problemOf, WhipRig } from './whip-rig.js';

const RESTART = 'a=ice-ufrag:next\r\na=ice-pwd:anotherpasswordof22chars\r\n';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => datachannel.cleanup());

async function open(threads: number, clock?: Clock): Promise<MediaThreads> {
  const media = await MediaThreads.open({ bind: ['127.0.0.1'], announce: [], port: 0 }, threads, {
    ...(clock !== undefined && { clock }),
    onCrash() {},
    onFault(error) {
      throw error;
    },
  });
  closers.push(() => media.close());
  return media;
}

/** The doors before media threads as they are. */
async function doors(threads: number, clock?: Clock) {
  const rig = new WhipRig();
  const media = await open(threads, clock);
  rig.door.serve(media);
  const enter = async (path: string) => {
    const direction = path.startsWith('/whip/') ? 'SendOnly' : 'RecvOnly';
    return rig.post(path, { body: await MediaGuest.offer(direction) });
  };
  return { rig, media, enter };
}

const place = (response: Response) => response.headers.get('location')!;
const portOf = (answer: string) => /^a=candidate:\S+ 1 udp \d+ \S+ (\d+)/m.exec(answer)?.[1];

describe.runIf(hasAddon())('when a media thread dies', () => {
  test('the sessions on it are over, their members have left, and those of another thread go on', async () => {
    const { rig, media, enter } = await doors(2);
    const { joined, heard } = await rig.join('tea');
    const [ada, bo, cy] = [
      await enter('/whip/tea?name=Ada'),
      await enter('/whep/tea?name=Bo'),
      await enter('/whip/coffee'),
    ];
    expect(media.loads().map(({ connections }) => connections)).toEqual([2, 1]);
    await media.threads[0]!.crash();
    const left = () =>
      heard.filter((message) => message.type === 'event' && message.event.type === 'member-left').length;
    await until(() => left() === 2);
    expect((await rig.members(joined.self)).map(({ name }) => name)).toEqual(['Host']);
    for (const over of [ada, bo]) {
      expect(await problemOf(await rig.ask(place(over), { method: 'DELETE' }))).toBe('404 session_not_found');
    }
    const restarted = await rig.patch(place(cy), RESTART, { 'if-match': '*' });
    expect(restarted.status).toBe(200);
    expect(media.loads().map(({ connections }) => connections)).toEqual([0, 1]);
  });

  test('its rooms are opened anew on another one at once', async () => {
    const { media, enter } = await doors(2);
    await enter('/whip/tea');
    const { port } = media.threads[1]!;
    await media.threads[0]!.crash();
    const again = await enter('/whip/tea');
    expect(again.status).toBe(201);
    expect(portOf(await again.text())).toBe(String(port));
  });

  test('and it is the only one, newcomers wait for it, and come by the same port', async () => {
    // However long it takes on a busy machine.
    const { media, enter } = await doors(1, new VirtualTime());
    const first = portOf(await (await enter('/whip/tea')).text());
    await media.threads[0]!.crash();
    const again = await enter('/whip/tea');
    expect(again.status).toBe(201);
    expect(portOf(await again.text())).toBe(first);
  });

  test('and it is the only one, and keeps dying, newcomers are told when to come again', async () => {
    const { rig, media } = await doors(1, new VirtualTime());
    const body = await MediaGuest.offer('SendOnly');
    await media.threads[0]!.crash();
    await until(() => media.threads[0]!.isRunning);
    await media.threads[0]!.crash();
    const refused = await rig.post('/whip/tea', { body });
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await problemOf(refused)).toBe('503 no_media');
  });

  test('members give what they gave under the names that it had, nobody is told otherwise, and what is muted stays so', async () => {
    const media = await open(1);
    const rig = await startRig({ media, limits: { modes: ['sfu'] } });
    closers.push(() => rig.stop());
    const enter = async (name: string) => {
      const member = await MediaMember.join(rig, name);
      closers.push(() => member.leave());
      return member;
    };
    const [ada, bo, cy] = [await enter('Ada'), await enter('Bo'), await enter('Cy')];
    const [adas, bos] = [await ada.publish(), await bo.publish()];
    await ada.client.ask('mute', { member: bo.id, source: 'microphone' });
    const tracksTold = (id: string) =>
      cy
        .eventsOf('member-changed')
        .flatMap(({ member }) => (member.id === id ? [member.tracks?.map((track) => track.id).join() ?? ''] : []));
    await until(() => tracksTold(bo.id).length === 2);
    await media.threads[0]!.crash();
    for (const member of [ada, bo]) await until(() => member.eventsOf('media-ended').length === 1);

    const wants = [adas, bos].map((track) => ({ track }));
    expect((await cy.client.request('subscribe', { generation: 1, tracks: wants })).sections).toEqual([]);
    expect([await ada.publish(2), await bo.publish(2)]).toEqual([adas, bos]);
    expect(tracksTold(ada.id)).toEqual([adas, adas]);
    expect(tracksTold(bo.id)).toEqual([bos, bos, bos]);
    const again = await cy.subscribe([adas, bos], 2);
    await until(() => cy.count(again.get(adas)) > 20);
    expect(cy.count(again.get(bos))).toBe(0);
  });
});
