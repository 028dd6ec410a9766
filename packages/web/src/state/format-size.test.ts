import { expect, test } from 'vitest';
import { formatSize } from './format-size.js';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_536_000, '1.54 MB'],
  [1_073_741_824, '1.07 GB'],
  [5e15, '5,000 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatSize(bytes, 'en')).toBe(text);
});
