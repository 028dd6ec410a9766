import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { type LineSecond, LineWatch } from './support/line-watch.js';
import { seeAndHear } from './support/media-checks.js';
import { describeNetwork, test } from './support/network/yard.js';
import { freshRoom } from './support/stage.js';
import { until } from './support/until.js';

const WIDE_KBPS = 4_000;
const NARROW_KBPS = 400;
/** What the line's queue holds: whoever fills it waits so long, and so does the sound. */
const QUEUE_MS = 1_000;
const NARROW_MS = 30_000;
/** What stands over a picture whose viewer has a slow line. */
const SIGN = /your line is (?:slow|too slow)/;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const sum = (seconds: readonly LineSecond[], of: (second: LineSecond) => number): number =>
  seconds.reduce((total, second) => total + of(second), 0);

describeNetwork('a viewer of the media server', () => {
  test.runIf(hasAddon())(
    'is sent what fits a line that becomes narrow, and all again when it is wide',
    {
      timeout: 300_000,
    },
    async ({ yard, cast }) => {
      const server = await yard.serve('--mode', 'sfu', '--media-port', '0');
      const [home, away] = [yard.network.host('ana'), yard.network.host('bo')];
      yard.network.limit(away, WIDE_KBPS, QUEUE_MS);
      const room = freshRoom();
      const ana = await cast.enters(await yard.browser(home), server, room, 'Ana');
      const bo = await cast.enters(await yard.browser(away), server, room, 'Bo');
      await seeAndHear([ana.tab, bo.tab], 1, 60_000);
      await bo.press('Turn off camera');
      // So large that the best picture is not more than can be seen.
      await bo.tab.page.setViewportSize({ width: 1_920, height: 1_080 });
      await bo.choosesFor('Ana', 'Pin');

      const watch = new LineWatch(bo.tab);
      const becomes = async (what: string, holds: (second: LineSecond) => boolean): Promise<number> => {
        const begun = watch.now;
        await until(
          what,
          () => watch.last,
          (last) => last !== undefined && last.at > begun && holds(last),
          60_000,
        );
        return watch.now - begun;
      };
      const best = 1_280;
      await becomes('the best picture', ({ width, sign }) => width === best && sign === '');
      await sleep(8_000);

      yard.network.limit(away, NARROW_KBPS, QUEUE_MS);
      const narrowAt = watch.now;
      const down = await becomes(
        'less',
        ({ width, frames, sign }) => SIGN.test(sign) && (width < best || frames === 0),
      );
      await sleep(NARROW_MS - 1_000 * down);

      yard.network.limit(away, WIDE_KBPS, QUEUE_MS);
      const wideAt = watch.now;
      const up = await becomes('the best picture again', ({ width, sign }) => width === best && sign === '');
      await sleep(5_000);
      await watch.stop();

      const before = watch.between(0, narrowAt);
      const narrow = watch.between(narrowAt, wideAt);
      const settled = watch.between(narrowAt + 10, wideAt);
      const lost =
        sum(narrow, ({ soundLost }) => soundLost) / sum(narrow, (second) => second.soundPackets + second.soundLost);
      console.log(
        `less after ${down.toFixed(1)} s, all again after ${up.toFixed(1)} s; ` +
          `${median(before.map(({ kbps }) => kbps)).toFixed(0)} kbit/s before, ` +
          `${median(settled.map(({ kbps }) => kbps)).toFixed(0)} on ${NARROW_KBPS} kbit/s; ` +
          `of the sound ${(100 * lost).toFixed(1)} % lost there, in the mean it waited ` +
          `${median(settled.map(({ soundBufferMs }) => soundBufferMs)).toFixed(0)} ms; ` +
          `round trip ${median(settled.map(({ roundTripMs }) => roundTripMs)).toFixed(0)} ms`,
      );
      expect(lost).toBeLessThan(0.1);
      expect(median(settled.map(({ soundBufferMs }) => soundBufferMs))).toBeLessThan(QUEUE_MS / 2);
      expect(median(settled.map(({ roundTripMs }) => roundTripMs))).toBeLessThan(QUEUE_MS / 2);
      expect(median(settled.map(({ kbps }) => kbps))).toBeLessThan(1.1 * NARROW_KBPS);
    },
  );
});
