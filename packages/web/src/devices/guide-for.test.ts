import type { DeviceErrorKind } from '@madang/client';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../messages/index.js';
import type { Browser, System } from '../platform/read-platform.js';
import { guideFor } from './guide-for.js';

const BROWSERS: readonly Browser[] = ['chrome', 'edge', 'samsung', 'firefox', 'safari', 'whale', 'other'];
const SYSTEMS: readonly System[] = ['windows', 'macos', 'android', 'ios', 'linux', 'chromeos', 'other'];
const KINDS: readonly DeviceErrorKind[] = [
  'denied',
  'denied-by-policy',
  'denied-by-system',
  'not-found',
  'in-use',
  'overconstrained',
  'insecure',
  'unsupported',
  'unknown',
];

const ROWS: readonly (readonly [DeviceErrorKind, Browser, System, string])[] = [
  ['denied', 'chrome', 'windows', 'denied-chromium'],
  ['denied', 'whale', 'macos', 'denied-chromium'],
  ['denied', 'firefox', 'linux', 'denied-firefox'],
  ['denied', 'safari', 'macos', 'denied-safari'],
  ['denied', 'chrome', 'android', 'denied-android'],
  ['denied', 'samsung', 'android', 'denied-samsung'],
  ['denied', 'firefox', 'android', 'denied-firefox-android'],
  ['denied', 'safari', 'ios', 'denied-iphone'],
  ['denied', 'chrome', 'ios', 'denied-iphone-app'],
  ['denied-by-policy', 'edge', 'windows', 'policy'],
  ['denied-by-system', 'chrome', 'macos', 'system-macos'],
  ['denied-by-system', 'chrome', 'windows', 'system-windows'],
  ['not-found', 'chrome', 'linux', 'not-found'],
  ['in-use', 'chrome', 'android', 'in-use-phone'],
  ['unsupported', 'other', 'ios', 'unsupported-iphone'],
];

test.each(ROWS)('%s in %s on %s: %s', (kind, browser, system, guide) => {
  expect(guideFor(kind, { browser, system, inApp: null })).toBe(guide);
});

test('every problem has steps for every browser and system, in every language', () => {
  for (const { messages } of Object.values(LANGUAGES))
    for (const kind of KINDS)
      for (const browser of BROWSERS)
        for (const system of SYSTEMS) {
          const steps = messages.deviceGuide[guideFor(kind, { browser, system, inApp: null })]('카메라');
          expect(steps.length).toBeGreaterThan(0);
        }
});
