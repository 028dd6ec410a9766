import { expect, test } from 'vitest';
import { judgeMembers } from './verdict.mjs';

const run = (changes = {}, bytesPerMinute = 0) => ({
  samples: Array.from({ length: 60 }, (_, ix) => ({
    second: 10 * ix,
    isCollected: ix % 3 === 0,
    residentBytes: 2e8 + (bytesPerMinute * ix) / 6,
    mainHeapBytes: 3e7,
    mediaHeapBytes: 3e7,
  })),
  members: { longestMs: 900, longestFirstMs: 1_200 },
  lags: [{ p99: 4 }, { p99: 2 }],
  complaints: [],
  faults: [],
  left: [],
  exitCode: 0,
  ...changes,
});
const faulty = (...args) =>
  judgeMembers(run(...args))
    .filter(({ isWell }) => !isWell)
    .map(({ name }) => name);

test('a run in which everybody saw everybody is well', () => {
  expect(faulty()).toEqual([]);
});

test.each([
  ['a frozen tile', { members: { longestMs: 2_001, longestFirstMs: 0 } }, 'longest time that a tile stood still'],
  [
    'a picture that does not come',
    { members: { longestMs: 0, longestFirstMs: 9_000 } },
    'longest wait for a first picture',
  ],
  ['a busy media thread', { lags: [{ p99: 1 }, { p99: 25 }] }, 'lag of the event loop, p99, media thread 1'],
  ['a server that did not end well', { exitCode: null }, 'exit code of the server'],
])('%s breaks a bound', (_what, changes, name) => {
  expect(faulty(changes)).toEqual([name]);
});

test('memory that grows is found', () => {
  expect(faulty({}, 2 * 2 ** 20)).toEqual(['resident memory, growth in a minute']);
});
