import { expect, test } from 'vitest';
import { type StatsReading, trackRates } from './track-rates.js';

const reading = (...stats: Record<string, unknown>[]) =>
  new Map(stats.map((stat) => [stat.id, stat])) as unknown as StatsReading;

const codec = { id: 'C', type: 'codec', mimeType: 'video/VP8' };
const source = { id: 'S', type: 'media-source', trackIdentifier: 'cam' };
const sent = (timestamp: number, bytesSent: number) => ({
  id: 'O',
  type: 'outbound-rtp',
  kind: 'video',
  timestamp,
  bytesSent,
  mediaSourceId: 'S',
  codecId: 'C',
  framesPerSecond: 30,
  frameWidth: 1280,
  frameHeight: 720,
});
const received = (timestamp: number, packetsReceived: number, packetsLost: number) => ({
  id: 'I',
  type: 'inbound-rtp',
  kind: 'audio',
  timestamp,
  bytesReceived: packetsReceived * 100,
  packetsReceived,
  packetsLost,
  trackIdentifier: 'mic',
});

test('a bitrate is the difference between two readings', () => {
  const [rate] = trackRates(reading(sent(2000, 250_000), source, codec), reading(sent(1000, 125_000)));
  expect(rate).toMatchObject({ direction: 'sent', kbps: 1000, trackId: 'cam', codec: 'VP8', fps: 30, width: 1280 });
});

test('after one reading there is no bitrate to tell', () => {
  expect(trackRates(reading(sent(1000, 5)), undefined)[0]).toMatchObject({ kbps: undefined, loss: undefined });
});

test('loss is the share of this interval', () => {
  const [rate] = trackRates(reading(received(2000, 190, 15)), reading(received(1000, 100, 5)));
  expect(rate).toMatchObject({ direction: 'received', loss: 0.1, kbps: 72, trackId: 'mic' });
});

test('a counter that begins anew is no negative bitrate', () => {
  expect(trackRates(reading(sent(2000, 10)), reading(sent(1000, 99)))[0]!.kbps).toBe(0);
});

test('other statistics are not tracks', () => {
  expect(trackRates(reading(codec, source, { id: 'T', type: 'transport', timestamp: 1 }), undefined)).toEqual([]);
});
