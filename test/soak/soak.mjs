import { setTimeout as sleep } from 'node:timers/promises';
import { Crowds } from './crowds.mjs';
import { PlaneEndpoint } from './plane-endpoint.mjs';
import { Session } from './session.mjs';
import { judgeGrowth, leftIn } from './verdict.mjs';
import { WatchedServer } from './watched-server.mjs';

const COLLECT_EVERY_MS = 30_000;
const KILL_EVERY_MS = 45_000;
/** Whoever vanished or never connected is forgotten after 30 s. */
const FORGOTTEN_WITHIN_MS = 45_000;
/** Three seconds after the first has come, on a machine that may be busy. */
const LOADED_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 500;

/**
 * A server, and guests who come and go for `seconds`, `rate` of them a second; with `kills` whole crowds vanish meanwhile.
 * Calls `onSample` every `sampleSeconds`. Resolves with what grew, what was left in tables when all had gone, what guests and
 * the server's log complained of, and how the server ended.
 */
export async function soak({ seconds, rate, lives, kills = true, sampleSeconds = 5, onSample = () => {} }) {
  const server = await WatchedServer.start();
  try {
    await comeFirst(server);
    const before = await server.look();
    const crowds = new Crowds({ url: server.url, rate, lives });
    const samples = [];
    const begun = performance.now();
    let killAt = begun + KILL_EVERY_MS;
    let collectAt = begun + COLLECT_EVERY_MS;
    while (performance.now() - begun < 1_000 * seconds && server.isUp) {
      await sleep(1_000 * sampleSeconds);
      const isCollected = performance.now() >= collectAt;
      if (isCollected) {
        collectAt += COLLECT_EVERY_MS;
        await server.collectGarbage();
      }
      const sample = {
        second: Math.round((performance.now() - begun) / 1_000),
        isCollected,
        ...crowds.counts,
        ...(await server.look()),
      };
      samples.push(sample);
      onSample(sample);
      if (!kills || performance.now() < killAt) continue;
      killAt += KILL_EVERY_MS;
      await crowds.replaceOne();
    }
    await crowds.end();
    await untilEmpty(server);
    await server.collectGarbage();
    const after = await server.look();
    const { came, failed } = crowds.counts;
    return {
      came,
      failed,
      complaints: crowds.complaints,
      faults: server.faults,
      growth: judgeGrowth(samples),
      left: leftIn(after),
      before,
      after,
      exitCode: await server.stop(),
    };
  } finally {
    if (server.isUp) await server.stop();
  }
}

/**
 * One guest comes and goes. With the first one the media thread in reserve is loaded, and is there from then on: what it takes
 * is none of what guests leave behind.
 */
async function comeFirst(server) {
  const threads = await server.threads();
  const guest = new PlaneEndpoint('whip');
  try {
    const session = await Session.open(`${server.url}/whip/first`, (await guest.offer()).sdp);
    if (session.answer === undefined) throw new Error(`${session.status} ${session.body}`);
    const deadline = performance.now() + LOADED_WITHIN_MS;
    while ((await server.threads()) === threads) {
      if (performance.now() > deadline) throw new Error('no media thread was loaded in reserve');
      await sleep(LOOK_AGAIN_MS);
    }
    await session.end();
  } finally {
    guest.close();
  }
  await untilEmpty(server);
}

async function untilEmpty(server) {
  const deadline = performance.now() + FORGOTTEN_WITHIN_MS;
  for (;;) {
    const now = await server.look();
    if (leftIn(now).length === 0 || performance.now() > deadline) return;
    await sleep(LOOK_AGAIN_MS);
  }
}
