import { describe, expect, test } from 'vitest';
import type { MediaEvent, TrackWant } from '../../src/ports/index.js';
import { marks, RouterStage } from './router-stage.js';

/** What a subscriber was told of one track since the last look. */
function told(stage: RouterStage, connection: string) {
  stage.run(500);
  return stage.events
    .splice(0)
    .filter((event): event is Extract<MediaEvent, { type: 'forwarding' }> => event.type === 'forwarding')
    .filter((event) => event.connection === connection)
    .flatMap(({ changes }) => changes.map(({ layer, reason }) => ({ layer, reason })));
}

function scene(want: Omit<TrackWant, 'track'> = {}) {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  const track = anna.tracks[1]!.id;
  const eve = stage.subscriber('eve', [{ track, ...want }]);
  return { stage, anna, eve, track };
}

describe('why a track is sent as it is', () => {
  test('is its publisher as long as that sends nothing, and then nothing keeps it back', () => {
    const { stage, anna } = scene();
    expect(told(stage, 'eve')).toEqual([{ layer: null, reason: 'publisher' }]);
    stage.show(anna.browser, 7, 1);
    expect(told(stage, 'eve')).toEqual([{ layer: 0, reason: 'full' }]);
    expect(told(stage, 'eve')).toEqual([]);
  });

  test('is a pause, by the viewer or by the one who is muted', () => {
    const { stage, anna, eve, track } = scene({ paused: true });
    stage.show(anna.browser, 7, 1);
    expect(told(stage, 'eve')).toEqual([{ layer: null, reason: 'paused' }]);
    eve.want([{ track }]);
    stage.show(anna.browser, 8, 2);
    expect(told(stage, 'eve')).toEqual([{ layer: 0, reason: 'full' }]);
    stage.do<'mute'>({ type: 'mute', connection: 'anna', tracks: [track] });
    expect(told(stage, 'eve')).toEqual([{ layer: null, reason: 'paused' }]);
    stage.show(anna.browser, 9, 3);
    expect(marks(eve.browser)).toEqual([2]);
  });

  test('is told at most twice a second, whatever happens meanwhile', () => {
    const { stage, anna, eve, track } = scene();
    stage.show(anna.browser, 7, 1);
    told(stage, 'eve');
    for (let ix = 0; ix < 10; ix++) eve.want([{ track, paused: ix % 2 === 0 }]);
    expect(told(stage, 'eve').length).toBeLessThanOrEqual(1);
  });
});
