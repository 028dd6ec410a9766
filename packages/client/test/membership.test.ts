import { protocolError } from '@madang/protocol';
import { describe, expect, it, vi } from 'vitest';
import type { SeatStorage } from '../src/index.js';
import { arriving, Lab, type Person, pair, seen } from './lab.js';

const BOTH = ['camera', 'microphone'];

/** The requests of this name, as they reached the server. */
const asked = (lab: Lab, name: string): Record<string, unknown>[] =>
  lab.server.requests.filter((request) => request.name === name).map(({ payload }) => payload as never);

/** The token that the last join of a person gave. */
function tokenOf(lab: Lab, name: string): string {
  const join = lab.server.requests.findLast((request) => (request.payload as { name?: string }).name === name)!;
  return (join.reply as { resume: { token: string } }).resume.token;
}

describe('a membership that is gone', () => {
  it('is begun anew by itself after a restart of the server, with name, media and metadata', async () => {
    const { lab, ann, bob } = await pair();
    await lab.until(bob.room.rename('Bobby'));
    await lab.until(bob.room.setMetadata({ colour: 'red' }));
    const self = bob.room.self;
    lab.server.stop();
    await lab.pass(4_000);
    expect([ann.room.state, bob.room.state]).toEqual(['reconnecting', 'reconnecting']);
    // Peer to peer, the call needs no server.
    expect(arriving(ann, bob)).toEqual(BOTH);
    lab.server.start();
    await lab.pass(8_000);
    expect([ann.room.state, bob.room.state]).toEqual(['connected', 'connected']);
    expect(bob.room.self).toBe(self);
    expect(self).toMatchObject({ name: 'Bobby', metadata: { colour: 'red' } });
    expect(ann.room.members).toHaveLength(2);
    expect(arriving(ann, bob)).toEqual(BOTH);
    expect(arriving(bob, ann)).toEqual(BOTH);
    expect(lab.network.open.size).toBe(2);
  });

  it('is begun anew when it was away for too long', async () => {
    const { lab, ann, bob } = await pair();
    const id = bob.room.self!.id;
    const left: string[] = [];
    ann.room.on('memberLeft', (_member, reason) => left.push(reason));
    lab.server.up = false;
    bob.sockets.at(-1)!.drop();
    await lab.pass(31_000);
    lab.server.up = true;
    await lab.pass(8_000);
    expect(left).toEqual(['lost']);
    expect(bob.room.self!.id).not.toBe(id);
    expect(ann.room.members.map(({ name }) => name)).toEqual(['ann', 'bob']);
    expect(arriving(ann, bob)).toEqual(BOTH);
    expect(arriving(bob, ann)).toEqual(BOTH);
  });

  it('is given up when the server refuses for good', async () => {
    const { lab, bob } = await pair();
    const ends: unknown[] = [];
    bob.room.on('ended', (end) => ends.push(end));
    lab.server.turnAway = { data: { code: 'origin_refused' } };
    bob.sockets.at(-1)!.drop();
    await lab.pass(1_000);
    expect(bob.room.state).toBe('ended');
    expect(bob.room.endReason).toBe('failed');
    expect(ends).toHaveLength(1);
  });
});

describe('a membership that was ended meanwhile', () => {
  it.each([
    ['kicked', (ann: Person, bob: Person) => ann.room.kick(bob.room.self!.id, 'too loud')],
    ['closed', (ann: Person) => ann.room.close()],
  ] as const)('is %s for who was away, and not begun anew', async (reason, end) => {
    const { lab, ann, bob } = await pair();
    const ends: unknown[] = [];
    bob.room.on('ended', (how) => ends.push(how));
    lab.server.up = false;
    bob.sockets.at(-1)!.silent = true;
    lab.server.detach(bob.sockets.at(-1)!);
    await lab.until(end(ann, bob));
    lab.server.up = true;
    bob.changeNetwork();
    await lab.pass(10_000);
    expect(bob.room.state).toBe('ended');
    // What was written to an away connection is gone with it; that it was so is not.
    expect(ends).toEqual([{ reason, note: undefined }]);
    expect([asked(lab, 'join').length, asked(lab, 'resume').length]).toEqual([2, 1]);
    expect(lab.network.open.size).toBe(0);
  });

  it('ends in favour of the connection that took it over, without a fight', async () => {
    const { lab, ann, bob } = await pair();
    const other = lab.server.openSocket('', {} as never);
    other.on('connect', () => other.emit('resume', { protocol: 1, token: tokenOf(lab, 'bob'), seq: 0 }, () => {}));
    other.connect();
    await lab.pass(10_000);
    expect([bob.room.state, bob.room.endReason]).toEqual(['ended', 'replaced']);
    expect([asked(lab, 'join').length, asked(lab, 'resume').length]).toEqual([2, 1]);
    expect(other.connected).toBe(true);
    expect(seen(ann, bob)).toMatchObject({ connected: true });
  });
});

describe('a server that says it will stop', () => {
  it('is known to be stopping until another has taken its place', async () => {
    const { lab, ann, bob } = await pair();
    const told: number[] = [];
    bob.room.on('draining', (withinMs) => told.push(withinMs));
    lab.server.drain(10_000);
    await lab.pass(5);
    expect([told, bob.room.draining, bob.room.state]).toEqual([[10_000], true, 'connected']);
    lab.server.stop();
    lab.server.start();
    await lab.pass(8_000);
    expect([bob.room.draining, bob.room.state]).toEqual([false, 'connected']);
    expect(arriving(ann, bob)).toEqual(BOTH);
  });
});

describe('a membership of which too much was missed', () => {
  it('is begun anew on its own seat, even in a full room', async () => {
    const lab = new Lab();
    const people = ['ann', 'bob', 'cem', 'dan'].map((name) => lab.person(name));
    for (const person of people) await lab.join(person);
    await lab.pass(50);
    const [ann, bob] = people as [Person, Person, Person, Person];
    const token = tokenOf(lab, 'bob');
    lab.server.up = false;
    bob.sockets.at(-1)!.drop();
    for (let ix = 0; ix < 520; ix += 1) await lab.until(ann.room.react('👏'));
    lab.server.up = true;
    await lab.pass(8_000);
    expect(asked(lab, 'resume')).toHaveLength(1);
    expect(asked(lab, 'join')).toHaveLength(5);
    expect(asked(lab, 'join').at(-1)).toMatchObject({ name: 'bob', replaces: token });
    expect(ann.room.members.map(({ name }) => name)).toEqual(['ann', 'cem', 'dan', 'bob']);
    expect(arriving(ann, bob)).toEqual(BOTH);
  });
});

describe('a page that goes', () => {
  it('leaves its place to its successor, in a full room and though its goodbye is lost', async () => {
    const lab = new Lab();
    const kept = new Map<string, string>();
    const storage: SeatStorage = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
    const ann = lab.person('ann');
    for (const person of [ann, lab.person('bob'), lab.person('cem')]) await lab.join(person);
    // The others live in pages that stay.
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
    const dan = lab.person('dan', storage);
    await lab.join(dan);
    expect(kept.size).toBe(0);
    dan.sockets.at(-1)!.silent = true;
    page.dispatchEvent(new Event('pagehide'));
    vi.unstubAllGlobals();
    expect(dan.room.state).toBe('ended');
    expect(kept.size).toBe(1);
    const again = lab.person('dan', storage);
    lab.server.refuse = () => protocolError('internal');
    await expect(lab.join(again)).rejects.toMatchObject({ code: 'internal' });
    // A tab duplicated now finds nothing, and yet the place is not lost.
    expect(kept.size).toBe(0);
    lab.server.refuse = () => undefined;
    await lab.join(again);
    expect(kept.size).toBe(0);
    expect(again.room.members.map(({ name }) => name)).toEqual(['ann', 'bob', 'cem', 'dan']);
    await lab.pass(200);
    expect(arriving(ann, again)).toEqual(BOTH);
  });
});
