import type { Fact, TrackSample } from '@madang/client';
import { expect, test } from 'vitest';
import { lineOf, streamsOf } from './legs.js';

const track = (more: Partial<TrackSample>): TrackSample => ({
  direction: 'received',
  kind: 'video',
  source: 'camera',
  packets: 10,
  ...more,
});
const states = (camera: string) => ({ microphone: 'off', camera, screen: 'off' });
const report = (from: string, sends: string, receives: string): Fact =>
  ({
    atMs: 4,
    type: 'report',
    from,
    report: { own: states('live'), peers: [{ member: 'me', sends: states(sends), receives: states(receives) }] },
  }) as unknown as Fact;

const FACTS: readonly Fact[] = [
  { atMs: 0, type: 'self', id: 'me', role: 'host' },
  { atMs: 1, type: 'connection-opened', peer: 'server-publish' },
  { atMs: 2, type: 'connection-opened', peer: 'server-subscribe' },
  report('bo', 'sending', 'played'),
  report('cho', 'sending', 'received'),
  { atMs: 5, type: 'wanted', peer: 'server-publish', source: 'camera', encodings: [true, false, true] },
  { atMs: 6, type: 'forwarding', peer: 'server-subscribe', member: 'bo', source: 'camera', layer: 0, reason: 'size' },
  {
    atMs: 7,
    type: 'sample',
    peer: 'server-publish',
    sample: { roundTripMs: 12, tracks: [track({ direction: 'sent', bps: 900_000 })] },
  },
  {
    atMs: 8,
    type: 'sample',
    peer: 'server-subscribe',
    sample: { roundTripMs: 14, tracks: [track({ member: 'bo', bps: 150_000 }), track({ member: 'dan' })] },
  },
];

test('of one’s own, the way up is measured and the way down told by those who receive it', () => {
  expect(streamsOf(FACTS)[0]).toMatchObject({
    whose: 'own',
    source: 'camera',
    up: { roundTripMs: 12, track: { bps: 900_000 } },
    wanted: { sent: 2, all: 3 },
    played: 1,
    told: 2,
  });
});

test('of another’s, the way up is what the member says, and the way down measured, with the layer and its reason', () => {
  const [, bo, dan] = streamsOf(FACTS);
  expect(bo).toMatchObject({
    member: 'bo',
    sends: 'sending',
    down: { roundTripMs: 14, track: { bps: 150_000 } },
    forwarded: { layer: 0, reason: 'size' },
  });
  expect(dan).toMatchObject({ member: 'dan', sends: undefined, forwarded: undefined });
});

test('once the connections are closed nothing goes through the server', () => {
  const closed = (peer: string): Fact => ({ atMs: 9, type: 'connection-closed', peer });
  expect(streamsOf([...FACTS, closed('server-publish'), closed('server-subscribe')])).toEqual([]);
});

test('what the server takes the line for is what it said last, as long as the connection is open', () => {
  const line = (atMs: number, bps: number): Fact => {
    return { atMs, type: 'line', peer: 'server-subscribe', bps, queueMs: 4, loss: 0.01 };
  };
  expect(lineOf(FACTS)).toBeUndefined();
  const told = [...FACTS, line(9, 500_000), line(10, 1_250_000)];
  expect(lineOf(told)).toMatchObject({ bps: 1_250_000, queueMs: 4 });
  expect(lineOf([...told, { atMs: 11, type: 'connection-closed', peer: 'server-subscribe' }])).toBeUndefined();
});
