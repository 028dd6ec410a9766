import type { TrackSample } from '@madang/client';
import { expect, test } from 'vitest';
import type { PeerFactOf } from './connections.js';
import { knownMetrics, seriesRows, summarize, trackSeries } from './track-series.js';

const track = (changes: Partial<TrackSample> = {}): TrackSample => ({
  direction: 'sent',
  kind: 'video',
  source: 'camera',
  packets: 1,
  ...changes,
});
const sample = (atMs: number, tracks: TrackSample[], roundTripMs?: number): PeerFactOf<'sample'> => ({
  type: 'sample',
  peer: 'b',
  atMs,
  sample: { tracks, ...(roundTripMs === undefined ? {} : { roundTripMs }) },
});

test('each track and direction has its series, and what was not measured is a hole', () => {
  const facts = [
    sample(1_000, [track({ bps: 100 }), track({ direction: 'received', bps: 7 })], 20),
    sample(2_000, [track({ bps: 300, height: 720 })], 30),
  ];
  const series = trackSeries({ facts }, 2_500);
  expect(series.map(({ key }) => key)).toEqual(['sent/video/camera', 'received/video/camera']);
  expect(series[0]).toMatchObject({ timesS: [1, 2], latest: { bps: 300 } });
  expect(series[0]!.values).toMatchObject({ bitrate: [100, 300], roundTrip: [20, 30], resolution: [null, 720] });
  expect(series[1]!.values.bitrate).toEqual([7, null]);
  expect(series[1]!.values.roundTrip).toEqual([20, null]);
});

test('what is older than the window is left out', () => {
  const facts = [sample(1_000, [track({ bps: 1 })]), sample(9_000, [track({ bps: 2 })])];
  expect(trackSeries({ facts }, 10_000, 5_000)[0]!.values.bitrate).toEqual([2]);
});

test('two tracks without a known source stay two', () => {
  const unnamed: TrackSample = { direction: 'received', kind: 'video', packets: 1 };
  const facts = [sample(1_000, [unnamed, { ...unnamed, bps: 5 }])];
  expect(trackSeries({ facts }, 1_000)).toHaveLength(2);
});

test('only what the browser tells is charted, and sound has no picture', () => {
  const facts = [sample(1_000, [track({ bps: 5, framesPerSecond: 30 })])];
  expect(knownMetrics(trackSeries({ facts }, 1_000)[0]!)).toEqual(['bitrate', 'frameRate']);
  const sound = [sample(1_000, [track({ kind: 'audio', source: 'microphone', loss: 0, framesPerSecond: 0 })])];
  expect(knownMetrics(trackSeries({ facts: sound }, 1_000)[0]!)).toEqual(['loss']);
});

test('a summary knows the last, least and most', () => {
  expect(summarize([null, 5, 2, null])).toEqual({ latest: null, least: 2, most: 5 });
  expect(summarize([null])).toBeUndefined();
});

test('as a table, a row is the mean of ten seconds, newest first', () => {
  const facts = [1_000, 2_000, 11_000].map((at, ix) => sample(at, [track({ bps: (ix + 1) * 10 })]));
  const rows = seriesRows(trackSeries({ facts }, 12_000)[0]!);
  expect(rows.map(({ fromS, means }) => [fromS, means.bitrate, means.loss])).toEqual([
    [10, 30, null],
    [0, 15, null],
  ]);
});
