import type { Finding } from '@madang/client';
import { expect, test } from 'vitest';
import { findingKey, noticeFinding } from './notice-finding.js';

const finding = (changes: Partial<Finding>): Finding => ({
  cause: 'checks-unanswered',
  step: 'checks',
  severity: 'blocks',
  peer: 'b',
  sinceMs: 1_000,
  evidence: {},
  ...changes,
});

test('a finding is told when it has lasted for two seconds', () => {
  expect(noticeFinding([finding({})], 2_900, new Set())).toBeUndefined();
  expect(noticeFinding([finding({})], 3_000, new Set())?.cause).toBe('checks-unanswered');
});

test('the first of those that block is told, what only impairs is not', () => {
  const findings = [
    finding({ cause: 'thin-line', severity: 'impairs' }),
    finding({ cause: 'dtls-failed' }),
    finding({ cause: 'no-answer' }),
  ];
  expect(noticeFinding(findings, 9_000, new Set())?.cause).toBe('dtls-failed');
});

test('what was waved away stays away, for that member only', () => {
  const [bo, cho] = [finding({}), finding({ peer: 'c' })];
  expect(noticeFinding([bo, cho], 9_000, new Set([findingKey(bo)]))).toBe(cho);
});

test('what the room tells in another place is not told twice', () => {
  expect(noticeFinding([finding({ cause: 'sound-blocked' })], 9_000, new Set())).toBeUndefined();
});
