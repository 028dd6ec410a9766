import { describe, expect, test } from 'vitest';
import { h264Profile } from './h264-profile.js';

describe('RFC 6184 §8.1, table 5', () => {
  test.each([
    ['42e01f', 'constrained-baseline'],
    ['42c015', 'constrained-baseline'],
    ['4d801f', 'constrained-baseline'],
    ['58f01f', 'constrained-baseline'],
    ['42001f', 'baseline'],
    ['42801f', 'baseline'],
    ['58a01f', 'baseline'],
    ['4d001f', 'main'],
    ['4D401F', 'main'],
    ['58001f', 'extended'],
    ['64001f', 'high'],
    ['640c1f', 'constrained-high'],
    ['f4001f', 'high-4:4:4'],
    ['6e101f', 'high-10-intra'],
  ])('%s is %s', (id, profile) => {
    expect(h264Profile(id)).toBe(profile);
  });

  test('without the parameter it is Baseline', () => {
    expect(h264Profile()).toBe('baseline');
  });

  test.each(['', '42e0', '42e01g', '42e01f0', '64ff1f', 'fe001f'])('%j is none', (id) => {
    expect(h264Profile(id)).toBeNull();
  });
});
