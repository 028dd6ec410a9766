import { expect } from 'vitest';
import { FAKE_DEVICES, GRANT_ALL } from './support/chromium.js';
import { test as base, describeNetwork } from './support/network/yard.js';
import { until } from './support/until.js';
import { WhipGuest } from './support/whip-guest.js';

/** The whole picture takes 500 kbit/s, the half of it 200; see `WhipGuest`. */
const NARROW_KBPS = 300;
const WHOLE_HEIGHT = 480;
const PATIENCE_MS = 30_000;

const test = base.extend('line', { scope: 'file' }, async ({ yard }) => {
  const [publishing, viewing] = [yard.network.host('publisher'), yard.network.host('viewer')];
  const server = await yard.serve('--media-port', '0');
  const flags = [...FAKE_DEVICES, ...GRANT_ALL, '--autoplay-policy=no-user-gesture-required'];
  const browsers = [await yard.browser(publishing, { flags }), await yard.browser(viewing, { flags })] as const;
  return { viewing, server, browsers };
});

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
    await publisher.publish({ url: `${server}/whip/narrow`, codec: 'VP8', simulcast: true });
    await viewer.view({ url: `${server}/whep/narrow`, codec: 'VP8' });
    const seen = () => viewer.received();
    const whole = ({ height }: { readonly height: number }) => height === WHOLE_HEIGHT;
    const smaller = ({ height }: { readonly height: number }) => height > 0 && height < WHOLE_HEIGHT;
    await until('the whole picture', seen, whole, PATIENCE_MS);
    const begin = Date.now();
    const narrow = yard.network.limit(viewing, NARROW_KBPS);
    onTestFinished(() => narrow.mend());
    await until('a smaller picture', seen, smaller, PATIENCE_MS);
    const down = Date.now();
    const before = await seen();
    await until(
      'the smaller picture going on',
      seen,
      ({ frames, soundPackets }) => frames > before.frames + 20 && soundPackets > before.soundPackets + 100,
      PATIENCE_MS,
    );
    narrow.mend();
    const mended = Date.now();
    await until('the whole picture again', seen, whole, PATIENCE_MS);
    const { state, freezes, frozenS } = await seen();
    console.log(
      `${NARROW_KBPS} kbit/s: smaller after ${down - begin} ms, whole again ${Date.now() - mended} ms after the line was; ` +
        `${freezes} freezes of ${frozenS.toFixed(2)} s in all`,
    );
    expect(state).toBe('connected');
    await viewer.leave();
    await publisher.leave();
  });
});
