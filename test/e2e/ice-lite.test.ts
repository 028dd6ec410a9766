import { expect, test } from 'vitest';
import { answerOffer, readDescription, writeDescription } from '../../packages/engine/src/sdp/index.js';
import { LOCAL, PUBLISHING } from '../../packages/engine/test/ends.js';
import { Chromium } from './support/chromium.js';
import { IceSocket } from './support/ice-socket.js';
import { until } from './support/until.js';

declare global {
  interface Window {
    /** The connection of this page. */
    latest: RTCPeerConnection;
  }
}

async function offerData(): Promise<string> {
  window.latest = new RTCPeerConnection();
  window.latest.createDataChannel('chat');
  await window.latest.setLocalDescription();
  return window.latest.localDescription?.sdp ?? '';
}

test('Chromium connects by ICE to the lite agent, and chooses an address', async ({ onTestFinished }) => {
  const browser = await Chromium.launch();
  const socket = await IceSocket.open();
  onTestFinished(async () => {
    socket.close();
    await browser.close();
  });
  const { page } = await browser.tab();
  const offer = readDescription(await page.evaluate(offerData));
  if ('fault' in offer) throw new Error(offer.fault);
  const local = { ...LOCAL, candidates: LOCAL.candidates.map((candidate) => ({ ...candidate, port: socket.port })) };
  const done = answerOffer({ offer, capabilities: PUBLISHING, local, tracks: [], state: null, sessionId: '1' });
  if ('refused' in done) throw new Error(done.refused);
  const agent = socket.agents.open(1, done.state.local, done.state.remote.credentials, performance.now());
  await page.evaluate(
    (sdp) => window.latest.setRemoteDescription({ type: 'answer', sdp }),
    writeDescription(done.answer),
  );
  const state = () => page.evaluate(() => window.latest.iceConnectionState);
  await until('ICE is connected', state, (now) => now === 'connected' || now === 'completed');
  await until('an address is chosen', () => agent.nominated);
  expect(socket.outcomes).not.toContain('forged');
});
