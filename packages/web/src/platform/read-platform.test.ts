import { expect, test } from 'vitest';
import { type Platform, readPlatform } from './read-platform.js';

const KIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

type Row = readonly [browser: Platform['browser'], system: Platform['system'], inApp: Platform['inApp'], agent: string];

const ROWS: readonly Row[] = [
  ['chrome', 'windows', null, `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/126.0.0.0 Safari/537.36`],
  [
    'edge',
    'windows',
    null,
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`,
  ],
  [
    'whale',
    'windows',
    null,
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/124.0.0.0 Whale/3.26.244.21 Safari/537.36`,
  ],
  ['firefox', 'windows', null, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0'],
  ['chrome', 'macos', null, `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${KIT} Chrome/126.0.0.0 Safari/537.36`],
  [
    'safari',
    'macos',
    null,
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  ],
  ['firefox', 'macos', null, 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0'],
  ['chrome', 'linux', null, `Mozilla/5.0 (X11; Linux x86_64) ${KIT} Chrome/126.0.0.0 Safari/537.36`],
  ['chrome', 'linux', null, `Mozilla/5.0 (X11; Linux x86_64) ${KIT} HeadlessChrome/126.0.0.0 Safari/537.36`],
  ['firefox', 'linux', null, 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'],
  ['chrome', 'chromeos', null, `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${KIT} Chrome/126.0.0.0 Safari/537.36`],
  ['chrome', 'android', null, `Mozilla/5.0 (Linux; Android 10; K) ${KIT} Chrome/126.0.0.0 Mobile Safari/537.36`],
  [
    'samsung',
    'android',
    null,
    `Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S921N) ${KIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
  ],
  ['firefox', 'android', null, 'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0'],
  [
    'edge',
    'android',
    null,
    `Mozilla/5.0 (Linux; Android 10; HD1913) ${KIT} Chrome/125.0.6422.165 Mobile Safari/537.36 EdgA/125.0.2535.72`,
  ],
  [
    'whale',
    'android',
    null,
    `Mozilla/5.0 (Linux; Android 13; SM-G991N) ${KIT} Chrome/118.0.5993.80 Whale/1.0.0.0 Crosswalk/28.118.0.15 Mobile Safari/537.36`,
  ],
  ['safari', 'ios', null, `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`],
  ['chrome', 'ios', null, `${IPHONE} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`],
  ['firefox', 'ios', null, `${IPHONE} FxiOS/127.1 Mobile/15E148 Safari/605.1.15`],
  ['edge', 'ios', null, `${IPHONE} Version/17.0 EdgiOS/125.0.2535.96 Mobile/15E148 Safari/605.1.15`],
  [
    'other',
    'windows',
    null,
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Chrome/124.0.0.0 Safari/537.36 OPR/110.0.0.0`,
  ],
  [
    'chrome',
    'android',
    'kakaotalk',
    `Mozilla/5.0 (Linux; Android 14; SM-S921N Build/UP1A.231005.007; wv) ${KIT} Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36;KAKAOTALK 2410730`,
  ],
  ['other', 'ios', 'kakaotalk', `${IPHONE} Mobile/15E148 KAKAOTALK/10.7.5 (INAPP)`],
  [
    'chrome',
    'android',
    'naver',
    `Mozilla/5.0 (Linux; Android 13; SM-S901N Build/TP1A.220624.014; wv) ${KIT} Version/4.0 Chrome/124.0.6367.179 Mobile Safari/537.36 NAVER(inapp; search; 1230; 12.5.4)`,
  ],
  ['other', 'ios', 'naver', `${IPHONE} Mobile/15E148 NAVER(inapp; search; 2000; 12.5.2; 14PRO)`],
  [
    'chrome',
    'android',
    'line',
    `Mozilla/5.0 (Linux; Android 13; Pixel 7 Build/TQ3A; wv) ${KIT} Version/4.0 Chrome/124.0.6367.179 Mobile Safari/537.36 Line/14.8.0/IAB`,
  ],
  ['other', 'ios', 'line', `${IPHONE} Mobile/15E148 Safari Line/14.7.1`],
  ['other', 'ios', 'instagram', `${IPHONE} Mobile/21F90 Instagram 335.1.2.29.94 (iPhone15,2; iOS 17_5_1; ko_KR)`],
  [
    'chrome',
    'android',
    'facebook',
    `Mozilla/5.0 (Linux; Android 13; SM-A536N Build/TP1A; wv) ${KIT} Version/4.0 Chrome/124.0.6367.179 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/465.0.0.51.108;]`,
  ],
  ['other', 'ios', 'facebook', `${IPHONE} Mobile/21F90 [FBAN/FBIOS;FBAV/466.0.0.51.101;FBDV/iPhone15,2]`],
  [
    'chrome',
    'android',
    'other',
    `Mozilla/5.0 (Linux; Android 13; Pixel 7 Build/TQ3A; wv) ${KIT} Version/4.0 Chrome/124.0.6367.179 Mobile Safari/537.36`,
  ],
  ['other', 'ios', 'other', `${IPHONE} Mobile/15E148`],
  ['other', 'other', null, ''],
];

test.each(ROWS)('%s on %s, in app: %s: %s', (browser, system, inApp, userAgent) => {
  expect(readPlatform({ userAgent })).toEqual({ browser, system, inApp });
});

test('an iPad that calls itself a Mac is told by its touch screen', () => {
  const userAgent =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15';
  expect(readPlatform({ userAgent, maxTouchPoints: 5 }).system).toBe('ios');
  expect(readPlatform({ userAgent, maxTouchPoints: 0 }).system).toBe('macos');
});

test('the brands that a browser tells count for more than its user agent, which may be reduced', () => {
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) ${KIT} Chrome/126.0.0.0 Safari/537.36`;
  const brands = [{ brand: 'Not/A)Brand' }, { brand: 'Chromium' }, { brand: 'Microsoft Edge' }];
  expect(readPlatform({ userAgent, brands, platform: 'Windows' })).toEqual({
    browser: 'edge',
    system: 'windows',
    inApp: null,
  });
  expect(readPlatform({ userAgent, brands: brands.slice(0, 2), platform: 'Chrome OS' }).system).toBe('chromeos');
});
