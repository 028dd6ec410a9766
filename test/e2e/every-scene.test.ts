import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '../../packages/web/src/messages/index.js';
import { FAKE_DEVICES, GRANT_ALL } from './support/chromium.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { walkAroundCall, walkThroughCall } from './support/every-scene.js';
import { latinWords, outOfReach, seriousProblems, smallTargets } from './support/page-checks.js';
import { OTHER_MACHINE } from './support/scenes/ways-in.js';
import { stage } from './support/stage.js';
import type { Look } from './support/walker.js';

const test = stage({
  server: { https: true },
  chromium: { flags: [...FAKE_DEVICES, ...GRANT_ALL, `--host-resolver-rules=MAP ${OTHER_MACHINE} 127.0.0.1`] },
});

const phone = (width: number, height: number): BrowserContextOptions => ({
  viewport: { width, height },
  hasTouch: true,
  isMobile: true,
});
const STILL = { reducedMotion: 'reduce' } as const;

const DESKTOP = { name: 'on a desktop', screen: { viewport: { width: 1280, height: 800 } }, isPhone: false } as const;
const PHONE = { name: 'on a phone of 360 px', screen: phone(360, 740), isPhone: true } as const;

/** A phone on its side, and a page magnified to four times its size. */
const LOW = [
  { width: 640, height: 360 },
  { width: 320, height: 256 },
] as const;

/**
 * What has no Korean form: names of languages and keys, addresses, devices of this browser, sizes of files, and technical
 * terms.
 */
const MAY_BE_LATIN = [
  /English/g,
  /\b(?:Ctrl|Alt)\b/g,
  /https?(?::\/\/\S+)?/g,
  /\bQR\b/g,
  /Fake[\w ]+|fake_device_\d+/g,
  /\bgarden\b/g,
  /\d(?:kB|MB)/g,
];

/** Set `SCREENSHOTS` to a folder to look at every scene with one's own eyes. */
const ALBUM = process.env.SCREENSHOTS;

async function photograph(album: string, scene: string, tab: ChromiumTab): Promise<void> {
  if (!ALBUM) return;
  mkdirSync(join(ALBUM, album), { recursive: true });
  await tab.screenshot(join(ALBUM, album, `${scene.replace(/[^\p{L}\p{N}]+/gu, '-')}.png`));
}

async function barriers(
  tab: ChromiumTab,
  { isPhone }: { readonly isPhone: boolean },
  language: Language,
  mayBeLatin: readonly RegExp[],
): Promise<string[]> {
  const foreign = language === 'ko' ? await latinWords(tab, [...mayBeLatin, ...MAY_BE_LATIN]) : [];
  return [
    ...(await seriousProblems(tab)),
    ...(await outOfReach(tab)),
    ...(isPhone ? await smallTargets(tab) : []),
    ...foreign.map((word) => `not Korean: ${word}`),
  ];
}

/** What is out of reach when the page that stands there is given less room. */
async function outOfReachWhenLow(tab: ChromiumTab, scene: string): Promise<string[]> {
  const before = tab.page.viewportSize();
  const found: string[] = [];
  for (const size of LOW) {
    await tab.page.setViewportSize(size);
    await tab.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await photograph(`${size.width}x${size.height} ko`, scene, tab);
    found.push(...(await outOfReach(tab)).map((lost) => `${size.width} × ${size.height}: ${lost}`));
  }
  if (before !== null) await tab.page.setViewportSize(before);
  return found;
}

/** English by night, Korean by day. */
const inLanguage = (language: Language) => ({ language, colorScheme: language === 'en' ? 'dark' : 'light' }) as const;

for (const device of [DESKTOP, PHONE]) {
  for (const { language, colorScheme } of [inLanguage('en'), inLanguage('ko')]) {
    test(`${device.name} in “${language}”, no page, panel, menu or dialog of a call has a barrier, a lost control or a foreign word`, {
      timeout: 400_000,
    }, async ({ server, chromium, cast }) => {
      const problems: Record<string, string[]> = {};
      const look: Look = async (scene, tab, mayBeLatin) => {
        await photograph(`${device.name} ${language}`, scene, tab);
        const found = await barriers(tab, device, language, mayBeLatin);
        if (found.length > 0) problems[scene] = found;
      };
      const screen = { ...device.screen, ...STILL, colorScheme };
      await walkThroughCall({ server, chromium, cast, language, screen, look });
      expect(problems).toEqual({});
    });
  }
}

for (const { width, height } of LOW) {
  test(`at ${width} × ${height} px in Korean everything of a call stays within reach`, {
    timeout: 300_000,
  }, async ({ server, chromium, cast }) => {
    const problems: Record<string, string[]> = {};
    const look: Look = async (scene, tab) => {
      await photograph(`${width}x${height} ko`, scene, tab);
      const found = await outOfReach(tab);
      if (found.length > 0) problems[scene] = found;
    };
    const screen = { ...phone(width, height), ...STILL };
    await walkThroughCall({ server, chromium, cast, language: 'ko', screen, look });
    expect(problems).toEqual({});
  });
}

for (const { device, language, colorScheme } of [
  { device: DESKTOP, ...inLanguage('en') },
  { device: PHONE, ...inLanguage('ko') },
]) {
  test(`${device.name} in “${language}”, nothing around a call has a barrier, a lost control or a foreign word${
    device.isPhone ? ', nor a control beyond a low screen' : ''
  }`, { timeout: 400_000 }, async ({ server, chromium, cast }) => {
    const problems: Record<string, string[]> = {};
    const look: Look = async (scene, tab, mayBeLatin) => {
      await photograph(`${device.name} ${language}`, scene, tab);
      const found = await barriers(tab, device, language, mayBeLatin);
      if (device.isPhone) found.push(...(await outOfReachWhenLow(tab, scene)));
      if (found.length > 0) problems[scene] = found;
    };
    const screen = { ...device.screen, ...STILL, colorScheme };
    await walkAroundCall({ server, chromium, cast, language, screen, look });
    expect(problems).toEqual({});
  });
}
