import { describe, expect, test } from 'vitest';
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
  expect(nearest('colour', ['http-port', 'bind'])).toBeUndefined();
  expect(didYouMean('colour', ['http-port', 'bind'])).toBe('');
  expect(didYouMean('bnid', ['http-port', 'bind'])).toBe(' (did you mean bind?)');
});
