import { expect, test } from 'vitest';
import { judgeGrowth, leftIn } from './verdict.mjs';

const samples = (perGuest, perSample) =>
  Array.from({ length: 100 }, (_, ix) => ({
    came: perSample * ix,
    isCollected: ix % 5 === 0,
    residentBytes: 2e8 + perSample * ix * (perGuest.residentBytes ?? 0),
    mainHeapBytes: 3e7 + perSample * ix * (perGuest.heapBytes ?? 0),
    mediaHeapBytes: 3e7,
    files: 40 + perSample * ix * (perGuest.files ?? 0),
    threads: 13,
  }));
/** Of half an hour, in which some 7,000 come. */
const faulty = (perGuest, perSample = 70) =>
  judgeGrowth(samples(perGuest, perSample))
    .filter(({ isWell }) => !isWell)
    .map(({ name }) => name);

test('a run in which nothing grows is well', () => {
  expect(faulty({})).toEqual([]);
});

test('what one of forty connections would leave behind is too much', () => {
  expect(faulty({ residentBytes: (90 * 1_024) / 40 })).toEqual(['resident memory', 'memory outside of the heaps']);
  expect(faulty({ heapBytes: 2_000 })).toEqual(['heap of the main thread']);
  expect(faulty({ files: 1 / 100 })).toEqual(['open files']);
});

test('in a run with few guests an allocator may hold some memory more', () => {
  expect(faulty({ residentBytes: (90 * 1_024) / 40 }, 20)).toEqual([]);
  expect(faulty({ residentBytes: 90 * 1_024 }, 20)).toEqual(['resident memory', 'memory outside of the heaps']);
});

test('tables that are not empty are named', () => {
  expect(leftIn({ tables: { rooms: 0, members: 2 } })).toEqual([['members', 2]]);
});
