import type { Page as ChromiumPage } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  acceptAnswer,
  answerOffer,
  CODECS,
  type Negotiation,
  offerTracks,
  readDescription,
  type SentTrack,
  type SessionDescription,
  writeDescription,
} from '../../packages/engine/src/sdp/index.js';
import { LOCAL, PICTURE, PUBLISHING, SOUND, VIEWING } from '../../packages/engine/test/ends.js';
import { IN_CHROMIUM, IN_FIREFOX } from '../../scripts/offers/in-page.mjs';
import { Chromium } from './support/chromium.js';
import { Firefox } from './support/firefox.js';

declare global {
  interface Window {
    /** The connection that was made last in this page. */
    latest: RTCPeerConnection;
  }
}

const BROWSERS = [
  { name: 'Chromium', launch: () => Chromium.launch(), offers: IN_CHROMIUM },
  { name: 'Firefox', launch: () => Firefox.launch(), offers: IN_FIREFOX },
];

function described(text: string): SessionDescription {
  const read = readDescription(text);
  if ('fault' in read) throw new Error(`${read.fault} in line ${read.line}:\n${text}`);
  return read;
}

function answerTo(text: string, isViewer: boolean) {
  const done = answerOffer({
    offer: described(text),
    capabilities: isViewer ? VIEWING : PUBLISHING,
    local: LOCAL,
    tracks: isViewer ? [SOUND, PICTURE] : [],
    state: null,
    sessionId: '1',
  });
  if ('refused' in done) throw new Error(done.refused);
  return done;
}

function rememberConnections(): void {
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      window.latest = this;
    }
  };
}

async function takeAnswer({ offer, answer }: { offer: string; answer: string }) {
  const { latest } = window;
  if (latest.signalingState === 'stable') await latest.setLocalDescription({ type: 'offer', sdp: offer });
  await latest.setRemoteDescription({ type: 'answer', sdp: answer });
  return {
    directions: latest.getTransceivers().map(({ currentDirection }) => currentDirection),
    rids: latest.getSenders().map((sender) => sender.getParameters().encodings.map(({ rid }) => rid)),
  };
}

/** A viewer who takes whatever is offered. */
async function answerOf(offer: string) {
  window.latest ??= new RTCPeerConnection();
  await window.latest.setRemoteDescription({ type: 'offer', sdp: offer });
  await window.latest.setLocalDescription();
  return {
    answer: window.latest.localDescription?.sdp ?? '',
    directions: window.latest.getTransceivers().map(({ currentDirection }) => currentDirection),
    tracks: window.latest.getReceivers().map(({ track }) => track.id),
  };
}

describe.each(BROWSERS)('$name', ({ launch, offers }) => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  /** A fresh page, of which both drivers know enough alike. */
  async function freshPage(): Promise<ChromiumPage> {
    const page = (await browser.tab()).page as ChromiumPage;
    await page.evaluate(rememberConnections);
    return page;
  }

  test.each(Object.entries(offers))('takes the answer to its offer to %s', async (name, makeOffer) => {
    const page = await freshPage();
    const offer = await page.evaluate(makeOffer);
    const { answer } = answerTo(offer, name === 'view');
    const taken = await page.evaluate(takeAnswer, { offer, answer: writeDescription(answer) });
    const expected = {
      view: ['recvonly', 'recvonly'],
      data: [],
      simulcast: ['sendonly'],
      'simulcast-by-ssrc': ['sendonly'],
    };
    expect(taken.directions).toEqual(expected[name as keyof typeof expected] ?? ['sendonly', 'sendonly']);
    if (name === 'simulcast') expect(taken.rids).toEqual([['h', 'm', 'l']]);
  });

  test('takes what the server offers, and its changes', async () => {
    const page = await freshPage();
    let state: Negotiation | null = null;
    const subscribe = async (tracks: SentTrack[]) => {
      const request = { codecs: CODECS, local: LOCAL, tracks, dataChannels: true, restartIce: false, sessionId: '1' };
      const { offer, pending } = offerTracks({ ...request, state });
      const { answer, ...seen } = await page.evaluate(answerOf, writeDescription(offer));
      const accepted = acceptAnswer(pending, described(answer), state);
      if ('refused' in accepted) throw new Error(accepted.refused);
      state = accepted.state;
      return { ...seen, changes: accepted.changes.map(({ type }) => type) };
    };
    expect(await subscribe([SOUND, PICTURE])).toMatchObject({
      changes: ['connect', 'send', 'send', 'open-data'],
      directions: ['recvonly', 'recvonly'],
    });
    expect(await subscribe([SOUND])).toMatchObject({ changes: ['stop-sending'], directions: ['recvonly', 'inactive'] });
    const other = { ...PICTURE, trackId: 'picture-of-ben', streamId: 'ben', ssrc: 3001, rtxSsrc: 3002 };
    expect(await subscribe([SOUND, other])).toMatchObject({ changes: ['send'], directions: ['recvonly', 'recvonly'] });
  });
});
