import { describe, expect, test, vi } from 'vitest';
import { readFragment, SDP_LIMITS } from '../../src/sdp/index.js';
import { described, offerText } from '../recorded-offer.js';
import { FakeBrowser } from './fake-browser.js';
import { MediaStage } from './media-stage.js';

/** Where a server could be made to look: inside, at itself, at everybody, by name, over TCP, and at no port. */
const PLACES = [
  '10.0.0.1 5000 typ host',
  '169.254.169.254 80 typ host',
  '127.0.0.1 6379 typ host',
  '192.168.1.1 0 typ host',
  '224.0.0.1 5000 typ host',
  '255.255.255.255 9 typ host',
  'metadata.internal 80 typ host',
  '6c3f0b1e-0000-4000-8000-000000000000.local 5000 typ host',
  '::1 5000 typ host',
  'fe80::1 5000 typ srflx raddr 10.0.0.1 rport 1',
];

function candidates(count: number): string[] {
  return Array.from({ length: count }, (_, ix) => `a=candidate:${ix} 1 udp 1 ${PLACES[ix % PLACES.length]}`);
}

/** A stage that notes every address that anybody looks up. */
function watched() {
  const stage = new MediaStage();
  const browser = new FakeBrowser(stage.network);
  const entered = vi.spyOn(stage.book, 'enter');
  const admitted = vi.spyOn(stage.plane, 'admit');
  return { stage, browser, looks: () => entered.mock.calls.length + admitted.mock.calls.length };
}

describe('what an offer names as its places', () => {
  test('is sent nothing and not even looked up: only who has sent a signed check has a place', () => {
    const { stage, browser, looks } = watched();
    const text = browser
      .own(offerText('chromium-publish'))
      .replace('a=mid:0', ['a=mid:0', ...candidates(50)].join('\r\n'));
    const { answer } = stage.answer(text);
    expect(described(text).sections[0]!.candidates.length).toBeGreaterThan(40);
    stage.run(20_000);
    expect([looks(), stage.book.held, stage.plane.counts().sent]).toEqual([0, 0, 0]);
    browser.take(answer);
    browser.check();
    stage.deliver();
    expect(browser.answers.length).toBe(1);
    expect(looks()).toBe(1);
  });

  test('is taken up to a limit, ten thousand at once or one after the other', () => {
    const { stage, browser, looks } = watched();
    const { peer } = stage.answer(browser.own(offerText('chromium-publish')));
    for (const line of candidates(10_000)) {
      const read = readFragment(`m=audio 9 RTP/AVP 0\r\na=mid:0\r\n${line}`);
      expect(read).toHaveProperty('sections');
    }
    const flood = readFragment(['m=audio 9 RTP/AVP 0', 'a=mid:0', ...candidates(4_000)].join('\r\n'));
    expect('fault' in flood ? flood : flood.sections[0]?.candidates.length).toBe(SDP_LIMITS.candidates);
    stage.run(10_000);
    expect([looks(), stage.sizes().peers, peer.addressIx]).toEqual([0, 1, -1]);
  });
});
