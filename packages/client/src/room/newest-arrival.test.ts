import { expect, test } from 'vitest';
import { newestArrival } from './newest-arrival.js';

/** A connection whose receivers last took packets at these times; `asked` counts how many were asked. */
function receiving(...times: readonly (number | null)[]) {
  const seen = { asked: 0 };
  const sources = (at: number | null) => () => {
    seen.asked++;
    return at === null ? [] : [{ timestamp: at }];
  };
  const transceivers = times.map((at) => ({ receiver: { getSynchronizationSources: sources(at) } }));
  return { pc: { getTransceivers: () => transceivers } as unknown as RTCPeerConnection, seen };
}

test('tells of the newest packet of all, and 0 before the first', () => {
  expect(newestArrival(receiving(5, null, 9, 7).pc, Number.POSITIVE_INFINITY)).toBe(9);
  expect(newestArrival(receiving(null, null).pc, 0)).toBe(0);
  expect(newestArrival(receiving().pc, 0)).toBe(0);
});

test('asks no more receivers than it takes to know that something came', () => {
  const { pc, seen } = receiving(null, 5, 12, 20, 30);
  expect(newestArrival(pc, 10)).toBe(12);
  expect(seen.asked).toBe(3);
  expect(newestArrival(pc, 30)).toBe(30);
});

test('tells nothing where the browser does not say', () => {
  const pc = { getTransceivers: () => [{ receiver: {} }] } as unknown as RTCPeerConnection;
  expect(newestArrival(pc, 0)).toBeUndefined();
});
