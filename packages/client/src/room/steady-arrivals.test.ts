import { expect, it } from 'vitest';
import { SteadyArrivals } from './steady-arrivals.js';

/** A receiver whose newest frame is from these times, one after the other. */
const receiver = (...timestamps: number[]): RTCRtpReceiver => {
  const getSynchronizationSources = () => {
    const timestamp = timestamps.shift() ?? 0;
    return timestamp === 0 ? [] : [{ timestamp, source: 1, rtpTimestamp: 0 }];
  };
  return { getSynchronizationSources } as unknown as RTCRtpReceiver;
};

it('a first frame is not enough, a second one is', () => {
  const arrivals = new SteadyArrivals();
  const one = receiver(0, 100, 100, 200);
  expect([1, 2, 3, 4].map(() => arrivals.look(one))).toEqual([false, false, false, true]);
  expect(arrivals.has(one)).toBe(true);
  arrivals.clear();
  expect(arrivals.has(one)).toBe(false);
});

it('what a browser says nothing about is not waited for', () => {
  expect(new SteadyArrivals().look({} as RTCRtpReceiver)).toBe(true);
});
