import { describe, expect, test } from 'vitest';
import { PEER_STATE } from '../../src/ports/index.js';
import { MESSAGE_CLASS } from '../../src/stun/index.js';
import { PUBLISHING } from '../ends.js';
import { described, offerText } from '../recorded-offer.js';
import { FakeBrowser } from './fake-browser.js';
import { MediaStage } from './media-stage.js';

const FIRST = offerText('chromium-publish');
const OTHERS_CERTIFICATE = new Array<string>(32).fill('B2').join(':');

/** A browser that has the answer to its offer, and has done nothing with it. */
function answered() {
  const stage = new MediaStage();
  const browser = new FakeBrowser(stage.network);
  const { peer, answer } = stage.answer(browser.own(FIRST));
  browser.take(answer);
  return { stage, browser, peer };
}

function connected() {
  const all = answered();
  all.browser.check();
  all.stage.deliver();
  all.browser.usePath();
  all.stage.deliver();
  return all;
}

function types(stage: MediaStage): string[] {
  return stage.events.map(({ type }) => type);
}

describe('a peer', () => {
  test('is connected by a signed check and its certificate, and both sides know', () => {
    const { stage, browser, peer } = connected();
    expect([peer.state, peer.canSend, types(stage)]).toEqual(['connected', true, ['connected']]);
    expect(browser.states).toEqual([PEER_STATE.CONNECTED]);
    expect(browser.answers).toEqual([MESSAGE_CLASS.SUCCESS]);
  });

  test('is sent nothing before a signed check came from where it is', () => {
    const { stage, browser, peer } = answered();
    browser.usePath();
    browser.check({ pwd: 'not the password of anybody' });
    stage.run(5_000);
    expect([browser.answers, browser.states, peer.state]).toEqual([[], [], 'waiting']);
    expect(stage.plane.counts().sent).toBe(0);
  });

  test('is begun with by ourselves where its description leaves that to us', () => {
    const stage = new MediaStage();
    const browser = new FakeBrowser(stage.network);
    const { answer, peer } = stage.answer(browser.own(FIRST.replaceAll('a=setup:actpass', 'a=setup:passive')));
    browser.take(answer);
    browser.check();
    stage.deliver();
    expect([peer.negotiation!.dtlsRole, peer.state, browser.states]).toEqual([
      'client',
      'connected',
      [PEER_STATE.CONNECTED],
    ]);
  });

  test('with another certificate than it announced is forgotten', () => {
    const stage = new MediaStage();
    const browser = new FakeBrowser(stage.network);
    const { answer } = stage.answer(browser.own(FIRST).replaceAll(browser.plane.fingerprint, OTHERS_CERTIFICATE));
    browser.take(answer);
    browser.check();
    stage.deliver();
    browser.usePath();
    stage.deliver();
    expect(stage.events).toMatchObject([{ type: 'closed', reason: 'fingerprint' }]);
    expect(stage.sizes()).toMatchObject({ peers: 0, agents: 0, planePeers: 0, held: 0 });
  });

  test('that says good-bye is forgotten', () => {
    const { stage, browser } = connected();
    browser.plane.closePeer(browser.peerIx);
    stage.deliver();
    expect(stage.events.at(-1)).toMatchObject({ type: 'closed', reason: 'goodbye' });
    expect(stage.sizes()).toMatchObject({ peers: 0, agents: 0, planePeers: 0, held: 0 });
  });

  test('that never comes, or never finishes, is forgotten after 30 s', () => {
    const { stage } = answered();
    stage.run(29_999);
    expect(stage.peers.size).toBe(1);
    stage.run(1);
    const half = answered();
    half.browser.check();
    half.stage.run(29_999);
    expect(half.peer.state).toBe('securing');
    half.stage.run(1);
    for (const { events, sizes } of [stage, half.stage].map((one) => ({ events: one.events, sizes: one.sizes() }))) {
      expect(events).toMatchObject([{ type: 'closed', reason: 'unconnected' }]);
      expect(sizes).toMatchObject({ peers: 0, agents: 0, planePeers: 0, held: 0 });
    }
  });

  test('has consented for 30 s with each check, and no longer', () => {
    const { stage, browser } = connected();
    for (let round = 0; round < 10; round++) {
      stage.run(20_000);
      browser.check();
    }
    stage.run(29_999);
    expect(types(stage)).not.toContain('closed');
    stage.run(1);
    expect(stage.events.at(-1)).toMatchObject({ type: 'closed', reason: 'consent' });
    // It hears of it.
    stage.deliver();
    expect(browser.states).toEqual([PEER_STATE.CONNECTED, PEER_STATE.CLOSED]);
  });

  test('that we close hears good-bye, and nothing is left', () => {
    const { stage, browser, peer } = connected();
    stage.peers.close(peer, stage.plane.tx);
    stage.peers.close(peer, stage.plane.tx);
    stage.deliver();
    expect([browser.states, peer.state]).toEqual([[PEER_STATE.CONNECTED, PEER_STATE.CLOSED], 'closed']);
    expect(stage.sizes()).toMatchObject({ peers: 0, agents: 0, planePeers: 0, held: 0 });
    expect(stage.peers.nextAt()).toBeNull();
  });
});

describe('another address in mid-call', () => {
  test('is used once it has answered a check of ours', () => {
    const { stage, browser, peer } = connected();
    const before = peer.addressIx;
    const elsewhere = browser.bind();
    browser.check({ portIx: elsewhere });
    expect(peer.addressIx).toBe(before);
    stage.deliver();
    expect([browser.checksSeen, peer.moves, types(stage).at(-1)]).toEqual([1, 1, 'moved']);
    expect(stage.plane.address(peer.addressIx)?.port).toBe(browser.ports[1]!.port);
  });

  test('is not, as long as nobody answers there', () => {
    const { stage, browser, peer } = connected();
    const before = peer.addressIx;
    browser.answersChecks = false;
    browser.check({ portIx: browser.bind() });
    stage.run(5_000);
    expect([browser.checksSeen, peer.addressIx, peer.moves]).toEqual([4, before, 0]);
  });

  test('is used when what its keys protect comes from there', () => {
    const { stage, browser, peer } = connected();
    browser.answersChecks = false;
    const elsewhere = browser.bind();
    browser.check({ portIx: elsewhere });
    stage.deliver();
    browser.usePath(elsewhere);
    browser.send({ ssrc: 1, seq16: 1, payloadType: 96, payload: Uint8Array.of(1) });
    stage.deliver();
    expect([peer.moves, stage.plane.address(peer.addressIx)?.port]).toEqual([1, browser.ports[1]!.port]);
  });
});

describe('an ICE restart', () => {
  const again = { ufrag: 'new1', pwd: 'anotherPasswordOf24Chars' };

  test('keeps the connection, and takes the old credentials until the new ones have chosen', () => {
    const { stage, browser, peer } = connected();
    const old = peer.negotiation!.local;
    browser.check();
    const offer = described(browser.own(FIRST, again));
    const done = stage.peers.answer(peer, { offer, capabilities: PUBLISHING, tracks: [] }, stage.now);
    if ('refused' in done) throw new Error(done.refused);
    expect(done.changes).toEqual([{ type: 'restart-ice' }]);
    expect(done.peer).toBe(peer);
    expect(peer.negotiation!.local).not.toEqual(old);
    stage.run(20_000);
    browser.take(done.answer);
    browser.check({ portIx: browser.bind() });
    stage.run(20_000);
    expect([peer.state, peer.moves, peer.agent.previous]).toEqual(['connected', 1, null]);
  });
});
