import { expect, test } from 'vitest';
import { described } from '../recorded-offer.js';
import { CHROMIUM, marks, NOTHING, RouterStage } from './router-stage.js';

const OTHERS = 99;
/** So many pictures are looked at. */
const SEEN = 49;
const HEARD = 3;

/** Everybody publishes sound and picture, and one of them receives all the others. */
function crowd() {
  const stage = new RouterStage({ seats: HEARD });
  const others = Array.from({ length: OTHERS }, (_, ix) => stage.publisher(`m${ix}`));
  const wants = [
    ...others.map(({ tracks }) => ({ track: tracks[0]!.id })),
    ...others.map(({ tracks }, ix) => ({ track: tracks[1]!.id, ...(ix < SEEN ? {} : { paused: true }) })),
  ];
  return { stage, others, wants, eve: stage.subscriber('eve', wants) };
}

test('of a hundred members one receives all, in a description that is within every limit', () => {
  const { eve, others } = crowd();
  const sending = described(eve.offer!).sections.filter(({ direction }) => direction === 'sendonly');
  expect(sending).toHaveLength(2 * OTHERS);
  expect(eve.sections.map(({ track }) => track).sort()).toEqual(
    others.flatMap(({ tracks }) => tracks.map(({ id }) => id)).sort(),
  );
});

test('of ninety-nine pictures those that are looked at come, and another as soon as it is', () => {
  const { stage, others, wants, eve } = crowd();
  const showAll = (seq16: number) => {
    for (const [ix, { browser }] of others.entries()) stage.show(browser, seq16, ix);
    return marks(eve.browser)
      .slice()
      .sort((a, b) => a - b);
  };
  const seen = Array.from({ length: SEEN }, (_, ix) => ix);
  expect(showAll(7)).toEqual(seen);
  eve.browser.rtp.length = 0;
  eve.want([...wants.slice(0, -1), { track: wants.at(-1)!.track }]);
  expect(eve.offer).toBeNull();
  expect(showAll(8)).toEqual([...seen, OTHERS - 1]);
});

test('of ninety-nine sounds the loudest are heard', () => {
  const { stage, others, eve } = crowd();
  const loud = new Set([5, 42, 98]);
  for (let seq16 = 7; seq16 < 60; seq16++) {
    for (const [ix, { browser }] of others.entries()) {
      const extensions = [[1, Uint8Array.of(0x80 | (loud.has(ix) ? 10 : 100))]] as const;
      const payload = Uint8Array.of(1, 2, ix);
      browser.send({ ssrc: CHROMIUM.sound, seq16, payloadType: 111, payload, rtpTs: seq16 * 960, extensions });
    }
    stage.run(20);
  }
  const late = marks(eve.browser).slice(-3 * HEARD);
  expect(new Set(late)).toEqual(loud);
});

test('who comes and goes leaves the sections to the next, and all of them leave nothing', () => {
  const { stage, others, wants, eve } = crowd();
  const before = described(eve.offer!).sections.length;
  for (const { id } of others.slice(0, 20)) stage.do<'hang-up'>({ type: 'hang-up', connection: id });
  const fresh = Array.from({ length: 20 }, (_, ix) => stage.publisher(`n${ix}`));
  eve.want(
    [...wants.slice(20), ...fresh.flatMap(({ tracks }) => tracks.map(({ id }) => ({ track: id })))].slice(0, 198),
  );
  expect(described(eve.offer!).sections).toHaveLength(before);
  for (const { id } of [...others.slice(20), ...fresh, eve]) stage.do<'hang-up'>({ type: 'hang-up', connection: id });
  expect(stage.tables()).toEqual(NOTHING);
});
