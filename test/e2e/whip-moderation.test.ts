import { expect } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import type { ChromiumTab } from './support/chromium-tab.js';
import { hearsNothing, hearsSomething, seeAndHear, seesMoving } from './support/media-checks.js';
import { freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';
import { WhipGuest } from './support/whip-guest.js';

const test = stage({ server: { media: true, flags: ['--mode', 'sfu'] } });

test.runIf(hasAddon())(
  'a host mutes who publishes by WHIP: silence for all, and the tile says so; removed, its session is over and its tile gone',
  async ({ server, chromium, cast }) => {
    const room = freshRoom();
    const ana = await cast.enters(chromium, server.address, room, 'Ana');
    const bo = await cast.enters(chromium, server.address, room, 'Bo');
    const tab = cast.add('Camera', (await chromium.tab()) as ChromiumTab);
    await tab.goto(`${server.address}/test`);
    const camera = new WhipGuest(tab);
    await camera.publish({ url: `${server.address}/whip/${room}?name=Camera` });
    await seeAndHear([ana.tab, bo.tab], 2);
    // Now the camera alone is heard.
    for (const page of [ana, bo]) await page.press('Mute microphone');
    await until('Ana to be shown as muted', () => bo.showsMuted('Ana'));
    await until('Bo to be shown as muted', () => ana.showsMuted('Bo'));
    for (const { tab } of [ana, bo]) await hearsSomething(tab);

    await ana.choosesFor('Camera', 'Mute for everyone');
    for (const page of [ana, bo]) {
      await until('Camera to be shown as muted', () => page.showsMuted('Camera'));
      await hearsNothing(page.tab);
      await seesMoving(page.tab, 2);
    }

    await ana.choosesFor('Camera', 'Remove from the room');
    await ana.press('Remove');
    for (const page of [ana, bo]) {
      await seesMoving(page.tab, 1);
      expect(await page.members()).toHaveLength(2);
    }
    expect(await camera.endsSession()).toBe(404);
    await until('the encoder to be told that it is over', () => camera.isOver());
  },
);
