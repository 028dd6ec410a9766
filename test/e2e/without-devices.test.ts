import { expect } from 'vitest';
import { Chromium } from './support/chromium.js';
import { hears, seesMoving } from './support/media-checks.js';
import { RoomPage } from './support/room-page.js';
import { freshRoom, test } from './support/stage.js';
import { until } from './support/until.js';

for (const { who, flags, said } of [
  {
    who: 'who denied the permission',
    flags: ['--use-fake-device-for-media-stream', '--deny-permission-prompts'],
    said: 'The browser was told not to use',
  },
  { who: 'who has no devices', flags: ['--use-fake-ui-for-media-stream'], said: 'was found' },
]) {
  test(`somebody ${who} is told so, still joins, sees, hears and chats`, async ({ server, chromium, cast }) => {
    const bare = await Chromium.launch({ flags });
    cast.onLeave(() => bare.close());
    const room = freshRoom();
    const ana = await cast.enters(chromium, server.address, room, 'Ana');
    const bo = new RoomPage(cast.add('Bo', await bare.tab()));
    await bo.visit(server.address, room);
    await until('the explanation', async () => {
      await bo.letsAsk();
      return (await bo.tab.text()).includes(said);
    });
    await bo.join('Bo');
    await seesMoving(bo.tab, 1);
    await hears(bo.tab, 1);
    await ana.openChat();
    await bo.say('I can only watch');
    await ana.shows('I can only watch');
    await seesMoving(ana.tab, 0);
    expect(bo.tab.log.errors).toEqual([]);
  });
}
