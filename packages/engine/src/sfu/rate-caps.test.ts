import { expect, test } from 'vitest';
import { RateCaps } from './rate-caps.js';

/** For two seconds each publisher sends at its rate, and the room's bits are divided each tenth of a second. */
function room(roomBps: number, publishers: readonly { readonly capBps: number; readonly sendsBps: number }[]) {
  const caps = new RateCaps<number>(roomBps);
  const meters = publishers.map(({ capBps }, id) => caps.add(id, capBps));
  const run = (from: number, ms: number) => {
    for (let now = from; now < from + ms; now += 100) {
      publishers.forEach(({ sendsBps }, id) => {
        meters[id]!.add(sendsBps / 80, now);
      });
      caps.divide(now);
    }
  };
  run(0, 2000);
  return { caps, granted: publishers.map((_, id) => Math.round(caps.grantedBps(id))), run };
}

test('without limits everybody may send all', () => {
  expect(room(Number.POSITIVE_INFINITY, [{ capBps: Number.POSITIVE_INFINITY, sendsBps: 1e6 }]).granted).toEqual([
    Number.POSITIVE_INFINITY,
  ]);
});

test('a publisher has its own limit, however much room there is', () => {
  expect(room(1e9, [{ capBps: 5e5, sendsBps: 1e6 }]).granted).toEqual([500_000]);
});

test('what the modest leave is for the greedy', () => {
  const modest = { capBps: 1e7, sendsBps: 2e5 };
  const greedy = { capBps: 1e7, sendsBps: 9e6 };
  const { granted } = room(4e6, [greedy, modest, greedy]);
  expect(granted[0]).toBe(granted[2]);
  expect(granted[0]).toBe((4e6 - 4e5) / 2);
});

test('who does not heed its limit for three seconds is cut off, and comes back by heeding it', () => {
  const publisher = { capBps: 5e5, sendsBps: 2e6 };
  const { caps, run } = room(1e9, [publisher]);
  expect(caps.isCutOff(0, 2000)).toBe(false);
  run(2000, 2500);
  expect(caps.isCutOff(0, 4500)).toBe(true);
  publisher.sendsBps = 4e5;
  run(4500, 1500);
  expect(caps.isCutOff(0, 6000)).toBe(false);
});

test('a little too much is borne', () => {
  const { caps, run } = room(1e9, [{ capBps: 5e5, sendsBps: 6e5 }]);
  run(2000, 10_000);
  expect(caps.isCutOff(0, 12_000)).toBe(false);
});

test('who is not there may send nothing', () => {
  const { caps } = room(1e6, [{ capBps: 1e6, sendsBps: 1e6 }]);
  caps.remove(0);
  expect([caps.grantedBps(0), caps.isCutOff(0, 9e9)]).toEqual([0, false]);
});
