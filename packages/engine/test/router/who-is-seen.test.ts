import { describe, expect, test } from 'vitest';
import { readU16, readU32 } from '../../src/bytes/index.js';
import { described } from '../recorded-offer.js';
import { marks, RouterStage } from './router-stage.js';
import { withSecondPicture } from './with-second-picture.js';

/** Offers that know no VP8, or nothing else of pictures. */
const withoutVp8 = (offer: string) => offer.replaceAll('VP8/90000', 'X8/90000');
const onlyVp8 = (offer: string) => offer.replaceAll(/(VP9|H264|AV1|H265)\/90000/g, 'X/90000');

function pictureSsrcs(answer: string): number[] {
  return described(answer).sections.flatMap(({ kind, sources }) => (kind === 'video' ? [sources[0]!.ssrc] : []));
}

test('what one publishes is seen by one who came before, and both are told to be connected', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve');
  const anna = stage.publisher('anna');
  expect(anna.tracks).toMatchObject([
    { mid: '0', kind: 'audio', codec: 'opus', encodings: [{ rid: null }] },
    { mid: '1', kind: 'video', codec: 'VP8', encodings: [{ rid: null }] },
  ]);
  stage.show(anna.browser, 7, 1);
  stage.show(anna.browser, 8, 2, { isKeyframe: false });
  const { rtp } = eve.browser;
  expect(rtp.map((packet) => readU32(packet, 8))).toEqual(Array(2).fill(pictureSsrcs(eve.answer)[0]));
  expect((readU16(rtp[1]!, 2) - readU16(rtp[0]!, 2)) & 0xffff).toBe(1);
  expect(stage.events.filter(({ type }) => type === 'connected')).toEqual([
    { type: 'connected', connection: 'eve' },
    { type: 'connected', connection: 'anna' },
  ]);
});

test('who hangs up is seen no more, and the next takes the place under the same SSRC', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve');
  const anna = stage.publisher('anna');
  const ben = stage.publisher('ben');
  stage.show(anna.browser, 7, 1);
  stage.show(ben.browser, 7, 2);
  stage.do<'hang-up'>({ type: 'hang-up', connection: anna.id });
  stage.show(ben.browser, 8, 2);
  expect(marks(eve.browser)).toEqual([1, 2]);
  expect(stage.router.counts().sums).toMatchObject({ forwarded: 2, layerSwitches: 1 });
  expect(new Set(eve.browser.rtp.map((packet) => readU32(packet, 8))).size).toBe(1);
});

test('who has a place keeps it when somebody comes back who published before', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve');
  const anna = stage.publisher('anna');
  const ben = stage.publisher('ben');
  stage.do<'hang-up'>({ type: 'hang-up', connection: anna.id });
  const again = stage.publisher('anna-again', { member: 'anna' });
  stage.show(ben.browser, 8, 2);
  stage.show(again.browser, 8, 1);
  expect(marks(eve.browser)).toEqual([2]);
});

describe('who publishes again after a crash', () => {
  test('is seen from its first packets, though the server still waits for the one before', () => {
    const stage = new RouterStage();
    const eve = stage.viewer('eve');
    const anna = stage.publisher('anna');
    stage.show(anna.browser, 7, 1);
    anna.browser.plane.close();
    stage.run(2_100);
    const again = stage.publisher('again');
    stage.show(again.browser, 7, 2);
    stage.run(20);
    stage.show(again.browser, 8, 3);
    expect(marks(eve.browser).at(-1)).toBe(3);
    expect(stage.events.filter(({ type }) => type === 'closed')).toEqual([]);
    const late = stage.viewer('late');
    stage.show(again.browser, 9, 4);
    expect(marks(late.browser)).toEqual([4]);
  });

  test('at once is seen when nothing has come of the one before for two seconds', () => {
    const stage = new RouterStage();
    const eve = stage.viewer('eve');
    const anna = stage.publisher('anna');
    stage.show(anna.browser, 7, 1);
    anna.browser.plane.close();
    stage.run(100);
    const again = stage.publisher('again');
    stage.show(again.browser, 7, 2);
    expect(marks(eve.browser)).toEqual([1]);
    for (let ix = 8; ix < 60; ix++) {
      stage.run(50);
      stage.show(again.browser, ix, 3);
    }
    expect(marks(eve.browser).at(-1)).toBe(3);
  });

  test('is seen by who wishes for either, and who was there before and is silent is not given up for another', () => {
    const stage = new RouterStage();
    const eve = stage.viewer('eve', { members: ['anna', 'again'] });
    const fred = stage.viewer('fred');
    const [anna, ben] = ['anna', 'ben'].map((id) => stage.publisher(id));
    stage.show(anna!.browser, 7, 1);
    for (let ix = 7; ix < 60; ix++) {
      stage.show(ben!.browser, ix, 2);
      stage.run(50);
    }
    stage.show(anna!.browser, 8, 1);
    expect(marks(fred.browser)).toEqual([1, 1]);
    stage.run(2_100);
    const again = stage.publisher('again');
    for (const ix of [7, 8]) {
      stage.show(again.browser, ix, 3);
      stage.run(20);
    }
    expect(marks(eve.browser).at(-1)).toBe(3);
  });
});

test('two places show two members, and one that is free the next', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve', {}, withSecondPicture);
  const all = ['anna', 'ben', 'cleo'].map((id) => stage.publisher(id));
  for (const [mark, { browser }] of all.entries()) stage.show(browser, 7, mark);
  expect(marks(eve.browser)).toEqual([0, 1]);
  expect(eve.browser.rtp.map((packet) => readU32(packet, 8))).toEqual(pictureSsrcs(eve.answer));
  stage.do<'hang-up'>({ type: 'hang-up', connection: 'anna' });
  for (const [mark, { browser }] of all.entries()) if (mark > 0) stage.show(browser, 8, mark);
  expect(marks(eve.browser)).toEqual([0, 1, 1, 2]);
  const ssrcs = eve.browser.rtp.slice(2).map((packet) => readU32(packet, 8));
  expect(ssrcs).toEqual(pictureSsrcs(eve.answer).toReversed());
});

describe('a wish', () => {
  test('for a member is waited for, and taken back shows who is there', () => {
    const stage = new RouterStage();
    const eve = stage.viewer('eve', { members: ['ben'] });
    const anna = stage.publisher('anna');
    stage.show(anna.browser, 7, 1);
    expect(marks(eve.browser)).toEqual([]);
    const ben = stage.publisher('ben');
    stage.show(ben.browser, 7, 2);
    expect(marks(eve.browser)).toEqual([2]);
    stage.do<'wish'>({ type: 'wish', connection: 'eve', wish: { members: ['anna'] } });
    stage.show(anna.browser, 8, 1);
    stage.do<'hang-up'>({ type: 'hang-up', connection: 'anna' });
    stage.show(ben.browser, 8, 2);
    expect(marks(eve.browser)).toEqual([2, 1]);
    stage.do<'wish'>({ type: 'wish', connection: 'eve', wish: { members: null } });
    stage.show(ben.browser, 9, 2);
    expect(marks(eve.browser)).toEqual([2, 1, 2]);
  });

  test('for somebody who stands in the second place moves him, and another comes there', () => {
    const stage = new RouterStage();
    const eve = stage.viewer('eve', {}, withSecondPicture);
    const [anna, ben] = ['anna', 'ben'].map((id) => stage.publisher(id));
    stage.do<'wish'>({ type: 'wish', connection: 'eve', wish: { members: ['ben'] } });
    stage.show(ben!.browser, 7, 2);
    stage.show(anna!.browser, 7, 1);
    expect(marks(eve.browser)).toEqual([2, 1]);
    expect(eve.browser.rtp.map((packet) => readU32(packet, 8))).toEqual(pictureSsrcs(eve.answer));
  });

  test('to be sent nothing is kept until it is taken back, and then there is a keyframe asked for', () => {
    const stage = new RouterStage();
    const eve = stage.viewer('eve', { paused: true });
    const anna = stage.publisher('anna');
    stage.show(anna.browser, 7, 1);
    expect(eve.browser.rtp).toEqual([]);
    stage.do<'wish'>({ type: 'wish', connection: 'eve', wish: { paused: false } });
    stage.run(100);
    expect(stage.router.counts().sums.keyframesAsked).toBe(1);
    stage.show(anna.browser, 8, 1, { isKeyframe: false });
    stage.show(anna.browser, 9, 1);
    expect(marks(eve.browser)).toEqual([1]);
  });
});

test('nobody sees himself, unless he wishes to', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('anna-views', {}, undefined, 'anna');
  const anna = stage.publisher('anna');
  stage.show(anna.browser, 7, 1);
  expect(eve.browser.rtp).toEqual([]);
  stage.do<'wish'>({ type: 'wish', connection: 'anna-views', wish: { members: ['anna'] } });
  stage.show(anna.browser, 8, 1);
  expect(marks(eve.browser)).toEqual([1]);
});

test('a codec that a viewer cannot take is not shown, the next that it can is, under its own payload type', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve', {}, (offer) => onlyVp8(offer).replaceAll(/(?<=[ :=])96(?=[ \r\n])/g, '122'));
  const anna = stage.publisher('anna', { change: withoutVp8 });
  const ben = stage.publisher('ben');
  expect(anna.tracks[1]!.codec).toBe('H264');
  stage.show(anna.browser, 7, 1, { payloadType: 102 });
  stage.show(ben.browser, 7, 2);
  expect(marks(eve.browser)).toEqual([2]);
  expect(eve.browser.rtp[0]![1]! & 0x7f).toBe(122);
});

test('before a viewer is connected nothing is sent to it, and with its connection a keyframe asked for', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  const { browser, offer } = stage.browser('chromium-view');
  const command = { type: 'view', connection: 'eve', room: 'lab', member: 'eve', offer, wish: {} } as const;
  const { answer } = stage.do<'view'>(command);
  stage.show(anna.browser, 7, 1);
  expect(stage.router.counts().sums).toMatchObject({ forwarded: 0, keyframesAsked: 0 });
  stage.connect(browser, answer);
  stage.run(100);
  expect(stage.router.counts().sums.keyframesAsked).toBe(1);
  stage.show(anna.browser, 8, 1);
  expect(marks(browser)).toEqual([1]);
});

test('who came while a camera was off does not wait for its picture once it is on again', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  stage.show(anna.browser, 7, 1);
  stage.run(2_000);
  const eve = stage.viewer('eve');
  // Asked more and more rarely meanwhile, every four seconds at last.
  stage.run(13_000);
  const asked = stage.router.counts().sums.keyframesAsked;
  for (let seq16 = 8; seq16 < 18; seq16++) {
    const isKeyframe = stage.router.counts().sums.keyframesAsked > asked;
    stage.show(anna.browser, seq16, 2, { isKeyframe });
    stage.run(80);
  }
  expect(marks(eve.browser)).toContain(2);
});

test('a keyframe that comes too late for a newcomer to begin with is asked for again', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  stage.show(anna.browser, 7, 1);
  const eve = stage.viewer('eve');
  stage.run(20);
  const asked = stage.router.counts().sums.keyframesAsked;
  expect(asked).toBeGreaterThan(0);
  // Number 8 is lost, and sent again.
  stage.show(anna.browser, 9, 2, { isKeyframe: false });
  stage.show(anna.browser, 8, 2);
  expect(marks(eve.browser)).toEqual([]);
  for (let seq16 = 10; seq16 < 20; seq16++) {
    const isKeyframe = stage.router.counts().sums.keyframesAsked > asked;
    stage.show(anna.browser, seq16, 3, { isKeyframe });
    stage.run(80);
  }
  expect(marks(eve.browser)).toContain(3);
});
