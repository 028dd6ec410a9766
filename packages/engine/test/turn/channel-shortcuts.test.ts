import { expect, test } from 'vitest';
import type { Shortcut, ShortcutBook } from '../../src/ports/index.js';
import { ATTRIBUTE } from '../../src/stun/index.js';
import { lifetime, TurnClient } from './turn-client.js';
import { TurnStage } from './turn-stage.js';

const CLIENT = '203.0.113.5:5000';
const PEER = '192.0.2.7:7000';

/** Writes down what is open, and lets nothing pass. */
class ShortcutList implements ShortcutBook {
  readonly shortened = new Float64Array(8);
  readonly open = new Map<number, Shortcut>();
  opened = 0;
  isFull = false;

  openShortcut(shortcut: Shortcut): number | null {
    if (this.isFull) return null;
    this.open.set(++this.opened, shortcut);
    return this.opened;
  }

  closeShortcut(shortcutIx: number): void {
    expect(this.open.delete(shortcutIx)).toBe(true);
  }
}

function rig(limits = {}) {
  const book = new ShortcutList();
  const stage = new TurnStage({ limits }, 1, 64, undefined, book);
  const client = new TurnClient(stage, CLIENT);
  const [relayed] = client.allocate(lifetime(3_600)) as [string];
  expect(client.bind(0x4000, PEER)).toBe(0);
  const say = () => client.sendChannel(0x4000, 'hi');
  return { book, stage, client, relayed, say };
}

test('a channel gets its shortcuts, there and back, with the first datagram that passes, and no others', () => {
  const { book, stage, relayed, say } = rig();
  expect(book.open.size).toBe(0);
  say();
  say();
  const [toPeer, toClient] = [...book.open.values()] as [Shortcut, Shortcut];
  expect(toPeer).toMatchObject({ takesNumber: 0x4000, putsNumber: -1, fromPortIx: 0, toPortIx: stage.portIx(relayed) });
  expect(toClient).toMatchObject({
    takesNumber: -1,
    putsNumber: 0x4000,
    fromPortIx: stage.portIx(relayed),
    toPortIx: 0,
  });
  expect([toClient.fromAddressIx, toClient.toAddressIx]).toEqual([toPeer.toAddressIx, toPeer.fromAddressIx]);
  expect(book.opened).toBe(2);
});

test('a datagram of the peer opens them too', () => {
  const { book, stage, relayed } = rig();
  stage.fromPeer(PEER, relayed, Uint8Array.of(1));
  expect(book.open.size).toBe(2);
});

test('they are closed two seconds before the permission dies, and hold no longer by themselves', () => {
  const { book, stage, say } = rig();
  say();
  for (const { forMs } of book.open.values()) expect(forMs).toBe(298_000);
  stage.advance(297_999);
  expect(book.open.size).toBe(2);
  stage.advance(1);
  expect(book.open.size).toBe(0);
  expect(say()).toHaveLength(1);
  expect(book.open.size).toBe(0);
  stage.advance(1_999);
  expect(say()).toHaveLength(1);
  stage.advance(1);
  expect(say()).toEqual([]);
});

test('what is renewed gets new ones when the old are over', () => {
  const { book, stage, client, say } = rig();
  say();
  stage.advance(290_000);
  expect(client.bind(0x4000, PEER)).toBe(0);
  stage.advance(10_000);
  expect(book.open.size).toBe(0);
  say();
  for (const { forMs } of book.open.values()) expect(forMs).toBe(288_000);
});

test('a shorter lifetime holds for them, and with the allocation they are gone at once', () => {
  const { book, stage, client, say } = rig();
  say();
  // Ten minutes are the least; the permission is renewed meanwhile.
  client.refresh(lifetime(600));
  expect(book.open.size).toBe(0);
  say();
  expect(book.open.size).toBe(2);
  client.refresh([ATTRIBUTE.LIFETIME, [0, 0, 0, 0]]);
  expect(book.open.size).toBe(0);
  stage.advance(12 * 3_600_000);
  expect(stage.server.sizes().deadlines).toBe(0);
});

test('who is revoked has none', () => {
  const { book, stage, say } = rig();
  say();
  stage.server.revoke('min', stage.now);
  expect(book.open.size).toBe(0);
});

test.each([{ allocationBytesPerSecond: 1_000_000 }, { userBytesPerSecond: 1_000_000 }])(
  'with a rate to hold, %o, every datagram is looked at',
  (limits) => {
    const { book, say } = rig(limits);
    expect(say()).toHaveLength(1);
    expect(book.opened).toBe(0);
  },
);

test('without room for them everything passes as before, and they are asked for again a second later', () => {
  const { book, stage, say } = rig();
  book.isFull = true;
  expect(say()).toHaveLength(1);
  book.isFull = false;
  expect(say()).toHaveLength(1);
  expect(book.opened).toBe(0);
  stage.advance(1_000);
  say();
  expect(book.open.size).toBe(2);
});

test('what they let pass is counted with the rest', () => {
  const { book, stage, say } = rig();
  say();
  book.shortened.set([10, 1_000, 20, 3_000]);
  expect(stage.server.counts()).toMatchObject({
    packetsToPeers: 11,
    bytesToPeers: 1_002,
    packetsToClients: 20,
    bytesToClients: 3_000,
  });
});
