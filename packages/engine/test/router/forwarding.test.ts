import { describe, expect, test } from 'vitest';
import type { MediaEvent, TrackWant } from '../../src/ports/index.js';
import { marks, RouterStage } from './router-stage.js';
import { simulcast } from './simulcast-publisher.js';

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

describe('why an encoding of a simulcast is sent', () => {
  test.each([
    [{}, { layer: 2, reason: 'full' }],
    [{ maxLayer: 1 }, { layer: 1, reason: 'wish' }],
    [
      { maxWidth: 320, maxHeight: 240 },
      { layer: 0, reason: 'size' },
    ],
    [
      { maxWidth: 700, maxHeight: 500 },
      { layer: 1, reason: 'size' },
    ],
    [
      { maxWidth: 320, maxHeight: 240, maxLayer: 1 },
      { layer: 0, reason: 'size' },
    ],
  ] as const)('for %j', (want, expected) => {
    const stage = new RouterStage();
    const { tracks, show } = simulcast(stage);
    stage.subscriber('eve', [{ track: tracks[0]!.id, ...want }]);
    for (let ix = 0; ix < 8; ix++) show();
    expect(told(stage, 'eve').at(-1)).toEqual(expected);
  });

  test('is its publisher where that sends the lower ones alone', () => {
    const stage = new RouterStage();
    const { tracks, show } = simulcast(stage);
    stage.subscriber('eve', [{ track: tracks[0]!.id }]);
    for (let ix = 0; ix < 30; ix++) show(['m', 'l']);
    expect(told(stage, 'eve').at(-1)).toEqual({ layer: 1, reason: 'publisher' });
  });
});

describe('a publisher of a simulcast', () => {
  /** What it was told since the last look, the largest encoding first as in its description. */
  const wanted = (stage: RouterStage) =>
    stage.events
      .splice(0)
      .flatMap((event) => (event.type === 'wanted' ? event.changes.map(({ encodings }) => encodings) : []));

  test('is told after a while which encodings nobody is to have, and at once when somebody is', () => {
    const stage = new RouterStage();
    const { tracks, show, browser } = simulcast(stage);
    const track = tracks[0]!.id;
    const eve = stage.subscriber('eve', [{ track, maxWidth: 320, maxHeight: 240 }]);
    const run = (rounds: number) => {
      for (let ix = 0; ix < rounds; ix++) show();
      for (const each of [browser, eve.browser]) each.check();
    };
    run(20);
    expect(wanted(stage)).toEqual([]);
    run(30);
    expect(wanted(stage)).toEqual([[false, false, true]]);
    eve.want([{ track, maxLayer: 1 }]);
    run(6);
    expect(wanted(stage)).toEqual([[false, true, true]]);
    eve.want([{ track }]);
    run(6);
    expect(wanted(stage)).toEqual([[true, true, true]]);
    eve.want([{ track, paused: true }]);
    run(50);
    expect(wanted(stage)).toEqual([[false, false, false]]);
  });
});
