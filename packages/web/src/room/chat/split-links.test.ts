import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLinks } from './split-links.js';

const links = (text: string) => splitLinks(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));

test.each([
  ['see https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
  ['(https://example.org/)', ['https://example.org/']],
  ['https://example.org/wiki/Courtyard_(house).', ['https://example.org/wiki/Courtyard_(house)']],
  ['http://a.test, https://b.test!', ['http://a.test', 'https://b.test']],
  ['https://예시.한국/마당 에서', ['https://예시.한국/마당']],
  ['javascript:alert(1)', []],
  ['data:text/html,x file:///etc/passwd ftp://a', []],
  ['https://', []],
  ['<a href="https://evil.test">x</a>', ['https://evil.test']],
])('in %j the links are %j', (text, expected) => {
  expect(links(text)).toEqual(expected);
});

test('nothing of a text is lost or added', () => {
  const piece = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('https://', '(', ')', '. ', 'javascript:'));
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(
        splitLinks(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('every link is http or https', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.webUrl())), (pieces) => {
      for (const part of splitLinks(pieces.join(' ')))
        if (part.kind === 'link') expect(part.href).toMatch(/^https?:\/\//);
    }),
  );
});
