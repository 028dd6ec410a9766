import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { longestStandstill, noticeable, seeAndHear } from './support/media-checks.js';
import { SeverableLine } from './support/severable-line.js';
import { freshRoom, stage } from './support/stage.js';

const test = stage({ server: { media: true } });

const CUT_MS = 5_000;

for (const { mode, way } of [
  { mode: 'p2p', way: 'straight' },
  { mode: 'sfu', way: 'through the server' },
]) {
  test(`a cut of the signaling for five seconds, media going ${way}: same member, missed chat arrives, pictures never stop`, async ({
    server,
    chromium,
    cast,
  }) => {
    const line = await SeverableLine.to(server.httpPort);
    cast.onLeave(() => line.close());
    const room = freshRoom();
    const ana = await cast.enters(chromium, server.address, room, 'Ana', `?mode=${mode}`);
    const bo = await cast.enters(chromium, line.address, room, 'Bo', `?mode=${mode}`);
    await bo.openChat();
    await seeAndHear([ana.tab, bo.tab], 1);
    const agreed = () =>
      bo.tab.evaluate(() => ({ offers: window.madangProbe.offers(), answers: window.madangProbe.descriptions() }));
    const before = { members: await ana.members(), agreed: await agreed() };

    const usual = await longestStandstill(bo.tab, () => sleep(CUT_MS));
    const standstill = await longestStandstill(bo.tab, async () => {
      line.cut();
      await bo.isAway();
      await ana.say('said while Bo was away');
      await sleep(CUT_MS);
      expect(await bo.tab.text()).not.toContain('said while Bo was away');
      line.mend();
      await bo.shows('said while Bo was away');
    });

    expect(standstill).toBeLessThan(noticeable(usual));
    expect(await ana.members()).toEqual(before.members);
    await bo.isBack();
    await bo.say('and back again');
    await ana.shows('and back again');
    await seeAndHear([ana.tab, bo.tab], 1);
    expect(await agreed()).toEqual(before.agreed);
  });
}
