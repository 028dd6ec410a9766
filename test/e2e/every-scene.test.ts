import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';
import type { ChromiumTab } from './support/chromium-tab.js';
import { type Look, visitEveryScene } from './support/every-scene.js';
import { latinWords, outOfReach, seriousProblems, smallTargets } from './support/page-checks.js';
import { test } from './support/stage.js';

const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const phone = (width: number, height: number): BrowserContextOptions => ({
  viewport: { width, height },
  hasTouch: true,
  isMobile: true,
});
const STILL = { reducedMotion: 'reduce' } as const;

/** What has no Korean form: names of languages and keys, addresses, devices of this browser, and technical terms. */
const MAY_BE_LATIN = [
  /English/g,
  /\b(?:Ctrl|Alt)\b/g,
  /https?(?::\/\/\S+)?/g,
  /\bQR\b/g,
  /Fake[\w ]+|fake_device_\d+/g,
  /\bgarden\b/g,
];

/** Set `SCREENSHOTS` to a folder to look at every scene with one's own eyes. */
const ALBUM = process.env.SCREENSHOTS;

async function photograph(album: string, scene: string, tab: ChromiumTab): Promise<void> {
  if (!ALBUM) return;
  mkdirSync(join(ALBUM, album), { recursive: true });
  await tab.screenshot(join(ALBUM, album, `${scene.replace(/[^\p{L}\p{N}]+/gu, '-')}.png`));
}

for (const { name, screen, isPhone } of [
  { name: 'on a desktop', screen: DESKTOP, isPhone: false },
  { name: 'on a phone of 360 px', screen: phone(360, 740), isPhone: true },
] as const) {
  for (const language of ['en', 'ko'] as const) {
    test(`${name} in “${language}”, no page, panel, menu or dialog has a barrier, a lost control or a foreign word`, {
      timeout: 400_000,
    }, async ({ server, chromium, cast }) => {
      const problems: Record<string, string[]> = {};
      const look: Look = async (scene, tab) => {
        await photograph(`${name} ${language}`, scene, tab);
        const found = [...(await seriousProblems(tab)), ...(await outOfReach(tab))];
        if (isPhone) found.push(...(await smallTargets(tab)));
        if (language === 'ko')
          found.push(...(await latinWords(tab, MAY_BE_LATIN)).map((word) => `not Korean: ${word}`));
        if (found.length > 0) problems[scene] = found;
      };
      await visitEveryScene(
        { server: server.address, chromium, cast, language, screen: { ...screen, ...STILL } },
        look,
      );
      expect(problems).toEqual({});
    });
  }
}

for (const [width, height] of [
  [640, 360],
  [320, 256],
] as const) {
  test(`at ${width} × ${height} px in Korean everything stays within reach`, {
    timeout: 300_000,
  }, async ({ server, chromium, cast }) => {
    const problems: Record<string, string[]> = {};
    const look: Look = async (scene, tab) => {
      await photograph(`${width}x${height} ko`, scene, tab);
      const found = await outOfReach(tab);
      if (found.length > 0) problems[scene] = found;
    };
    const screen = { ...phone(width, height), ...STILL };
    await visitEveryScene({ server: server.address, chromium, cast, language: 'ko', screen }, look);
    expect(problems).toEqual({});
  });
}
