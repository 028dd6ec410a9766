import type { Fact, TrackSample } from '@madang/client';
import { expect, test } from 'vitest';
import { connectionQualities } from './connection-quality.js';

const track = (more: Partial<TrackSample> = {}): TrackSample => ({
  direction: 'received',
  kind: 'video',
  source: 'camera',
  packets: 100,
  bps: 500_000,
  ...more,
});
const sample = (atMs: number, peer: string, tracks: readonly TrackSample[], roundTripMs = 20): Fact => ({
  atMs,
  type: 'sample',
  peer,
  sample: { roundTripMs, tracks },
});
const NOW = 20_000;
const seconds = (peer: string, tracks: (second: number) => readonly TrackSample[], roundTripMs?: number) =>
  Array.from({ length: 5 }, (_, second) => sample(NOW - 4_500 + second * 1_000, peer, tracks(second), roundTripMs));
const of = (facts: readonly Fact[], id: string) => connectionQualities(facts, 'me', NOW).get(id);

test.each([
  [{ loss: 0 }, 20, 'excellent'],
  [{ loss: 0.03 }, 20, 'good'],
  [{ loss: 0.1 }, 20, 'poor'],
  [{ loss: 0 }, 300, 'good'],
  [{ loss: 0 }, 600, 'poor'],
  [{ jitterMs: 50 }, 20, 'good'],
] as const)('with %j and %i ms to go and come: %s', (more, roundTripMs, quality) => {
  expect(
    of(
      seconds('bo', () => [track(more)], roundTripMs),
      'bo',
    ),
  ).toBe(quality);
});

test('a picture that stood still for two seconds is poor; one that stood still long ago is not', () => {
  expect(
    of(
      seconds('bo', (second) => [track({ frozenS: second / 2 })]),
      'bo',
    ),
  ).toBe('poor');
  expect(
    of(
      seconds('bo', () => [track({ frozenS: 40 })]),
      'bo',
    ),
  ).toBe('excellent');
});

test('one lost packet second among good ones does not count for long', () => {
  expect(
    of(
      seconds('bo', (second) => [track({ loss: second === 0 ? 0.06 : 0 })]),
      'bo',
    ),
  ).toBe('excellent');
});

test('through the media server each track counts for its member, and what goes out for oneself', () => {
  const facts = [
    ...seconds('server-subscribe', () => [track({ member: 'bo', loss: 0.2 }), track({ member: 'cho', loss: 0 })]),
    ...seconds('server-publish', () => [track({ direction: 'sent', loss: 0.03 })]),
  ].sort((a, b) => a.atMs - b.atMs);
  expect([...connectionQualities(facts, 'me', NOW)].sort()).toEqual([
    ['bo', 'poor'],
    ['cho', 'excellent'],
    ['me', 'good'],
  ]);
});

test('of whom nothing was measured lately nothing is said', () => {
  const old = sample(NOW - 30_000, 'bo', [track({ loss: 0.5 })]);
  expect(connectionQualities([old], 'me', NOW).size).toBe(0);
});
