import { expect } from 'vitest';
import { FAKE_DEVICES, GRANT_ALL } from './support/chromium.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';

/** To the browser `madang.test` is another machine: no secure context over plain http. */
const OTHER_MACHINE = 'madang.test';

const test = stage({
  server: { https: true },
  chromium: { flags: [...FAKE_DEVICES, ...GRANT_ALL, `--host-resolver-rules=MAP ${OTHER_MACHINE} 127.0.0.1`] },
});

test('a page over plain http from another machine explains what is wrong and links to its HTTPS address', async ({
  server,
  chromium,
  cast,
}) => {
  const room = freshRoom();
  const tab = cast.add('Ana', await chromium.tab());
  await tab.goto(`http://${OTHER_MACHINE}:${server.httpPort}/r/${room}`);
  await until('the explanation', () => tab.has('heading', 'This page needs its secure address'));
  expect(await tab.evaluate(() => window.isSecureContext)).toBe(false);
  const link = tab.page.getByRole('link', { name: 'Open the secure page' });
  expect(await link.getAttribute('href')).toBe(`https://${OTHER_MACHINE}:${server.httpsPort}/r/${room}`);
  expect(await tab.text()).toContain('over plain http from another machine');
});

test('whoever goes on without devices can still watch and chat there', async ({ server, chromium, cast }) => {
  const room = freshRoom();
  const here = await cast.enters(chromium, server.address, room, 'Here');
  const there = new RoomPage(cast.add('There', await chromium.tab()));
  await there.tab.goto(`http://${OTHER_MACHINE}:${server.httpPort}/r/${room}`);
  await there.press('Go on without camera and microphone');
  await there.join('There');
  await here.openChat();
  await there.say('hello over plain http');
  await here.shows('hello over plain http');
});

test('a step of the lesson that needs a camera says there why it has none, and where it would have one', async ({
  server,
  chromium,
  cast,
}) => {
  const tab = cast.add('Ana', await chromium.tab());
  await tab.goto(`http://${OTHER_MACHINE}:${server.httpPort}/learn/step-1.html?room=yard`);
  await until('the explanation', () => tab.has('heading', 'No camera on this page'));
  const link = tab.page.getByRole('link', { name: 'Open this page over https' });
  await until('the link', () => link.isVisible());
  expect(await link.getAttribute('href')).toBe(
    `https://${OTHER_MACHINE}:${server.httpsPort}/learn/step-1.html?room=yard`,
  );
  await tab.goto(`http://${OTHER_MACHINE}:${server.httpPort}/learn/step-3.html?room=yard`);
  await until(
    'the chat, which needs no camera',
    () => tab.text(),
    (text) => text.includes('In the room yard'),
  );
  expect(await tab.has('heading', 'No camera on this page')).toBe(false);
  expect(tab.log.errors).toEqual([]);
});
