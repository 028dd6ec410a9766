import { expect } from 'vitest';
import { Chromium } from './support/chromium.js';
import { seeAndHear } from './support/media-checks.js';
import { type Cast, freshRoom, stage } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';
import { TrustingHome } from './support/trusting-home.js';

const test = stage({ server: { https: true } });

/** A Chromium without any flag about certificates, in a home that trusts `authority` if given. */
async function launchIn(cast: Cast, authority?: string): Promise<Chromium> {
  const home = new TrustingHome(...(authority === undefined ? [] : [authority]));
  cast.onLeave(async () => home.remove());
  const chromium = await Chromium.launch({ home: home.path });
  cast.onLeave(() => chromium.close());
  return chromium;
}

test('with the local authority trusted, a call over HTTPS by name and by address', async ({ server, cast }) => {
  const authority = await (await fetch(`${server.address}/authority.pem`)).text();
  const chromium = await launchIn(cast, authority);
  const byName = `https://localhost:${server.httpsPort}`;
  const byAddress = `https://127.0.0.1:${server.httpsPort}`;
  const room = freshRoom();
  const ana = await cast.enters(chromium, byName, room, 'Ana');
  const bo = await cast.enters(chromium, byAddress, room, 'Bo');
  await seeAndHear([ana.tab, bo.tab], 1);
  for (const page of [ana, bo]) {
    expect(await page.tab.evaluate(() => window.isSecureContext)).toBe(true);
    expect(page.tab.log.requests.filter((address) => /^(http|ws):/.test(address))).toEqual([]);
  }
  await expectNothingForeign(ana.tab, byName);
  await expectNothingForeign(bo.tab, byAddress);
  await bo.openChat();
  await ana.say('over TLS');
  await bo.shows('over TLS');
});

test('without that trust the browser refuses the page', async ({ server, cast }) => {
  const chromium = await launchIn(cast);
  const tab = cast.add('Ana', await chromium.tab());
  await expect(tab.goto(`https://localhost:${server.httpsPort}/`)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
});
