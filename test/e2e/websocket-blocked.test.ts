import { isTold } from './support/findings.js';
import { seeAndHear } from './support/media-checks.js';
import { PrefixProxy } from './support/prefix-proxy.js';
import { freshRoom, test } from './support/stage.js';

test('a proxy that refuses WebSockets: the call works by polling, and `websocket-blocked` says so', async ({
  server,
  chromium,
  cast,
}) => {
  const proxy = await PrefixProxy.to(server.httpPort, '');
  proxy.refuseUpgrades();
  cast.onLeave(() => proxy.close());
  const room = freshRoom();
  const ana = await cast.enters(chromium, proxy.address, room, 'Ana');
  const bo = await cast.enters(chromium, server.address, room, 'Bo');
  await seeAndHear([ana.tab, bo.tab], 1);
  await isTold(ana, 'websocket-blocked');
});
