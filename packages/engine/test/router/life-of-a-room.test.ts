import { describe, expect, test } from 'vitest';
import type { RouterStage as Stage } from './router-stage.js';
import { CHROMIUM, marks, NOTHING, RouterStage } from './router-stage.js';

const of = (stage: Stage, type: string) => stage.events.filter((event) => event.type === type);

test('a crash is noticed, told once, and everything of it is gone', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  const eve = stage.viewer('eve');
  stage.show(anna.browser, 7, 1);
  anna.browser.plane.close();
  eve.browser.plane.close();
  stage.run(40_000);
  expect(of(stage, 'closed')).toEqual([
    { type: 'closed', connection: 'anna', reason: 'consent' },
    { type: 'closed', connection: 'eve', reason: 'consent' },
  ]);
  expect(stage.tables()).toEqual(NOTHING);
  expect(stage.router.nextAt()).toBeNull();
});

test('who says good-bye frees its place for the next', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve');
  const [anna, ben] = ['anna', 'ben'].map((id) => stage.publisher(id));
  anna!.browser.plane.closePeer(anna!.browser.peerIx);
  stage.deliver();
  expect(of(stage, 'closed')).toEqual([{ type: 'closed', connection: 'anna', reason: 'goodbye' }]);
  stage.show(ben!.browser, 7, 2);
  expect(marks(eve.browser)).toEqual([2]);
});

test('a connection that never comes to be is forgotten', () => {
  const stage = new RouterStage();
  const { offer } = stage.browser('chromium-publish');
  stage.do<'publish'>({ type: 'publish', connection: 'anna', room: 'lab', member: 'anna', offer });
  stage.run(31_000);
  expect(stage.events).toEqual([{ type: 'closed', connection: 'anna', reason: 'unconnected' }]);
  expect(stage.tables()).toEqual(NOTHING);
});

test('a track is told to flow with its first packet, and not to after two silent seconds', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  const track = anna.tracks[1]!.id;
  stage.show(anna.browser, 7, 1);
  stage.run(1_000);
  stage.show(anna.browser, 8, 1);
  expect(of(stage, 'flow')).toEqual([{ type: 'flow', connection: 'anna', track, flowing: true }]);
  stage.run(2_100);
  expect(of(stage, 'flow').slice(1)).toEqual([{ type: 'flow', connection: 'anna', track, flowing: false }]);
});

describe('who speaks', () => {
  test('is told with hysteresis, and nobody when the speaker is gone', () => {
    const stage = new RouterStage();
    const [anna, ben] = ['anna', 'ben'].map((id) => stage.publisher(id));
    for (let ix = 0; ix < 60; ix++) {
      stage.speak(anna!.browser, ix, ix < 30 ? 100 : 0);
      stage.speak(ben!.browser, ix, ix < 30 ? 0 : 100);
    }
    expect(of(stage, 'speaker')).toEqual([
      { type: 'speaker', room: 'lab', member: 'anna' },
      { type: 'speaker', room: 'lab', member: 'ben' },
    ]);
    stage.do<'hang-up'>({ type: 'hang-up', connection: 'ben' });
    expect(of(stage, 'speaker').at(-1)).toEqual({ type: 'speaker', room: 'lab', member: null });
  });

  test('is forwarded alone where a room has one seat', () => {
    const stage = new RouterStage({ seats: 1 });
    const eve = stage.viewer('eve', { members: ['ben'] });
    const [anna, ben] = ['anna', 'ben'].map((id) => stage.publisher(id));
    const both = (from: number, to: number, loud: number, quiet: number) => {
      for (let ix = from; ix < to; ix++) {
        stage.speak(anna!.browser, ix, loud);
        stage.speak(ben!.browser, ix, quiet);
      }
    };
    both(0, 20, 100, 0);
    expect(eve.browser.rtp.length).toBe(0);
    both(20, 100, 0, 100);
    expect(eve.browser.rtp.length).toBeGreaterThan(40);
  });

  test('does not silence who tells no levels where a room has few seats', () => {
    const stage = new RouterStage({ seats: 1 });
    const anna = stage.publisher('anna');
    const plain = stage.publisher('ben', { change: (offer) => offer.replace(/^a=extmap:1 .*\r\n/m, '') });
    const eve = stage.subscriber(
      'eve',
      [anna, plain].map(({ tracks }) => ({ track: tracks[0]!.id })),
    );
    for (let ix = 0; ix < 100; ix++) {
      stage.speak(anna.browser, ix, 100, Uint8Array.of(1));
      plain.browser.send({
        ssrc: CHROMIUM.sound,
        seq16: ix,
        payloadType: 111,
        payload: Uint8Array.of(2),
        rtpTs: ix * 960,
      });
      stage.run(20);
    }
    expect(marks(eve.browser).filter((mark) => mark === 2).length).toBeGreaterThan(90);
    expect(marks(eve.browser).filter((mark) => mark === 1).length).toBeGreaterThan(90);
  });
});

describe('a publisher with a limit', () => {
  test('is told so in its description', () => {
    const stage = new RouterStage();
    expect(stage.publisher('anna', { maxBps: 500_000 }).answer).toMatch(/^b=TIAS:500000/m);
  });

  test('who does not heed it is forwarded no more until he does', () => {
    const stage = new RouterStage();
    const anna = stage.publisher('anna', { maxBps: 100_000 });
    const eve = stage.viewer('eve');
    const send = (count: number, bytes: number, from: number) => {
      const before = eve.browser.rtp.length;
      for (let ix = from; ix < from + count; ix++) {
        const payload = new Uint8Array(bytes).fill(1);
        anna.browser.send({ ssrc: CHROMIUM.sound, seq16: ix, payloadType: 111, payload, rtpTs: ix * 960 });
        stage.run(20);
        // Consent goes on.
        if (ix % 100 === 0) for (const { browser } of [anna, eve]) browser.check();
      }
      return eve.browser.rtp.length - before;
    };
    expect(send(300, 1_000, 0)).toBe(200);
    expect(send(100, 1_000, 300)).toBe(0);
    send(200, 50, 400);
    expect(send(100, 50, 600)).toBe(100);
    expect(stage.router.counts().sums).toMatchObject({ packets: 700, lost: 0 });
  });
});

test('sums stay what they were when those are gone that they were counted of', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  const eve = stage.viewer('eve');
  for (const seq16 of [7, 8, 10]) stage.show(anna.browser, seq16, 1);
  anna.browser.send({ ssrc: 4711, seq16: 1, payloadType: 120, payload: Uint8Array.of(1) });
  stage.run(100);
  const { sums } = stage.router.counts();
  expect(sums).toMatchObject({ packets: 3, bytes: 36, lost: 1, unknownSource: 1, forwarded: 3 });
  stage.do<'hang-up'>({ type: 'hang-up', connection: anna.id });
  stage.do<'hang-up'>({ type: 'hang-up', connection: eve.id });
  expect(stage.router.counts().sums).toEqual(sums);
  expect(stage.tables()).toEqual(NOTHING);
});
