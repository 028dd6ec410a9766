import { expect, test } from 'vitest';
import { readU16, readU32 } from '../../src/bytes/index.js';
import { INTERFRAME, KEYFRAME } from '../peer/connect.js';
import type { FakeBrowser } from '../peer/fake-browser.js';
import { described } from '../recorded-offer.js';
import { RouterStage } from './router-stage.js';

/** Of the recording. */
const PICTURE = 2374643973;

function show(stage: RouterStage, browser: FakeBrowser, seq16: number, payload: Uint8Array): void {
  browser.send({ ssrc: PICTURE, seq16, payloadType: 96, payload, rtpTs: seq16 * 3000, marker: true });
  stage.now += 20;
  stage.deliver();
}

function pictureSsrc(answer: string): number {
  return described(answer).sections.find(({ kind }) => kind === 'video')!.sources[0]!.ssrc;
}

test('what one publishes is seen by one who came before, and both are told to be connected', () => {
  const stage = new RouterStage();
  const viewer = stage.viewer('eve');
  const publisher = stage.publisher('anna');
  expect(publisher.tracks).toMatchObject([
    { mid: '0', kind: 'audio', codec: 'opus', encodings: [{ rid: null }] },
    { mid: '1', kind: 'video', codec: 'VP8', encodings: [{ rid: null }] },
  ]);
  show(stage, publisher.browser, 7, KEYFRAME);
  show(stage, publisher.browser, 8, INTERFRAME);
  const { rtp } = viewer.browser;
  expect(rtp.map((packet) => readU32(packet, 8))).toEqual(Array(2).fill(pictureSsrc(viewer.answer)));
  expect((readU16(rtp[1]!, 2) - readU16(rtp[0]!, 2)) & 0xffff).toBe(1);
  expect(stage.events.filter(({ type }) => type === 'connected')).toEqual([
    { type: 'connected', connection: 'eve' },
    { type: 'connected', connection: 'anna' },
  ]);
});

test('who hangs up is seen no more, and the next takes the place', () => {
  const stage = new RouterStage();
  const viewer = stage.viewer('eve');
  const anna = stage.publisher('anna');
  const ben = stage.publisher('ben');
  show(stage, ben.browser, 7, KEYFRAME);
  expect(viewer.browser.rtp.length).toBe(0);
  stage.do<'hang-up'>({ type: 'hang-up', connection: anna.id });
  show(stage, ben.browser, 8, KEYFRAME);
  expect(viewer.browser.rtp.length).toBe(1);
  stage.do<'hang-up'>({ type: 'hang-up', connection: anna.id });
});
