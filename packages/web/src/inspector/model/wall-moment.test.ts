import type { Fact } from '@madang/client';
import { expect, test } from 'vitest';
import { recordMoment, wallMoment } from './wall-moment.js';

const page: Fact = {
  type: 'page',
  secure: true,
  userAgent: '',
  hasDevices: true,
  hasConnections: true,
  wallStartMs: 1_000_000,
  atMs: 0,
};
const online: Fact = { type: 'online', online: true, atMs: 5_000 };

test('a report is judged by the moment it was written', () => {
  const facts = [page, online];
  expect(recordMoment(facts, wallMoment(facts, 42_000))).toBe(42_000);
});

test('that moment is never before what is in it', () => {
  expect(recordMoment([page, online], 1_000_100)).toBe(5_000);
  expect(recordMoment([online], 1)).toBe(5_000);
});
