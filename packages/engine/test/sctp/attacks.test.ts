import { nodeHmac, SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';
import { readU32, writeU16, writeU32 } from '../../src/bytes/index.js';
import { BLOCK_BYTES } from '../../src/sctp/block-pool.js';
import type { Introduction } from '../../src/sctp/init-chunk.js';
import { COOKIE_LIFE_MS, StateCookies } from '../../src/sctp/state-cookie.js';
import { attacked, chunk, data, packet, WINDOW } from './attacker.js';
import { DataStage, patterned, RELIABLE } from './data-stage.js';

test('a chunk without a length, or longer than its packet, makes the whole packet none', () => {
  for (const length of [0, 1, 3, 200, 65_535]) {
    const { server, association, tag, tsn } = attacked();
    server.receive(packet(tag, data(tsn), chunk(3, 0, new Uint8Array(12), length)));
    expect(association.drops.malformed).toBe(1);
    expect(server.messages.length).toBe(1);
  }
});

test('parameters of INIT that lie about their length make it none, and it is not answered', () => {
  for (const length of [0, 3, 9, 1_000, 65_535]) {
    const stage = new DataStage(4);
    stage.server.keepsSent = true;
    const body = new Uint8Array(24);
    for (const [at, value] of [
      [0, 7],
      [4, 100_000],
      [8, 0x0010_0010],
      [12, 9],
    ] as const)
      writeU32(body, at, value);
    writeU16(body, 16, 0x8008);
    writeU16(body, 18, length);
    stage.server.receive(packet(0, chunk(1, 0, body)));
    expect(stage.server.sent).toEqual([]);
    expect(stage.server.data.association.drops.malformed).toBe(1);
  }
});

test('a cookie says nothing but what its owner said, and any change of it is noticed', () => {
  const remote: Introduction = {
    tag: 0x1122_3344,
    windowBytes: 0x0055_6677,
    outStreams: 0x89ab,
    inStreams: 0xcdef,
    tsn: 0x7788_99aa,
    forwardTsn: true,
    reConfig: true,
    zeroChecksum: false,
  };
  const cookies = new StateCookies(nodeHmac, new SeededRandom(5), 0xfeed_beef);
  const cookie = cookies.make(remote, 1_234);
  // Time, our tag, and the other side's own numbers: then the MAC.
  const plain = '0000000004d2feedbeef112233440055667789abcdef778899aa03';
  expect(Buffer.from(cookie.subarray(0, 27)).toString('hex')).toBe(plain);
  expect(cookies.open(cookie, 1_234)).toEqual({ type: 'good', remote });
  for (let bit = 0; bit < 8 * cookie.length; bit++) {
    const changed = cookie.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(cookies.open(changed, 1_234).type).toBe('bad');
  }
  expect(cookies.open(cookie, 1_234 + COOKIE_LIFE_MS).type).toBe('good');
  expect(cookies.open(cookie, 1_235 + COOKIE_LIFE_MS).type).toBe('stale');
  // Each association has a key of its own.
  expect(new StateCookies(nodeHmac, new SeededRandom(6), 0xfeed_beef).open(cookie, 1_234).type).toBe('bad');
});

test('nothing is kept of INITs, and a forged cookie sets nothing up', () => {
  const stage = new DataStage(5);
  stage.client.keepsSent = true;
  stage.connect([stage.client]);
  const [init] = stage.client.sent;
  stage.client.change = () => null;
  stage.server.keepsSent = true;
  for (let count = 0; count < 1_000; count++) stage.server.receive(init!);
  const tag = readU32(stage.server.sent[0]!, 16);
  stage.server.receive(packet(tag, chunk(10, 0, new Uint8Array(43).fill(7))));
  const { association } = stage.server.data;
  expect([association.phase, association.drops.cookie, association.nextAt()]).toEqual(['closed', 1, Infinity]);
});

test('a wrong tag, a wrong sum or another port change nothing', () => {
  const { server, association, tag, tsn } = attacked();
  for (const type of [6, 7, 14, 0, 3]) server.receive(packet(tag ^ 1, chunk(type, 0, new Uint8Array(12))));
  expect(association.drops.tag).toBe(5);
  // An ABORT with the tag that it may be sent back with has to know it, too.
  server.receive(packet(tag, chunk(6, 1, new Uint8Array(0))));
  expect(association.drops.tag).toBe(6);
  const wrong = packet(tag, chunk(6, 0, new Uint8Array(0)));
  wrong[9]! ^= 0x10;
  server.receive(wrong);
  expect(association.drops.checksum).toBe(1);
  const elsewhere = packet(tag, data(tsn));
  writeU16(elsewhere, 2, 5_001);
  elsewhere.fill(0, 8, 12);
  server.receive(elsewhere);
  expect([association.drops.port, association.phase]).toEqual([1, 'established']);
  // INIT with a tag, as in the packet that other stacks are tested with.
  server.receive(packet(tag, chunk(1, 0, new Uint8Array(16).fill(1))));
  expect([association.drops.tag, association.phase]).toEqual([7, 'established']);
});

test('messages that wait for one that never comes take a window, and then the end', () => {
  const { server, association, tsn, tell } = attacked();
  let most = 0;
  for (let ix = 0; ix < 1_000 && association.phase === 'established'; ix++) {
    tell(data(tsn + ix, { ssn: 1_000 + ix, bytes: patterned(1_000, ix) }));
    most = Math.max(most, association.keptBytes);
  }
  expect(most).toBeGreaterThan(WINDOW / 2);
  expect(most).toBeLessThanOrEqual(2 * WINDOW);
  expect(association.phase).toBe('over');
  expect(server.events.at(-1)).toEqual({ type: 'ended', reason: 'violation' });
});

test('parts of messages that are never whole do, too, of a byte each and in any order', () => {
  for (const step of [2, 3, 7]) {
    const { association, tsn, tell } = attacked();
    for (let ix = 1; ix < 6_000; ix += step) {
      tell(data(tsn + ix, { flags: 0, bytes: Uint8Array.of(ix) }));
      expect(association.keptBytes).toBeLessThanOrEqual(2 * WINDOW);
    }
    expect(association.drops.left).toBeGreaterThan(0);
  }
});

test('parts of a byte that come in swapped pairs take no more memory than is counted for them', () => {
  const { server, association, tsn, tell } = attacked();
  for (let ix = 0; ix < 9; ix++) tell(data(tsn + ix, { flags: ix === 0 ? 2 : 0, bytes: patterned(1_000, ix) }));
  for (let ix = 9; association.keptBytes < WINDOW - 200; ix += 2) {
    for (const swapped of [ix + 1, ix]) tell(data(tsn + swapped, { flags: 0, bytes: Uint8Array.of(ix) }));
    expect(server.pool.inUse * BLOCK_BYTES).toBeLessThanOrEqual(3 * association.keptBytes);
  }
  expect(association.phase).toBe('established');
});

test('a message longer than may be ends the association before it is there', () => {
  const { association, tsn, tell } = attacked();
  for (let ix = 0; ix < 40; ix++) {
    tell(data(tsn + ix, { flags: ix === 0 ? 2 : 0, bytes: patterned(1_100, ix) }));
  }
  expect([association.phase, association.keptBytes <= 32_768 + 40 * 96]).toEqual(['over', true]);
});

test('a stream that was not agreed on takes nothing, and its sender is told', () => {
  const { server, association, tsn, tell } = attacked();
  for (let ix = 0; ix < 500; ix++) tell(data(tsn + ix, { stream: 65_535 - ix }));
  expect([association.drops.no_stream, association.keptBytes, association.phase]).toEqual([500, 0, 'established']);
  expect(server.sent.filter((bytes) => bytes[12] === 9).length).toBeGreaterThan(0);
});

test('a SACK of what was never sent, and DATA without data, end the association', () => {
  for (const says of ['sack', 'data']) {
    const { server, association, tsn, tell } = attacked();
    const sack = new Uint8Array(12);
    writeU32(sack, 0, readU32(server.sent.findLast((bytes) => bytes[12] === 0)!, 16) + 5);
    tell(says === 'sack' ? chunk(3, 0, sack) : chunk(0, 3, data(tsn).slice(4, 16)));
    expect([says, association.phase]).toEqual([says, 'over']);
  }
});

const opening = (labelBytes: number, protocolBytes: number, written = labelBytes + protocolBytes) => {
  const bytes = new Uint8Array(12 + written).fill(65);
  bytes.set([3, 0, 0, 0, 0, 0, 0, 0, labelBytes >> 8, labelBytes & 255, protocolBytes >> 8, protocolBytes & 255]);
  return bytes;
};

test('ten thousand channels become as many as there may be, and then the end', () => {
  const { stage, server, association, tsn, tell } = attacked();
  for (let ix = 0; ix < 10_000 && association.phase === 'established'; ix++) {
    const stream = (2 * ix + 2) % 1_024;
    tell(data(tsn + ix, { stream, ssn: Math.floor(ix / 512), ppid: 50, bytes: opening(4, 4) }));
    expect(server.data.channels.size).toBeLessThanOrEqual(64);
  }
  stage.run(10);
  expect([association.phase, server.data.channels.size]).toEqual(['over', 0]);
  expect(server.data.refusals.channel).toBe(257);
});

test.each([
  ['a label of 64 KiB', opening(65_535, 0, 1_000)],
  ['a label longer than may be', opening(1_025, 0)],
  ['a protocol longer than its message', opening(4, 400, 8)],
  ['a label that is no text', opening(4, 4).fill(0xff, 12, 14)],
  ['an unknown kind of channel', opening(4, 4).fill(9, 1, 2)],
  ['nothing', Uint8Array.of(3)],
])('%s opens no channel, and its stream is closed', (_, bytes) => {
  const { stage, server, tsn, tell } = attacked();
  tell(data(tsn, { stream: 6, ppid: 50, bytes }));
  stage.run(1_000);
  expect([server.data.refusals.establishment, server.data.channels.has(6)]).toEqual([1, false]);
  expect(server.sent.some((packet) => packet[12] === 130)).toBe(true);
});

test('a number of the other parity, or of a channel that is there, closes what it names', () => {
  const { server, tsn, tell } = attacked();
  tell(data(tsn, { stream: 5, ppid: 50, bytes: opening(4, 4) }));
  tell(data(tsn + 1, { stream: 0, ssn: 2, ppid: 50, bytes: opening(4, 4) }));
  expect(server.data.refusals.channel).toBe(2);
  expect([...server.data.channels.values()].map(({ id, state }) => [id, state])).toEqual([[0, 'closing']]);
});

test('who does not read what it is sent is sent no more than may wait', () => {
  const { stage, server, association } = attacked();
  const [channel] = server.data.channels.values();
  let sent = 0;
  while (server.send(channel!, new Uint8Array(16_384)) === 'sent') sent++;
  stage.run(5_000);
  expect(association.queuedBytes).toBeLessThanOrEqual(1_048_576);
  expect(sent).toBeLessThan(80);
  // And it is given up when it has not been heard of for long enough.
  stage.run(120_000);
  expect([association.phase, association.queuedBytes]).toEqual(['over', 0]);
});

test('a channel that loses messages drops them when they are late, and goes on', () => {
  const stage = new DataStage(9, { loss: 0.3 }).connect();
  const channel = stage.open({ ...RELIABLE, isOrdered: false, maxRetransmits: 0 });
  for (let ix = 0; ix < 200; ix++) {
    stage.client.send(channel, patterned(2_500, ix));
    stage.run(20);
  }
  stage.run(30_000);
  const { length } = stage.server.messages;
  expect(length).toBeGreaterThan(20);
  expect(length).toBeLessThan(190);
  expect(stage.server.data.association.keptBytes).toBe(0);
});

test('closing a channel closes it at both ends, and its number is free again', () => {
  const stage = new DataStage(10, { loss: 0.2 }).connect();
  for (let round = 0; round < 5; round++) {
    const channel = stage.open();
    expect(channel.id).toBe(0);
    stage.client.send(channel, patterned(20_000, round));
    stage.until(() => stage.server.messages.length === round + 1);
    const end = round % 2 === 0 ? stage.client : stage.server;
    end.data.close(end.data.channels.get(0)!);
    end.settle();
    stage.until(() => stage.client.data.channels.size + stage.server.data.channels.size === 0);
  }
  const closings = stage.client.events.filter(({ type }) => type === 'closed').length;
  expect([closings, stage.server.channels.length]).toEqual([5, 5]);
});

test('an association that is shut down has delivered everything first', () => {
  const stage = new DataStage(11, { loss: 0.2 }).connect();
  const channel = stage.open();
  stage.client.send(channel, patterned(200_000, 1));
  stage.client.data.association.shutdown(stage.time.nowMs());
  stage.client.settle();
  stage.until(() => stage.client.data.association.phase === 'over' && stage.server.data.association.phase === 'over');
  expect(stage.server.messages.map(({ length }) => length)).toEqual([200_000]);
  expect(stage.client.events.at(-1)).toEqual({ type: 'ended', reason: 'shutdown' });
});
