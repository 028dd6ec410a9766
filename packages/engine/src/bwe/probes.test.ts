import { expect, test } from 'vitest';
import { Probes } from './probes.js';

const PACKET_BYTES = 1_000;

test('a long probe on a long way is told of in time, for patience begins with its last burst', () => {
  const probes = new Probes();
  probes.begin(1_000_000, 400, 0, 0, 0);
  let [bytes, next, endMs] = [0, 0, 0];
  for (let now = 0; probes.nextAtMs === now; now += 5) {
    for (let padding = probes.due(bytes, now); padding > 0; padding -= PACKET_BYTES) {
      bytes += PACKET_BYTES;
      probes.arrived(next++, PACKET_BYTES, now);
    }
    probes.wrote(next);
    endMs = now;
  }
  expect(endMs).toBeGreaterThanOrEqual(400);
  expect(probes.due(bytes, endMs + 990)).toBe(-1);
  expect(probes.isPending).toBe(true);
  expect(probes.result(next)).toBeGreaterThan(800_000);
});

test('a result that never comes is given up', () => {
  const probes = new Probes();
  probes.begin(1_000_000, 0, 0, 0, 0);
  let next = 0;
  for (let now = 0; probes.nextAtMs === now; now += 5) {
    probes.due(PACKET_BYTES * next, now);
    probes.wrote(++next);
  }
  const atMs = probes.nextAtMs;
  expect([probes.due(PACKET_BYTES * next, atMs), probes.isPending]).toEqual([-1, false]);
});
