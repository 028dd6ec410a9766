import { SeededRandom } from '@madang/testkit';
import { describe, expect, test } from 'vitest';
import type { Peer } from '../../src/peer/index.js';
import { answerOffer, type SessionDescription } from '../../src/sdp/index.js';
import { LOCAL, PICTURE, PUBLISHING, SOUND } from '../ends.js';
import { described, offerText } from '../recorded-offer.js';
import { KEYFRAME } from './connect.js';
import { FakeBrowser } from './fake-browser.js';
import { MediaStage } from './media-stage.js';

const RECORDINGS = [
  'chromium-publish',
  'chromium-simulcast',
  'firefox-publish',
  'chromium-call',
  'chromium-data',
] as const;
const NOTHING = { peers: 0, agents: 0, planePeers: 0, held: 0 };

interface Guest {
  readonly browser: FakeBrowser;
  readonly peer: Peer;
  readonly offer: string | null;
  rounds: number;
}

/** A browser's answer to an offer of ours. */
function answerTo(browser: FakeBrowser, offer: SessionDescription): SessionDescription {
  const credentials = { ufrag: 'view', pwd: 'viewerPasswordOf24Charss' };
  const fingerprint = { algorithm: 'sha-256', value: browser.plane.fingerprint };
  const local = { ...LOCAL, iceLite: false, dtlsRole: 'client', credentials, fingerprint } as const;
  const done = answerOffer({ offer, capabilities: PUBLISHING, local, tracks: [], state: null, sessionId: '9' });
  if ('refused' in done) throw new Error(done.refused);
  browser.own('', credentials);
  return done.answer;
}

describe('an offer of ours', () => {
  function offered() {
    const stage = new MediaStage();
    const browser = new FakeBrowser(stage.network);
    const wanted = { tracks: [SOUND, PICTURE], dataChannels: false, restartIce: false };
    const done = stage.peers.offer(null, wanted, stage.now);
    const answer = answerTo(browser, done.offer);
    browser.take(done.offer);
    return { stage, browser, peer: done.peer, answer, wanted };
  }

  test('connects a viewer whose checks may come before its answer', () => {
    const { stage, browser, peer, answer } = offered();
    browser.check();
    stage.deliver();
    expect([peer.state, peer.planeIx]).toEqual(['waiting', -1]);
    const accepted = stage.peers.accept(peer, answer);
    expect(accepted).toMatchObject({ changes: [{ type: 'connect' }, { type: 'send' }, { type: 'send' }] });
    expect(peer.state).toBe('securing');
    browser.usePath();
    stage.deliver();
    expect(peer.state).toBe('connected');
  });

  test('is replaced by the next, under its credentials, and an answer to nothing is refused', () => {
    const { stage, peer, answer, wanted } = offered();
    const first = peer.pending!;
    const { offer } = stage.peers.offer(peer, { ...wanted, restartIce: true }, stage.now);
    expect([peer.pending!.version, peer.pending!.local]).toEqual([first.version + 1, first.local]);
    expect(offer.sections).toHaveLength(2);
    expect(stage.peers.accept(peer, answer)).toMatchObject({ peer });
    expect(stage.peers.accept(peer, answer)).toEqual({ refused: 'no_offer' });
    expect(stage.peers.offer(peer, wanted, stage.now)).toMatchObject({ peer });
  });

  test('that is never answered is forgotten after 30 s', () => {
    const { stage } = offered();
    stage.run(30_000);
    expect(stage.events).toMatchObject([{ type: 'closed', reason: 'unconnected' }]);
    expect(stage.sizes()).toMatchObject(NOTHING);
  });
});

/** Peers that come, connect, move, restart, talk nonsense and leave, or just stay away. */
class History {
  readonly stage = new MediaStage();
  readonly #random: SeededRandom;
  #guests: Guest[] = [];

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  step(): void {
    const guest = this.#guests.length === 0 ? null : this.#random.pick(this.#guests);
    const actions = [
      () => this.#join(),
      () => this.#view(),
      () => guest?.browser.check({ useCandidate: this.#random.chance(0.7) }),
      () => guest?.browser.usePath(),
      () => guest && this.#move(guest),
      () => guest && this.#restart(guest),
      () => guest && this.#nonsense(guest),
      () => guest && this.#nonsense(guest),
      () => guest && this.#random.chance(0.3) && this.stage.peers.close(guest.peer, this.stage.plane.tx),
      () => guest && this.#random.chance(0.3) && guest.peer.state !== 'closed' && this.#leave(guest),
      () => this.stage.run(this.#random.below(this.#random.chance(0.1) ? 40_000 : 400)),
    ];
    this.#random.pick(actions)();
    this.stage.deliver();
    this.#guests = this.#guests.filter(({ peer }) => peer.state !== 'closed');
    expect(this.stage.peers.size).toBe(this.#guests.length);
  }

  #join(): void {
    const browser = new FakeBrowser(this.stage.network);
    const offer = offerText(this.#random.pick(RECORDINGS));
    const { peer, answer } = this.stage.answer(browser.own(offer));
    browser.take(answer);
    this.#guests.push({ browser, peer, offer, rounds: 0 });
  }

  #view(): void {
    const browser = new FakeBrowser(this.stage.network);
    const { peers, now } = this.stage;
    const done = peers.offer(null, { tracks: [SOUND, PICTURE], dataChannels: false, restartIce: false }, now);
    const answer = answerTo(browser, done.offer);
    browser.take(done.offer);
    if (this.#random.chance(0.8)) peers.accept(done.peer, answer);
    this.#guests.push({ browser, peer: done.peer, offer: null, rounds: 0 });
  }

  #move({ browser }: Guest): void {
    browser.answersChecks = this.#random.chance(0.7);
    const portIx = browser.bind();
    browser.check({ portIx });
    if (this.#random.chance(0.5)) browser.usePath(portIx);
  }

  #restart(guest: Guest): void {
    if (guest.offer === null) return;
    const credentials = { ufrag: `u${guest.rounds++}xx`, pwd: 'anotherPasswordOf24Chars' };
    const offer = described(guest.browser.own(guest.offer, credentials));
    const { peers, now } = this.stage;
    const done = peers.answer(guest.peer, { offer, capabilities: PUBLISHING, tracks: [] }, now);
    if ('refused' in done) throw new Error(done.refused);
    if (this.#random.chance(0.9)) guest.browser.take(done.answer);
  }

  /** Datagrams of any kind, with its keys where it has some. */
  #nonsense({ browser }: Guest): void {
    for (let count = this.#random.below(20); count > 0; count--) {
      const length = this.#random.below(80);
      const bytes = Uint8Array.from({ length }, () => this.#random.below(256));
      const kind = this.#random.below(4);
      // Forged DTLS is the addon's to withstand, and the fake's cannot.
      if (kind === 0 && (bytes[0] ?? 20) < 20) browser.plain(bytes);
      else if (kind === 0 && length > 0) browser.plain(Uint8Array.of(0x80 | bytes[0]!, ...bytes));
      else if (kind === 1) browser.report(withHeader(bytes, this.#random));
      else {
        const payload = this.#random.chance(0.5) ? bytes : KEYFRAME;
        const payloadType = this.#random.pick([96, 97, 111, 120, 0, 127]);
        const ssrc = this.#random.below(6) + 1;
        const extensions = this.#random.chance(0.5) ? [] : [[this.#random.below(14) + 1, bytes.slice(0, 8)] as const];
        const usable = extensions.filter(([, data]) => data.length > 0);
        browser.send({ ssrc, seq16: this.#random.below(0x1_0000), payloadType, payload, extensions: usable });
      }
    }
  }

  #leave({ browser }: Guest): void {
    if (browser.peerIx < 0) return;
    browser.plane.closePeer(browser.peerIx);
    browser.plane.close();
    this.stage.run(70_000);
  }
}

/** Something that begins as a compound of RTCP does, and may go on as one. */
function withHeader(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const words = bytes.length >> 2;
  const report = new Uint8Array(4 + 4 * words);
  report.set(bytes.subarray(0, 4 * words), 4);
  const claimed = random.chance(0.8) ? words : random.below(200);
  report.set([0x80 | random.below(32), 200 + random.below(8), claimed >> 8, claimed & 0xff]);
  return report;
}

test('whatever peers do and send, nothing throws, and in the end nothing is left of them', () => {
  for (let seed = 1; seed <= 12; seed++) {
    const history = new History(seed);
    const { stage } = history;
    const { slots } = stage.sizes();
    for (let step = 0; step < 60; step++) history.step();
    stage.run(120_000);
    expect(stage.sizes(), `seed ${seed}`).toEqual({ ...NOTHING, slots });
    expect(stage.peers.nextAt(), `seed ${seed}`).toBeNull();
  }
});
