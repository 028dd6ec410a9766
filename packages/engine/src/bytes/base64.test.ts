import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.js';
import { latin1Bytes, latin1Text } from './latin1.js';

test.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
])('"%s" is "%s" (RFC 4648 §10)', (text, encoded) => {
  expect(latin1Text(encodeBase64(latin1Bytes(text)))).toBe(encoded);
  expect(latin1Text(encodeBase64(latin1Bytes(text), false))).toBe(encoded.replace(/=/g, ''));
  expect(latin1Text(decodeBase64(latin1Bytes(encoded))!)).toBe(text);
});

test('any bytes come back, with and without padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.boolean(), (bytes, padded) => {
      expect(decodeBase64(encodeBase64(bytes, padded))).toEqual(bytes);
    }),
  );
});

test.each(['A', 'AAAAA', 'AA*A', 'A A', 'AA-_', '====A'])('"%s" is no base64', (text) => {
  expect(decodeBase64(latin1Bytes(text))).toBeNull();
});
