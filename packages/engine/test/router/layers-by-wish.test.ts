import { expect, test } from 'vitest';
import { text } from '../peer/connect.js';
import { marks, RouterStage } from './router-stage.js';

const WIDTHS = { h: 1280, m: 640, l: 320 };
type Rid = keyof typeof WIDTHS;

/** A publisher of three encodings, in the order of its description h, m, l, and a viewer. */
function simulcast(stage: RouterStage) {
  const eve = stage.viewer('eve', { maxLayer: 0 });
  const { browser, offer } = stage.browser('chromium-simulcast');
  const command = { type: 'publish', connection: 'anna', room: 'lab', member: 'anna', offer } as const;
  const { answer, tracks } = stage.do<'publish'>(command);
  stage.connect(browser, answer);
  let seq16 = 100;
  const rids = Object.keys(WIDTHS) as Rid[];
  /** A keyframe of each; the last byte is 0 for the largest, and so on. */
  const show = () => {
    seq16++;
    for (const [mark, rid] of rids.entries()) {
      const [width, height] = [WIDTHS[rid], (WIDTHS[rid] * 3) / 4];
      const size = [width & 0xff, width >> 8, height & 0xff, height >> 8];
      const payload = Uint8Array.of(0x10, 0x50, 0x00, 0x00, 0x9d, 0x01, 0x2a, ...size, mark);
      const extensions = [[9, text('0')] as const, [10, text(rid)] as const];
      browser.send({ ssrc: 50 + mark, seq16, payloadType: 96, payload, rtpTs: seq16 * 3000, marker: true, extensions });
    }
    stage.run(100);
  };
  return { eve, tracks, show };
}

test('encodings are told by RID, and a viewer sees the quality that it wishes, or the best', () => {
  const stage = new RouterStage();
  const { eve, tracks, show } = simulcast(stage);
  expect(tracks).toMatchObject([{ codec: 'VP8', encodings: [{ rid: 'h' }, { rid: 'm' }, { rid: 'l' }] }]);
  const seen = () => marks(eve.browser).at(-1);
  for (let ix = 0; ix < 4; ix++) show();
  expect(seen()).toBe(2);
  const wishes = [
    [{ maxLayer: null }, 0],
    [{ maxLayer: 1 }, 1],
    [{ maxLayer: null, maxWidth: 320, maxHeight: 240 }, 2],
    [{ maxWidth: 700, maxHeight: 500 }, 1],
  ] as const;
  for (const [wish, expected] of wishes) {
    stage.do<'wish'>({ type: 'wish', connection: 'eve', wish });
    for (let ix = 0; ix < 2; ix++) show();
    expect(seen(), JSON.stringify(wish)).toBe(expected);
  }
  expect(stage.router.counts().sums.layerSwitches).toBeGreaterThanOrEqual(wishes.length);
});
