import { expect, test } from 'vitest';
import { foldSame, sdpDifference } from './sdp-difference.js';

test('the difference of two descriptions is told line by line', () => {
  expect(sdpDifference('v=0\r\na=sendrecv\r\na=mid:0\r\n', 'v=0\na=recvonly\na=mid:0\n')).toEqual([
    { change: 'same', text: 'v=0' },
    { change: 'removed', text: 'a=sendrecv' },
    { change: 'added', text: 'a=recvonly' },
    { change: 'same', text: 'a=mid:0' },
  ]);
});

test('what did not change is folded, save for what stands around a change', () => {
  const before = Array.from({ length: 20 }, (_, ix) => `a=line:${ix}`);
  const after = before.with(10, 'a=other');
  const shown = foldSame(sdpDifference(before.join('\n'), after.join('\n')), 1);
  expect(shown).toEqual([
    { folded: 9 },
    { change: 'same', text: 'a=line:9' },
    { change: 'removed', text: 'a=line:10' },
    { change: 'added', text: 'a=other' },
    { change: 'same', text: 'a=line:11' },
    { folded: 8 },
  ]);
});

test('two equal descriptions have nothing to show', () => {
  expect(foldSame(sdpDifference('v=0\nt=0 0', 'v=0\nt=0 0'))).toEqual([{ folded: 2 }]);
});
