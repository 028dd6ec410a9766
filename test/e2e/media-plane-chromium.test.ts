import { PEER_STATE } from '@madang/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { MirrorPlane } from '../../packages/native/test/mirror-plane.js';
import { Chromium } from './support/chromium.js';
import { mirroredOffer, seenBy, takeAnswer } from './support/mirrored-page.js';
import { StaticSite } from './support/static-site.js';

let site: StaticSite;
let chromium: Chromium;

beforeAll(async () => {
  site = await StaticSite.of({ '/': '<!doctype html><title>mirror</title>' });
  chromium = await Chromium.launch();
});

afterAll(async () => {
  await chromium.close();
  await site.close();
});

describe.runIf(hasAddon())('a media plane with Chromium', () => {
  test.each(['server', 'client'] as const)(
    'as DTLS %s: its picture comes in as rows and goes back as rows',
    async (role) => {
      const mirror = new MirrorPlane(role);
      const { page } = await chromium.tab();
      await page.goto(site.address);
      const offer = await mirroredOffer(page);
      await takeAnswer(page, mirror.answer(offer));
      await expect.poll(() => mirror.states, { timeout: 30_000 }).toHaveLength(1);
      expect(mirror.states[0]).toMatchObject({ state: PEER_STATE.CONNECTED, failure: 0 });
      await expect.poll(async () => (await seenBy(page)).framesDecoded, { timeout: 30_000 }).toBeGreaterThan(10);
      expect((await seenBy(page)).pliCount).toBeGreaterThan(0);
      await expect.poll(() => mirror.rtcpRows, { timeout: 30_000 }).toBeGreaterThan(0);
      await expect.poll(() => mirror.data.length, { timeout: 30_000 }).toBeGreaterThan(0);
      expect(mirror.plane.counts()).toMatchObject({ rxSrtpAuthentication: 0, rxSrtpMalformed: 0, txProtectFailed: 0 });
      // Its good-bye reaches the page.
      mirror.closePeer();
      await expect.poll(async () => (await seenBy(page)).dtlsState, { timeout: 30_000 }).toBe('closed');
      await page.close();
      mirror.close();
    },
  );
});
