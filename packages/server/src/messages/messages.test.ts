import { describe, expect, test } from 'vitest';
import { en } from './en.js';
import { ko } from './ko.js';

/** Every sentence by its path; those made by functions with arguments that stand for any. */
function sentences(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    // Words for arguments that are a list, numbers for those that are counted: whichever does not throw.
    for (const argument of [['a', 'b'], 'X', 7]) {
      try {
        const said: unknown = value(...Array.from({ length: 4 }, () => argument));
        if (typeof said === 'string') return [[path, said]];
      } catch {}
    }
    throw new Error(`${path} says nothing`);
  }
  return Object.entries(value as object).flatMap(([key, child]) =>
    sentences(child, path === '' ? key : `${path}.${key}`),
  );
}

const english = new Map(sentences(en, ''));
const korean = new Map(sentences(ko, ''));

/** What is the same in both languages: names, commands, and what is only a value. */
const SAME = [
  /^command\.join\.(ended|endedNote)$/,
  /^config\.(groups\.TLS|mustBe)$/,
  /^turn\.(steps\.(dns|udp|tcp|tls)|took|failed)$/,
  /^doctor\.(titles\.(node|nat)|udpBuffers\.remedy|container\.seen|bind\.some|announce\.bound|names\.covers|clock\.now|addresses\.found|disk\.free)$/,
];

test('both languages have the same sentences', () => {
  expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
});

describe('Korean', () => {
  test.each([...korean])('%s is Korean: %s', (path, text) => {
    if (SAME.some((pattern) => pattern.test(path))) return;
    expect(text).toMatch(/\p{Script=Hangul}/u);
    expect(text).not.toBe(english.get(path));
  });

  test.each([...korean])('%s leaves no particle to the reader: %s', (_path, text) => {
    expect(text).not.toMatch(/은\(는\)|이\(가\)|을\(를\)|와\(과\)|\(으\)로/);
  });
});

test.each([...english, ...korean])('%s is one line: %s', (_path, text) => {
  expect(text).not.toMatch(/[\r\n]/);
});
