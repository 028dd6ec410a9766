import { SeededRandom, VirtualTime } from '@madang/testkit';
import { describe, expect, test } from 'vitest';
import { cryptoRandom, LocalRooms, systemClock } from '../src/media/index.js';
import { CONTRACT_LIMITS, type PortUnderTest, roomPortContract } from './room-port-contract.js';

/** The end of this turn of the event loop and of the next, so that answers to events have come as well. */
async function nextTurns(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function localRooms(): PortUnderTest & { port: LocalRooms; time: VirtualTime; errors: [unknown, string][] } {
  const time = new VirtualTime();
  const errors: [unknown, string][] = [];
  const port = new LocalRooms({
    limits: CONTRACT_LIMITS,
    onReceiverError: (error, link) => errors.push([error, link]),
    clock: time,
    random: new SeededRandom(1),
  });
  const pass = async (ms: number) => {
    time.advance(ms);
    await nextTurns();
  };
  return { port, time, errors, settle: nextTurns, pass, stop: async () => {} };
}

function joinOf(link: string, room = 'room') {
  return { type: 'join', link, dialect: 'madang', room, name: link, wallMs: 1 } as const;
}

describe('LocalRooms', () => {
  roomPortContract(async () => localRooms());

  test('reports what a receiver throws, with its link', async () => {
    const { port, errors, settle } = localRooms();
    port.open('a', () => {
      throw new Error('broken');
    });
    port.open('b', () => {});
    await port.command(joinOf('a'));
    await port.command(joinOf('b'));
    await settle();
    expect(errors).toEqual([[new Error('broken'), 'a']]);
  });

  test('tells whose memberships have ended: by leaving, by being lost, by being replaced', async () => {
    const time = new VirtualTime();
    const gone: string[] = [];
    const random = new SeededRandom(1);
    const onDeparted = (member: string) => gone.push(member);
    const port = new LocalRooms({
      limits: CONTRACT_LIMITS,
      onReceiverError: () => {},
      onDeparted,
      clock: time,
      random,
    });
    const join = async (link: string, replaces?: string) => {
      port.open(link, () => {});
      const reply = await port.command({ ...joinOf(link), replaces });
      if (!reply.ok) throw new Error(reply.error.code);
      return { id: reply.self, token: reply.resume.token };
    };
    const [leaving, lost, before] = [await join('a'), await join('b'), await join('c')];
    await port.command({ type: 'leave', member: leaving.id });
    expect(gone).toEqual([leaving.id]);
    await join('d', before.token);
    expect(gone).toEqual([leaving.id, before.id]);
    port.close('b');
    expect(gone).toHaveLength(2);
    time.advance(CONTRACT_LIMITS.graceMs);
    expect(gone).toEqual([leaving.id, before.id, lost.id]);
  });

  test('does not open a link twice', () => {
    const { port } = localRooms();
    port.open('a', () => {});
    expect(() => port.open('a', () => {})).toThrow('open already');
  });

  test('counts rooms, members and links', async () => {
    const { port, pass } = localRooms();
    for (const link of ['a', 'b', 'c']) port.open(link, () => {});
    await port.command(joinOf('a'));
    await port.command(joinOf('b', 'other'));
    expect(port.stats()).toMatchObject({ rooms: 2, members: 2, connected: 2, links: 3 });
    port.close('b');
    expect(port.stats()).toMatchObject({ rooms: 2, members: 2, connected: 1, links: 2 });
    await pass(CONTRACT_LIMITS.graceMs);
    expect(port.stats()).toMatchObject({ rooms: 1, members: 1, connected: 1, links: 2 });
  });

  test('has one timer set, for what comes first, and none when nothing is pending', async () => {
    const { port, time, pass } = localRooms();
    for (const link of ['a', 'b']) port.open(link, () => {});
    await port.command(joinOf('a'));
    expect(time.pending).toBe(0);
    await port.command(joinOf('b'));
    expect(time.pending).toBe(1);
    port.close('b');
    port.close('a');
    expect(time.pending).toBe(1);
    await pass(CONTRACT_LIMITS.graceMs);
    expect(port.stats()).toMatchObject({ members: 0, deadlines: 0 });
    await pass(100_000);
    expect(time.pending).toBe(0);
  });

  test('loses an absent member by the real clock', async () => {
    const port = new LocalRooms({ limits: { ...CONTRACT_LIMITS, graceMs: 20 }, onReceiverError: () => {} });
    port.open('a', () => {});
    await port.command(joinOf('a'));
    port.close('a');
    expect(port.stats().members).toBe(1);
    await expect.poll(() => port.stats().members, { timeout: 2_000, interval: 5 }).toBe(0);
  });
});

describe('the system clock', () => {
  test('takes a delay longer than Node’s timers can', async () => {
    let fired = false;
    const cancel = systemClock.after(2 ** 40, () => {
      fired = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    cancel();
    expect(fired).toBe(false);
  });

  test('calls off what was cancelled', async () => {
    let fired = false;
    systemClock.after(1, () => {
      fired = true;
    })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(fired).toBe(false);
  });
});

test('ids have 96 bits and tokens 192, all different', () => {
  const drawn = Array.from({ length: 1_000 }, () => [cryptoRandom.id(), cryptoRandom.secret()]);
  expect(new Set(drawn.flat()).size).toBe(2_000);
  for (const [id, secret] of drawn) {
    expect(id).toMatch(/^[\w-]{16}$/);
    expect(secret).toMatch(/^[\w-]{32}$/);
  }
});
