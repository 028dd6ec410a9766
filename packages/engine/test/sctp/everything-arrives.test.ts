import { expect, test } from 'vitest';
import { DataStage, patterned, RELIABLE } from './data-stage.js';

const equal = (a: readonly Uint8Array[], b: readonly Uint8Array[]) =>
  a.length === b.length && a.every((bytes, ix) => Buffer.from(bytes).equals(b[ix]!));

test('2,000 messages in a burst, in their order', () => {
  const stage = new DataStage(1).connect();
  const channel = stage.open();
  const messages = Array.from({ length: 2_000 }, (_, ix) => patterned(1 + (ix % 300), ix));
  for (const bytes of messages) expect(stage.client.send(channel, bytes)).toBe('sent');
  stage.until(() => stage.server.messages.length === messages.length);
  expect(equal(stage.server.messages, messages)).toBe(true);
});

test.each([1, 2, 3, 4])('messages of 256 KiB with 20 of 100 packets lost, repeated and overtaken: seed %i', (seed) => {
  const stage = new DataStage(seed, { loss: 0.2, jitterMs: 15, repeats: 0.05 }).connect();
  const channel = stage.open();
  const messages = [1, 262_144, 100_000, 17, 262_144, 1_132, 1_133].map((length, ix) => patterned(length, ix + seed));
  stage.sendAll(channel, messages);
  stage.until(() => stage.server.messages.length === messages.length);
  expect(equal(stage.server.messages, messages)).toBe(true);
  expect(stage.client.data.association.resent).toBeGreaterThan(0);
  // And nothing is left of it at either end.
  stage.run(60_000);
  expect(stage.client.data.association.queuedBytes).toBe(0);
  expect(stage.server.data.association.keptBytes).toBe(0);
});

test('without order everything arrives as well, once', () => {
  const stage = new DataStage(5, { loss: 0.2, jitterMs: 30 }).connect();
  const channel = stage.open({ ...RELIABLE, isOrdered: false });
  const messages = Array.from({ length: 300 }, (_, ix) => patterned(4 + 37 * (ix % 90), ix).fill(ix & 255, 0, 2));
  for (const [ix, bytes] of messages.entries()) bytes[1] = ix >> 8;
  stage.sendAll(channel, messages);
  stage.until(() => stage.server.messages.length === messages.length);
  stage.run(10_000);
  const number = (bytes: Uint8Array) => bytes[0]! + 256 * bytes[1]!;
  const sorted = [...stage.server.messages].sort((a, b) => number(a) - number(b));
  expect(equal(sorted, messages)).toBe(true);
  expect(stage.server.messages.map(number)).not.toEqual(messages.map(number));
});

test('a line of 4 Mbit/s is kept full', () => {
  const stage = new DataStage(6, { bps: 4e6, delayMs: 25, queueBytes: 64_000 }).connect();
  const channel = stage.open();
  const messages = Array.from({ length: 100 }, (_, ix) => patterned(65_536, ix));
  stage.sendAll(channel, messages);
  const tookMs = stage.until(() => stage.server.messages.length === messages.length);
  expect((100 * 65_536 * 8_000) / tookMs).toBeGreaterThan(3.2e6);
});
