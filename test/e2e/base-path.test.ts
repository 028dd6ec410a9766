import { expect } from 'vitest';
import { seeAndHear, seesMoving } from './support/media-checks.js';
import { PrefixProxy } from './support/prefix-proxy.js';
import { freshRoom, stage } from './support/stage.js';
import { expectNothingForeign } from './support/tab-checks.js';
import { until } from './support/until.js';

const PREFIX = '/x';
const test = stage({ server: { flags: ['--base-path', PREFIX, '--trust-proxy', 'loopback'] } });

test('behind a reverse proxy, under a path prefix: a call, chat and a reload', async ({ server, chromium, cast }) => {
  const proxy = await PrefixProxy.to(server.httpPort, PREFIX);
  cast.onLeave(() => proxy.close());
  const base = `${proxy.address}${PREFIX}`;
  const room = freshRoom();
  const ana = await cast.enters(chromium, base, room, 'Ana');
  const bo = await cast.enters(chromium, base, room, 'Bo');
  await seeAndHear([ana.tab, bo.tab], 1);
  await bo.openChat();
  await ana.say('through the proxy');
  await bo.shows('through the proxy');
  await bo.tab.reload();
  await bo.join('Bo');
  await seesMoving(ana.tab, 1);
  await expectNothingForeign(ana.tab, base);
  expect(
    ana.tab.log.requests.some((address) => address.startsWith(`ws://`) && address.includes(`${PREFIX}/socket.io`)),
  ).toBe(true);
  expect(proxy.strays).toEqual([]);
});

test('the landing page under the prefix leads into a room under the prefix', async ({ server, chromium, cast }) => {
  const proxy = await PrefixProxy.to(server.httpPort, PREFIX);
  cast.onLeave(() => proxy.close());
  const tab = cast.add('Ana', await chromium.tab());
  await tab.goto(`${proxy.address}${PREFIX}/`);
  await tab.fill('Room name', 'garden');
  await tab.click('button', 'Go');
  await tab.page.waitForURL(`${proxy.address}${PREFIX}/r/garden`);
  expect(proxy.strays).toEqual([]);
});

test('the lesson under the prefix finds its files and its server there', async ({ server, chromium, cast }) => {
  const proxy = await PrefixProxy.to(server.httpPort, PREFIX);
  cast.onLeave(() => proxy.close());
  const tab = cast.add('Ana', await chromium.tab());
  await tab.goto(`${proxy.address}${PREFIX}/`);
  await tab.click('link', 'How does a call work? Learn it here in five steps');
  await tab.page.locator('.cards').getByRole('link', { name: 'Chat' }).click();
  await tab.fill('Message', 'through the proxy');
  await tab.click('button', 'Send');
  await until(
    'the line',
    () => tab.text(),
    (text) => text.includes('Guest: through the proxy'),
  );
  await expectNothingForeign(tab, proxy.address);
  expect(proxy.strays).toEqual([]);
});
