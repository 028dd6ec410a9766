import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { hasAddon } from '@madang/native';
import { VirtualTime } from '@madang/testkit';
import * as datachannel from 'node-datachannel';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
  LocalMedia,
  MediaListenError,
  MediaThreads,
  SpareThread,
  type ThreadDeath,
  WorkerMedia,
} from '../src/media/index.js';
import { MediaGuest, until } from './media-guest.js';
import { mediaPortContract } from './media-port-contract.js';
import { MediaSubscriber } from './media-subscriber.js';

const PLACE = { bind: ['127.0.0.1'], announce: [], port: 0 };
const crashes: ThreadDeath[] = [];
const returns: number[] = [];
const faults: Error[] = [];
const OPTIONS = {
  onCrash: (death: ThreadDeath) => crashes.push(death),
  onReturn: (port: number) => returns.push(port),
  onFault: (error: Error) => faults.push(error),
};

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  crashes.length = 0;
  returns.length = 0;
  faults.length = 0;
});
afterAll(() => datachannel.cleanup());

describe.runIf(hasAddon())('media in this thread', () => {
  mediaPortContract(async () => {
    const port = await LocalMedia.open(PLACE, OPTIONS);
    return { port, faults, stop: async () => port.close() };
  });

  test('answers name its port for UDP and for TCP, and there whoever speaks no ICE is sent away', async () => {
    const media = await LocalMedia.open(PLACE);
    closers.push(() => media.close());
    const offer = await MediaGuest.offer('SendOnly');
    const reply = await media.command({ type: 'publish', connection: 'x', room: 'tea', member: 'cy', offer });
    if (!reply.ok) throw new Error(reply.detail);
    const candidates = [...reply.answer.matchAll(/^a=candidate:\S+ 1 (udp|tcp) \d+ (\S+) (\d+) typ host(.*?)\r?$/gm)];
    expect(candidates.map(([, ...fields]) => fields)).toEqual([
      ['udp', '127.0.0.1', String(media.port), ''],
      ['tcp', '127.0.0.1', String(media.port), ' tcptype passive'],
    ]);
    const socket = connect(media.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await once(
      socket.on('error', () => {}),
      'close',
    );
    expect(media.planeCounts()).toMatchObject({ connectionsAccepted: 1, connectionsForeign: 1, connectionsOpen: 0 });
  });

  test('a port that is free for UDP alone is not taken, and told', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    closers.push(() => holder.close());
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const error = await LocalMedia.open({ ...PLACE, port }).catch((reason: unknown) => reason);
    expect((error as MediaListenError).where).toMatchObject({ transport: 'TCP', port, code: 'EADDRINUSE' });
  });
});

describe.runIf(hasAddon())('media in a thread of its own', () => {
  test('forwards the sound of as many members as it is told to', async () => {
    const media = await WorkerMedia.open({ ...PLACE, lastN: 1 }, OPTIONS);
    closers.push(() => media.close());
    const speak = { tellsLevel: true };
    const guests = [
      await MediaGuest.publish(media, 'tea', 'ada', speak),
      await MediaGuest.publish(media, 'tea', 'bo', speak),
    ];
    const eve = new MediaSubscriber(media, 'tea');
    closers.push(...guests.map((guest) => () => guest.leave()), () => eve.leave());
    const [first, second] = guests.map(({ trackId }) => trackId) as [string, string];
    await eve.want([first, second]);
    await until(() => eve.count(first) > 20);
    expect(eve.count(second)).toBe(0);
    guests[0]!.leave();
    await guests[0]!.hangUp();
    await until(() => eve.count(second) > 20);
  });

  mediaPortContract(async () => {
    const port = await WorkerMedia.open(PLACE, OPTIONS);
    return { port, faults, stop: () => port.close() };
  });

  test('a thread that dies takes its connections with it, and comes again on its port', async () => {
    const media = await WorkerMedia.open(PLACE, OPTIONS);
    closers.push(() => media.close());
    const { port } = media;
    const closed: unknown[] = [];
    media.listen((event) => event.type === 'closed' && closed.push(event));
    const ada = await MediaGuest.publish(media, 'tea');
    closers.push(() => ada.leave());
    const offer = await MediaGuest.offer('SendOnly');
    const death = media.crash();
    const waiting = media.command({ type: 'publish', connection: 'x', room: 'tea', member: 'cy', offer });
    await death;
    expect(await waiting).toMatchObject({ ok: false, code: 'unavailable' });
    await until(() => closed.length > 0);
    expect(closed).toEqual([{ type: 'closed', connection: ada.connection, reason: 'thread' }]);
    expect(crashes).toEqual([{ port, error: expect.any(Error), connections: 1, againInMs: expect.any(Number) }]);
    await until(() => media.isRunning);
    expect(media.port).toBe(port);
    expect(returns).toEqual([port]);
    expect(media.deaths).toBe(1);
    const bo = await MediaGuest.publish(media, 'tea');
    closers.push(() => bo.leave());
  });

  test('a port that is taken is told with its address', async () => {
    const media = await WorkerMedia.open(PLACE, OPTIONS);
    closers.push(() => media.close());
    const error = await WorkerMedia.open({ ...PLACE, port: media.port }, OPTIONS).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MediaListenError);
    const where = { transport: 'UDP', address: '127.0.0.1', port: media.port, code: 'EADDRINUSE' };
    expect((error as MediaListenError).where).toEqual(where);
  });
});

describe.runIf(hasAddon())('media in several threads', () => {
  mediaPortContract(async () => {
    const port = await MediaThreads.open(PLACE, 2, OPTIONS);
    return { port, faults, stop: () => port.close() };
  });

  test('rooms go to the least loaded thread, and stay there while anybody is in them', async () => {
    const media = await MediaThreads.open(PLACE, 2, OPTIONS);
    closers.push(() => media.close());
    const enter = async (room: string) => {
      const guest = await MediaGuest.view(media, room);
      closers.push(() => guest.leave());
      return guest;
    };
    const tea = await enter('tea');
    await enter('coffee');
    await enter('tea');
    await enter('milk');
    expect(media.loads()).toEqual([
      { connections: 2, rooms: 1 },
      { connections: 2, rooms: 2 },
    ]);
    await tea.hangUp();
    await enter('water');
    expect(media.loads()).toEqual([
      { connections: 2, rooms: 2 },
      { connections: 2, rooms: 2 },
    ]);
  });

  test('the death of one thread is felt on no other', async () => {
    const media = await MediaThreads.open(PLACE, 2, OPTIONS);
    closers.push(() => media.close());
    const [ada, bo] = [await MediaGuest.publish(media, 'tea'), await MediaGuest.publish(media, 'coffee')];
    const [cy, di] = [await MediaGuest.view(media, 'tea'), await MediaGuest.view(media, 'coffee')];
    for (const guest of [ada, bo, cy, di]) closers.push(() => guest.leave());
    const closed: string[] = [];
    media.listen((event) => event.type === 'closed' && closed.push(event.connection));
    await media.threads[0]!.crash();
    await until(() => closed.length === 2);
    expect(closed).toEqual([ada.connection, cy.connection]);
    const before = di.sounds.length;
    await until(() => di.sounds.length > before + 5);
    // The room is opened anew where there is a thread.
    const again = await MediaGuest.view(media, 'tea');
    closers.push(() => again.leave());
    expect(media.loads()[1]).toEqual({ connections: 3, rooms: 2 });
  });

  test('there is one in reserve when somebody has a call to lose, and takes the place of a thread that dies', async () => {
    const clock = new VirtualTime();
    const spare = new SpareThread(clock);
    const media = await MediaThreads.open(PLACE, 1, { ...OPTIONS, spare, clock });
    closers.push(() => media.close());
    expect(spare.isLoaded).toBe(false);
    const { port } = media.threads[0]!;
    const ada = await MediaGuest.publish(media, 'tea');
    closers.push(() => ada.leave());
    clock.advance(3_000);
    expect(spare.isLoaded).toBe(true);
    await media.threads[0]!.crash();
    expect(spare.isLoaded).toBe(false);
    // Whoever comes meanwhile is let in when it is there.
    const bo = await MediaGuest.publish(media, 'tea');
    closers.push(() => bo.leave());
    expect(returns).toEqual([port]);
    clock.advance(3_000);
    expect(spare.isLoaded).toBe(true);
  });

  test('a system that gives no more threads is asked again when the next one has a call to lose', () => {
    const clock = new VirtualTime();
    let asked = 0;
    const spare = new SpareThread(clock, () => {
      asked++;
      throw new Error('EAGAIN');
    });
    for (const times of [1, 2]) {
      spare.keep();
      clock.advance(3_000);
      expect([asked, spare.isLoaded, spare.take()]).toEqual([times, false, null]);
    }
  });

  test('whoever hangs up while waiting for a thread is not let in', async () => {
    const media = await MediaThreads.open(PLACE, 1, OPTIONS);
    closers.push(() => media.close());
    const offer = await MediaGuest.offer('SendOnly');
    await media.threads[0]!.crash();
    const x = { connection: 'x', room: 'tea', member: 'ada', offer } as const;
    const entering = media.command({ type: 'publish', ...x });
    expect(await media.command({ type: 'publish', ...x })).toMatchObject({ ok: false, code: 'connection_exists' });
    expect(await media.command({ type: 'hang-up', connection: 'x' })).toEqual({ ok: true });
    expect(await entering).toMatchObject({ ok: false, code: 'unknown_connection' });
    await until(() => media.threads[0]!.isRunning);
    expect(media.loads()).toEqual([{ connections: 0, rooms: 0 }]);
    expect(await media.command({ type: 'publish', ...x })).toMatchObject({ ok: true });
  });

  test('whoever comes while the only thread keeps dying is not kept waiting', async () => {
    const clock = new VirtualTime();
    const media = await MediaThreads.open(PLACE, 1, { ...OPTIONS, clock });
    closers.push(() => media.close());
    const [thread] = media.threads;
    await thread!.crash();
    await until(() => thread!.isRunning);
    await thread!.crash();
    const offer = await MediaGuest.offer('SendOnly');
    const reply = await media.command({ type: 'publish', connection: 'x', room: 'tea', member: 'ada', offer });
    expect(reply).toMatchObject({ ok: false, code: 'unavailable' });
    clock.advance(crashes.at(-1)!.againInMs);
    await until(() => thread!.isRunning);
  });

  test('without a thread nobody is taken', async () => {
    const media = new MediaThreads([]);
    const offer = await MediaGuest.offer('RecvOnly');
    const reply = await media.command({ type: 'view', connection: 'x', room: 'tea', member: 'a', wish: {}, offer });
    expect(reply).toMatchObject({ ok: false, code: 'unavailable' });
  });
});
