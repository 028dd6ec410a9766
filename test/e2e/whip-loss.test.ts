import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { FAKE_DEVICES, GRANT_ALL } from './support/chromium.js';
import { test as base, describeNetwork } from './support/network/yard.js';
import { until } from './support/until.js';
import { WhipGuest } from './support/whip-guest.js';

const DELAY_MS = 50;
const LOOKS = 3;
const BETWEEN_LOOKS_MS = 4_000;
const PERCENTS = [5, 15];

const test = base.extend('line', { scope: 'file' }, async ({ yard }) => {
  const host = yard.network.host('guests');
  const server = await yard.serve('--media-port', '0');
  const flags = [...FAKE_DEVICES, ...GRANT_ALL, '--autoplay-policy=no-user-gesture-required'];
  return { host, server, browser: await yard.browser(host, { flags }) };
});

describeNetwork('a publisher and a viewer on one line with the server', () => {
  test.for(PERCENTS)(
    `keep the picture going over ${DELAY_MS} ms and with %i of a hundred packets lost each way`,
    async (percent, { yard, line: { host, server, browser }, onTestFinished }) => {
      const guest = async () => {
        const tab = await browser.tab();
        onTestFinished(() => tab.close());
        await tab.goto(`${server}/test`);
        return new WhipGuest(tab);
      };
      const [publisher, viewer] = [await guest(), await guest()];
      const faults = [await yard.network.delay(host, DELAY_MS), yard.network.lose(host, percent)];
      onTestFinished(() => {
        for (const fault of faults) fault.mend();
      });
      // Another one each time it is tried: of a try that failed a publisher may be left who is silent.
      const room = randomUUID();
      await publisher.publish({ url: `${server}/whip/${room}`, codec: 'VP8' });
      await viewer.view({ url: `${server}/whep/${room}` });
      await until(
        'the first picture',
        () => viewer.received(),
        ({ frames, soundPackets }) => frames > 5 && soundPackets > 20,
      );
      let before = await viewer.received();
      const looks = [before.frames];
      for (let look = 0; look < LOOKS; look++) {
        await sleep(BETWEEN_LOOKS_MS);
        const now = await viewer.received();
        expect(now.frames).toBeGreaterThan(before.frames);
        before = now;
        looks.push(now.frames);
      }
      const { freezes, frozenS, lost, keyframes, soundPackets } = before;
      console.log(
        `${percent} % and ${DELAY_MS} ms each way: frames ${looks.join(', ')} every ${BETWEEN_LOOKS_MS / 1_000} s; ` +
          `${freezes} freezes of ${frozenS.toFixed(2)} s in all, ${keyframes} keyframes, ${lost} packets of the picture ` +
          `never came, ${soundPackets} of sound did`,
      );
      expect(before.state).toBe('connected');
      await viewer.leave();
      await publisher.leave();
    },
  );
});
