import { SeededRandom } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import { PAIR } from '../src/data/pair-frame.js';
import { DataRoom } from './data-room.js';
import { RawMember } from './raw-member.js';
import { straightChannels } from './straight-channels.js';

const KIB = 1_024;
const MIB = 1_048_576;

const bytes = (size: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: size }, (_, ix) => ix * 31 + (ix >> 8));

describe('data through the media server', () => {
  it('brings messages of every size to all others, whoever came first, and says when they are there', async () => {
    const room = new DataRoom();
    const [ann] = [room.enter('ann'), room.enter('bob')];
    const all = Promise.all([ann!.send('one'), ann!.send(bytes(3 * MIB)), ann!.send('two', { to: 'bob' })]);
    await room.pass(1_000);
    room.enter('cho');
    await room.pass(500);
    await all;
    await Promise.all([ann!.send('three'), room.pass(500)]);
    expect(room.heard('bob').filter((data) => typeof data === 'string')).toEqual(['one', 'two', 'three']);
    const [long] = room.heard('bob').filter((data) => data instanceof ArrayBuffer);
    expect(Buffer.compare(new Uint8Array(long as ArrayBuffer), bytes(3 * MIB))).toBe(0);
    expect(room.heard('cho')).toEqual(['three']);
    expect(room.server.thrownAway).toBe(0);
  });

  it('lets a viewer hear and take files, and nobody hear a viewer', async () => {
    const room = new DataRoom();
    const viewers = ['vic'];
    const [ann, vic] = [room.enter('ann', viewers), room.enter('vic', viewers)];
    await room.pass(500);
    await Promise.all([ann.send('x'), room.pass(500)]);
    expect(room.heard('vic')).toEqual(['x']);
    await expect(vic.send('y')).rejects.toMatchObject({ code: 'forbidden' });
    expect(() => vic.sendFile(new Blob(['y']), { to: 'ann' })).toThrow(expect.objectContaining({ code: 'forbidden' }));
    const sent = ann.sendFile(new Blob([bytes(2 * MIB)]), { to: 'vic' });
    await room.until(() => sent.isOver);
    expect([sent.state, room.ended('vic').map(({ state }) => state)]).toEqual(['done', ['done']]);
    expect(room.heard('ann')).toEqual([]);
  });

  it('has three send more than the server keeps for one who reads slowly, and loses nothing; a fourth is not held up', async () => {
    const room = new DataRoom();
    room.server.rates.set('slow', 300);
    const senders = ['ann', 'bob', 'cho'].map((name) => room.enter(name));
    room.enter('slow');
    room.enter('dan');
    await room.pass(500);
    const sent = senders.flatMap((sender) =>
      ['slow', 'dan'].map((to) => sender.sendFile(new Blob([bytes(4 * MIB)]), { to })),
    );
    await room.until(() => sent.every((transfer, ix) => ix % 2 === 0 || transfer.state === 'done'), 20_000);
    expect(sent.filter(({ state }) => state === 'done')).toHaveLength(3);
    await room.until(() => sent.every(({ isOver }) => isOver));
    expect(sent.map(({ state }) => state)).toEqual(Array(6).fill('done'));
    expect(room.server.thrownAway).toBeGreaterThan(0);
    expect(room.server.mostWaiting).toBeLessThan(1.2 * MIB);
  });

  it.each([1, 2, 3])('loses nothing and brings nothing twice while connections come and go (seed %i)', async (seed) => {
    const room = new DataRoom();
    const random = new SeededRandom(seed);
    const names = ['ann', 'bob', 'cho'];
    const exchanges = names.map((name) => room.enter(name));
    room.server.rates.set('cho', 1_000);
    room.server.queueBytes = 256 * KIB;
    await room.pass(500);
    const expected = new Map<string, string[]>(names.map((name) => [name, []]));
    const sends: Promise<void>[] = [];
    const files = exchanges.map((from, ix) => from.sendFile(new Blob([bytes(6 * MIB)]), { to: names[(ix + 1) % 3]! }));
    for (let round = 0; round < 60; round += 1) {
      const ix = random.below(3);
      const to = names[(ix + 1 + random.below(2)) % 3]!;
      const text = `${round} ${'x'.repeat(random.chance(0.2) ? 40_000 : 10)}`;
      expected.get(to)!.push(text);
      sends.push(exchanges[ix]!.send(text, { to }));
      const name = names[random.below(3)]!;
      if (random.chance(0.2)) room.connect(name);
      if (random.chance(0.1)) {
        room.disconnect(name);
        await room.pass(random.below(3_000));
        room.connect(name);
      }
      await room.pass(random.below(200));
    }
    await room.until(() => files.every(({ isOver }) => isOver));
    await Promise.all([Promise.all(sends), room.pass(60_000)]);
    expect(files.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    for (const name of names) expect(room.heard(name).toSorted()).toEqual(expected.get(name)!.toSorted());
  });

  it.each([0, 1_000, 3_000])(
    'goes straight when the call does, though one of the two gets there %i ms later',
    async (lagMs) => {
      const room = new DataRoom();
      const [ann, bob] = [room.enter('ann'), room.enter('bob')];
      await room.pass(500);
      const sends = [ann.send('by the server')];
      for (const { relay } of [ann, bob]) relay.leave();
      const ends = straightChannels(room.time, lagMs);
      const links = [ann.link('bob'), bob.link('ann')];
      for (const [ix, link] of links.entries()) {
        link.hold('straight');
        link.attend(ends[ix]!);
      }
      links[0]!.open();
      for (const round of [1, 2, 3, 4, 5]) {
        sends.push(ann.send(`ann ${round}`), bob.send(`bob ${round}`));
        await room.pass(300);
      }
      await room.pass(lagMs + 2_000);
      for (const { relay } of [ann, bob]) relay.clear();
      sends.push(ann.send('straight'), bob.send('straight'));
      await Promise.all([Promise.all(sends), room.pass(lagMs + 2_000)]);
      const each = (name: string): string[] => [1, 2, 3, 4, 5].map((round) => `${name} ${round}`);
      expect(room.heard('bob')).toEqual(['by the server', ...each('ann'), 'straight']);
      expect(room.heard('ann')).toEqual([...each('bob'), 'straight']);
    },
  );

  it('says so when a member has no lanes', async () => {
    const room = new DataRoom();
    const ann = room.enter('ann');
    ann.relay.meet('old', false);
    const sent = ann.send('x');
    const refused = expect(sent).rejects.toMatchObject({ code: 'no_data_channel' });
    await room.pass(25_000);
    await refused;
  });

  it('keeps its lanes, and who else is met there, whatever one member asks while nothing leaves', async () => {
    const room = new DataRoom();
    const ann = room.enter('ann');
    room.enter('bob');
    ann.relay.meet('mal', false);
    const mal = new RawMember(room.server, 'mal');
    await room.pass(500);
    const control = room.lane('ann', 'control');
    control.bufferedAmount = 300_000;
    for (let number = 1; number <= 10_000; number += 1) {
      mal.say('ann', PAIR.CALL, { own: number % 2, other: 0, number: 0 });
      mal.say('ann', PAIR.ASK, { own: mal.own, other: mal.other, number });
      mal.say('ann', PAIR.ASK, { own: 9, other: 9, number });
    }
    await room.pass(500);
    control.bufferedAmount = 0;
    control.onbufferedamountlow?.();
    await Promise.all([ann.send('x', { to: 'bob' }), room.pass(500)]);
    expect(room.heard('bob')).toEqual(['x']);
  });

  it('refuses what the other side takes no message of, and goes on with what is shorter', async () => {
    const room = new DataRoom();
    const [ann] = [room.enter('ann'), room.enter('bob')];
    room.server.lengths.set('bob', 40_000);
    await room.pass(500);
    const long = expect(ann.send(bytes(MIB))).rejects.toMatchObject({ code: 'no_data_channel' });
    await room.pass(500);
    await long;
    await room.pass(10_000);
    await Promise.all([ann.send('short'), room.pass(500)]);
    expect(room.heard('bob')).toEqual(['short']);
  });

  it('tells who asks about what nobody has agreed on that it is over', async () => {
    const room = new DataRoom();
    room.enter('ann').relay.meet('mal', false);
    const mal = new RawMember(room.server, 'mal');
    await room.pass(500);
    mal.say('ann', PAIR.ASK, { own: 5, other: 6, number: 1 });
    await room.pass(100);
    const byes = mal.heard.filter(({ kind }) => kind === PAIR.BYE).map(({ own, other }) => [own, other]);
    expect(byes).toEqual([[6, 5]]);
    expect(mal.meetings).toBe(1);
  });

  it('meets more and more rarely who breaks it off each time', async () => {
    const room = new DataRoom();
    const ann = room.enter('ann');
    ann.relay.meet('mal', false);
    const mal = new RawMember(room.server, 'mal');
    mal.met = () => mal.say('ann', PAIR.TEXT, { own: mal.own, other: mal.other, number: 0 }, 'no frame');
    for (let passed = 0; passed < 600_000; passed += 1_000) {
      mal.say('ann', PAIR.CALL, { own: 1 + passed, other: 0, number: 0 });
      await room.pass(1_000);
    }
    expect(mal.meetings).toBeGreaterThan(4);
    expect(mal.meetings).toBeLessThan(10);
  });
});
