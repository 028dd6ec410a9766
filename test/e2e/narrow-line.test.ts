import { expect } from 'vitest';
import { FAKE_DEVICES, GRANT_ALL } from './support/chromium.js';
import { test as base, describeNetwork } from './support/network/yard.js';
import { until } from './support/until.js';
import { type Received, WhipGuest } from './support/whip-guest.js';

/** The whole picture takes 500 kbit/s, the half of it 200, a quarter 80; see `WhipGuest`. */
const WIDE_KBPS = 20_000;
const NARROW_KBPS = 400;
const WHOLE_HEIGHT = 480;
const PATIENCE_MS = 60_000;

const test = base.extend('line', { scope: 'file' }, async ({ yard }) => {
  const [publishing, viewing] = [yard.network.host('publisher'), yard.network.host('viewer')];
  const server = await yard.serve('--media-port', '0');
  const flags = [...FAKE_DEVICES, ...GRANT_ALL, '--autoplay-policy=no-user-gesture-required'];
  const browsers = [await yard.browser(publishing, { flags }), await yard.browser(viewing, { flags })] as const;
  return { viewing, server, browsers };
});

/** The longest time, in milliseconds, in which no frame more was decoded, as often as it was looked. */
class Standstill {
  longestMs = 0;
  #frames = -1;
  #sinceMs = 0;

  seen({ frames }: Received): void {
    const now = performance.now();
    if (frames === this.#frames) this.longestMs = Math.max(this.longestMs, now - this.#sinceMs);
    else [this.#frames, this.#sinceMs] = [frames, now];
  }
}

describeNetwork('a viewer of a simulcast whose line becomes narrow', () => {
  test('is sent a smaller picture, with sound throughout, and the whole one when the line is wide again', async ({
    yard,
    line: { viewing, server, browsers },
    onTestFinished,
  }) => {
    const guests = [];
    for (const browser of browsers) {
      const tab = await browser.tab();
      onTestFinished(() => tab.close());
      await tab.goto(`${server}/test`);
      guests.push(new WhipGuest(tab));
    }
    const [publisher, viewer] = guests as [WhipGuest, WhipGuest];
    let limit = yard.network.limit(viewing, WIDE_KBPS);
    onTestFinished(() => limit.mend());
    const narrow = (kbps: number) => {
      limit.mend();
      limit = yard.network.limit(viewing, kbps);
      return performance.now();
    };
    await publisher.publish({ url: `${server}/whip/narrow`, codec: 'VP8', simulcast: true });
    await until(
      'the publisher sending all of its encodings',
      () => publisher.sent(),
      (encodings) => encodings.length === 3 && encodings.every(({ height }) => height > 0),
      PATIENCE_MS,
    );
    await viewer.view({ url: `${server}/whep/narrow`, codec: 'VP8' });
    const standstill = new Standstill();
    const sees = async (what: string, accept: (seen: Received) => boolean): Promise<Received> => {
      const look = async () => {
        const seen = await viewer.received();
        standstill.seen(seen);
        return seen;
      };
      try {
        return await until(what, look, accept, PATIENCE_MS);
      } catch (error) {
        const told = { sent: await publisher.sent(), lines: await viewer.metrics() };
        throw new Error(`${(error as Error).message}\n${JSON.stringify(told, null, 1)}`);
      }
    };
    const isWhole = ({ height }: Received) => height === WHOLE_HEIGHT;
    await sees('the whole picture', isWhole);
    standstill.longestMs = 0;

    const narrowed = narrow(NARROW_KBPS);
    const before = await sees('a smaller picture', ({ height }) => height > 0 && height < WHOLE_HEIGHT);
    const smallerMs = performance.now() - narrowed;
    const after = await sees('the smaller picture and sound going on', ({ frames, soundPackets }) => {
      return frames > before.frames + 40 && soundPackets > before.soundPackets + 150;
    });
    const [height, stoodMs] = [after.height, standstill.longestMs];

    standstill.longestMs = 0;
    const widened = narrow(WIDE_KBPS);
    const { state, freezes, frozenS } = await sees('the whole picture again', isWhole);
    console.log(
      `${WIDE_KBPS} kbit/s → ${NARROW_KBPS}: ${height} lines after ${Math.round(smallerMs)} ms, no frame for ` +
        `${Math.round(stoodMs)} ms at the longest; ${WHOLE_HEIGHT} lines again ${Math.round(performance.now() - widened)} ms ` +
        `after the line was wide, no frame for ${Math.round(standstill.longestMs)} ms; ` +
        `${freezes} freezes of ${frozenS.toFixed(2)} s in all, ${before.lost} packets lost while it became narrow`,
    );
    expect(state).toBe('connected');
    await viewer.leave();
    await publisher.leave();
  });
});
