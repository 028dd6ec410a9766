import { expect, test } from 'vitest';
import { outsideLink } from './outside-link.js';
import type { InApp, System } from './read-platform.js';

const ADDRESS = 'https://meet.example/madang/r/%EB%A7%88%EB%8B%B9?mode=p2p';
const link = (inApp: InApp | null, system: System) => outsideLink(ADDRESS, { browser: 'other', system, inApp });

test('KakaoTalk is asked in its own words, on both phones', () => {
  const asked = `kakaotalk://web/openExternal?url=${encodeURIComponent(ADDRESS)}`;
  expect([link('kakaotalk', 'android'), link('kakaotalk', 'ios')]).toEqual([asked, asked]);
});

test('LINE reads a parameter of the address', () => {
  expect(link('line', 'ios')).toBe(`${ADDRESS}&openExternalBrowser=1`);
});

test('on Android the others are left by an intent, with the page itself where there is no Chrome', () => {
  expect(link('naver', 'android')).toBe(
    `intent://meet.example/madang/r/%EB%A7%88%EB%8B%B9?mode=p2p#Intent;scheme=https;package=com.android.chrome;S.browser_fallback_url=${encodeURIComponent(ADDRESS)};end`,
  );
});

test('on an iPhone there is no way but to copy the link; a browser of its own needs none', () => {
  expect(link('instagram', 'ios')).toBeNull();
  expect(link(null, 'android')).toBeNull();
});
