import { expect, test } from 'vitest';
import { marks, RouterStage } from './router-stage.js';
import { simulcast } from './simulcast-publisher.js';

test('encodings are told by RID, and a viewer sees the quality that it wishes, or the best', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve', { maxLayer: 0 });
  const { tracks, show } = simulcast(stage);
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
