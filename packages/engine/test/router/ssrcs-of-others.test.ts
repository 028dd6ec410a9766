import { expect, test } from 'vitest';
import { readU32 } from '../../src/bytes/index.js';
import { INTERFRAME, KEYFRAME } from '../peer/connect.js';
import { described } from '../recorded-offer.js';
import { RouterStage } from './router-stage.js';

/** Of the recording, which both publishers offer. */
const PICTURE = 2374643973;

function pictureSsrc(answer: string): number {
  return described(answer).sections.find(({ kind }) => kind === 'video')!.sources[0]!.ssrc;
}

/** Two who publish under one SSRC, and for each somebody who views that one alone. */
function stageOfTwo() {
  const stage = new RouterStage();
  const [anna, ben] = [stage.publisher('anna'), stage.publisher('ben')];
  const viewers = [stage.viewer('eve', { members: ['anna'] }), stage.viewer('bob', { members: ['ben'] })];
  const show = (of: typeof anna, seq16: number, mark: number, isKeyframe: boolean) => {
    const payload = Uint8Array.of(...(isKeyframe ? KEYFRAME : INTERFRAME), mark);
    of.browser.send({ ssrc: PICTURE, seq16, payloadType: 96, payload, rtpTs: seq16 * 3000, marker: true });
    stage.deliver();
    stage.run(20);
  };
  return { stage, anna, ben, viewers, show };
}

test('two publishers of one SSRC in one room are both seen as what they are', () => {
  const { anna, ben, viewers, show } = stageOfTwo();
  for (let nth = 0; nth < 20; nth++) {
    show(anna, 100 + nth, 0xaa, nth === 0);
    show(ben, 100 + nth, 0xbb, nth === 0);
  }
  for (const [ix, mark] of [0xaa, 0xbb].entries()) {
    const { browser, answer } = viewers[ix]!;
    const pictures = browser.rtp.filter((packet) => readU32(packet, 8) === pictureSsrc(answer));
    expect(pictures.map((packet) => packet.at(-1))).toEqual(Array(20).fill(mark));
  }
});

test('a thousand SSRCs and payload types that nobody agreed on are not forwarded, and one who sends them is known by few', () => {
  const { stage, anna, viewers, show } = stageOfTwo();
  show(anna, 100, 0xaa, true);
  for (let nth = 0; nth < 1_000; nth++) {
    const payloadType = nth % 2 === 0 ? 96 : nth % 96;
    anna.browser.send({ ssrc: 5_000 + nth, seq16: nth, payloadType, payload: KEYFRAME });
    if (nth % 50 === 0) stage.deliver();
  }
  stage.deliver();
  show(anna, 101, 0xaa, false);
  expect(viewers[0]!.browser.rtp.map((packet) => packet.at(-1))).toEqual([0xaa, 0xaa]);
});
