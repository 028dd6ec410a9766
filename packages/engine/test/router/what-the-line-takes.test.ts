import { expect, test } from 'vitest';
import type { MediaEvent } from '../../src/ports/index.js';
import { writeRemb } from '../../src/rtp/index.js';
import { compound } from '../peer/reports.js';
import { RouterStage } from './router-stage.js';

/** What a subscriber was told of its line since the last look. */
function told(stage: RouterStage): MediaEvent[] {
  return stage.events.splice(0).filter(({ type }) => type === 'line');
}

test('a subscriber is told what its line takes when that is known, and when it is far off what was told', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  const eve = stage.subscriber('eve', [{ track: anna.tracks[1]!.id }]);
  const takes = (bitrateBps: number) => {
    eve.browser.report(compound((writer) => writeRemb(writer, 1, { bitrateBps, ssrcs: [] })));
    stage.run(3_000);
    stage.show(anna.browser, ++seq16, 1);
  };
  let seq16 = 7;
  stage.show(anna.browser, seq16, 1);
  stage.run(1_000);
  expect(told(stage)).toEqual([]);
  takes(800_000);
  expect(told(stage)).toEqual([{ type: 'line', connection: 'eve', bps: 800_000, queueMs: 0, loss: 0 }]);
  takes(900_000);
  expect(told(stage)).toEqual([]);
  takes(400_000);
  expect(told(stage)).toMatchObject([{ bps: 400_000 }]);
  expect(stage.router.lines(stage.now)).toMatchObject({
    by: { nothing: 0, transport: 0, remb: 1 },
    estimateBps: 400_000,
    estimates: [0, 1, 1, 1, 1, 1],
    queues: [1, 1, 1, 1, 1, 1],
  });
});
