import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Bytes, utf8Text } from './utf8.js';

test('any text has the bytes that everybody gives it, and comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(Buffer.from(utf8Bytes(text)).equals(Buffer.from(text))).toBe(true);
      expect(utf8Text(utf8Bytes(text))).toBe(text);
    }),
  );
});

test('half a surrogate pair is replaced', () => {
  expect(utf8Text(utf8Bytes('a\ud800b'))).toBe('a\ufffdb');
  expect(utf8Text(utf8Bytes('\udc00'))).toBe('\ufffd');
});

test('any bytes are read as others read them, or not at all', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
      let text: string | null = null;
      try {
        text = decoder.decode(bytes);
      } catch {
        // None.
      }
      expect(utf8Text(bytes)).toBe(text);
    }),
  );
});
