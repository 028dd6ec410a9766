import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName } from './safe-file-name.js';

test.each([
  ['photo.jpg', 'photo.jpg'],
  ['보고서 최종.hwp', '보고서 최종.hwp'],
  ['/etc/passwd', 'passwd'],
  ['..\\..\\windows\\system.ini', 'system.ini'],
  ['..', 'file'],
  ['', 'file'],
  ['.bashrc', 'bashrc'],
  ['a\u0000b\u001bc.txt', 'abc.txt'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\u200bb\ufeff.txt', 'ab.txt'],
  ['what? "now" <b>|*.txt', 'what_ _now_ _b___.txt'],
  ['C:evil.txt', 'C_evil.txt'],
  ['con.txt', '_con.txt'],
  ['LPT1', '_LPT1'],
  ['conference.txt', 'conference.txt'],
  ['name. . ', 'name'],
  ['한글.txt', '한글.txt'],
])('%j becomes %j', (given, safe) => {
  expect(safeFileName(given)).toBe(safe);
});

test('a long name keeps its extension', () => {
  const name = safeFileName(`${'긴'.repeat(300)}.tar.gz`);
  expect(name.endsWith('.gz')).toBe(true);
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
});

test('no name is dangerous afterwards, and a safe one stays', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
      const safe = safeFileName(given);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
      expect(safe).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
      expect(safe).not.toMatch(/^\.|[. ]$/);
      expect(safe.length).toBeGreaterThan(0);
      expect(safeFileName(safe)).toBe(safe);
    }),
  );
});
