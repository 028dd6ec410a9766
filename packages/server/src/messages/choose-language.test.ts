import { expect, test } from 'vitest';
import { chooseLanguage } from './choose-language.js';

test.each<[string, string[], Record<string, string>, string | undefined, string]>([
  ['nothing said', [], {}, undefined, 'en'],
  ['the flag before all', ['start', '--lang', 'ko'], { MADANG_LANG: 'en', LC_ALL: 'C' }, 'en-US', 'ko'],
  ['the flag in one word', ['--lang=ko'], {}, undefined, 'ko'],
  ['the last flag', ['--lang', 'ko', '--lang=en'], {}, undefined, 'en'],
  ['no flag after --', ['join', '--', '--lang', 'ko'], {}, undefined, 'en'],
  ['the flag without its value', ['--lang'], { MADANG_LANG: 'ko' }, undefined, 'ko'],
  ['a language that is none', ['--lang', 'tlh'], { LANG: 'ko_KR.UTF-8' }, undefined, 'ko'],
  ['the variable', [], { MADANG_LANG: 'ko', LANG: 'en_US.UTF-8' }, undefined, 'ko'],
  ['the locale', [], { LANG: 'ko_KR.UTF-8' }, 'en-US', 'ko'],
  ['messages before the rest', [], { LC_MESSAGES: 'ko_KR', LANG: 'en_US' }, undefined, 'ko'],
  ['LC_ALL before both', [], { LC_ALL: 'C', LC_MESSAGES: 'ko_KR', LANG: 'ko_KR' }, 'ko-KR', 'en'],
  ['an empty LC_ALL is unset', [], { LC_ALL: '', LANG: 'ko_KR' }, undefined, 'ko'],
  ['another language', [], { LANG: 'fr_FR.UTF-8' }, 'ko-KR', 'en'],
  ['the system', [], {}, 'ko-KR', 'ko'],
])('%s', (_what, argv, env, locale, language) => {
  expect(chooseLanguage({ argv, env, locale })).toBe(language);
});
