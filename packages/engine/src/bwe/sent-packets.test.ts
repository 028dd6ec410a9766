import { expect, test } from 'vitest';
import { SentPackets } from './sent-packets.js';

test('a packet is found by its number until as many more were sent, across the wrap of 16 bits', () => {
  const sent = new SentPackets(8);
  expect(sent.find(0)).toBe(-1);
  for (let number = 0; number < 65_540; number++)
    expect(sent.add(100 + (number % 7), 1000 + number)).toBe(number & 0xffff);
  expect(sent.find(3)).toBe(65_539);
  expect(sent.find(0xffff)).toBe(65_535);
  expect(sent.bytesOf(65_535)).toBe(100 + (65_535 % 7));
  expect(sent.ageMs(65_535, 1000 + 65_540)).toBe(5);
  expect(sent.find(0xfffb)).toBe(-1);
  expect(sent.find(4)).toBe(-1);
});

test('ages are right after days', () => {
  const sent = new SentPackets(8);
  sent.add(100, 10 * 86_400_000 + 0.25);
  expect(sent.ageMs(0, 10 * 86_400_000 + 70.25)).toBe(70);
});
