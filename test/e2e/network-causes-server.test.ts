import { setTimeout as sleep } from 'node:timers/promises';
import { isNoLongerTold, isTold } from './support/findings.js';
import { seeAndHear } from './support/media-checks.js';
import { test as base, describeNetwork } from './support/network/yard.js';
import { freshRoom } from './support/stage.js';

/** A page has fetched what explains a failure so long after it came in. */
const KEPT_MS = 6_000;
/** The server has missed an answer by then, and keeps the place still. */
const MISSED_MS = 19_000;

const test = base.extend('meeting', { scope: 'file' }, async ({ yard }) => ({
  server: await yard.serve(),
  ana: yard.network.host('ana'),
  bo: yard.network.host('bo'),
}));

describeNetwork('between a page and the server', () => {
  test('a pulled cable is named `offline`, and `other-signaling-away` to whoever comes in then', async ({
    yard,
    cast,
    meeting,
  }) => {
    const room = freshRoom();
    const bo = await cast.enters(await yard.browser(meeting.bo), meeting.server, room, 'Bo');
    await sleep(KEPT_MS);
    const cable = meeting.bo.unplug();
    cast.onLeave(async () => cable.mend());
    await isTold(bo, 'offline');
    await sleep(MISSED_MS);
    const ana = await cast.enters(await yard.browser(meeting.ana), meeting.server, room, 'Ana');
    await isTold(ana, 'other-signaling-away');
    cable.mend();
    await isNoLongerTold(bo, 'offline');
    await isNoLongerTold(ana, 'other-signaling-away');
    await seeAndHear([ana.tab, bo.tab], 1);
  });

  test('a server that does not answer is named `server-unreachable`', async ({ yard, cast, meeting }) => {
    const room = freshRoom();
    const bo = await cast.enters(await yard.browser(meeting.bo), meeting.server, room, 'Bo');
    await sleep(KEPT_MS);
    const gone = yard.network.separate(meeting.bo, yard.network.server);
    cast.onLeave(async () => gone.mend());
    await bo.isAway();
    await isTold(bo, 'server-unreachable');
    gone.mend();
    await bo.isBack();
    await isNoLongerTold(bo, 'server-unreachable');
  });
});
