import { describe, expect, test } from 'vitest';
import { messagesIn } from '../messages/index.js';
import { didYouMean, editDistance, nearest } from './nearest.js';

describe('the distance between two words', () => {
  test.each([
    ['port', 'port', 0],
    ['prot', 'port', 1],
    ['pot', 'port', 1],
    ['ports', 'port', 1],
    ['part', 'port', 1],
    ['', 'port', 4],
    ['httpPort', 'http-port', 2],
  ])('%s to %s is %d', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });
});

test('the nearest word is found whatever its case', () => {
  expect(nearest('HTTP-PROT', ['https-port', 'http-port', 'bind'])).toBe('http-port');
});

test('nothing is suggested when no word is near', () => {
  const line = () => 'what?';
  expect(nearest('colour', ['http-port', 'bind'])).toBeUndefined();
  expect(didYouMean(line, 'colour', ['http-port', 'bind'])).toBe(line);
  expect(didYouMean(line, 'bnid', ['http-port', 'bind'])(messagesIn('en'))).toBe('what? (did you mean bind?)');
});
