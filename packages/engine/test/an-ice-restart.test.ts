import { describe, expect, test } from 'vitest';
import { CONSENT_MS } from '../src/ice/index.js';
import { ATTRIBUTE } from '../src/stun/index.js';
import { connected, isSignedBy, OTHER, OURS } from './ice-client.js';

const AGAIN = { ufrag: 'themAgain', pwd: 'againPasswordOf24Characters' };
const CHOSEN = { own: OTHER, theirs: AGAIN, useCandidate: true };
/** As Chromium does from an address that it has gathered since, where it was sooner than our answer. */
const CHOSEN_BY_OLD = { own: OURS, theirs: AGAIN, useCandidate: true };

function restarted() {
  const { port, agent, ...addresses } = connected();
  port.agents.restart(agent, OTHER, AGAIN);
  const lastCheck = () => port.sent().at(-1)!.message;
  return { port, agent, lastCheck, ...addresses };
}

test('old credentials are good until an address is chosen with the new ones, and then no more', () => {
  const { port, home } = restarted();
  expect(port.receive(port.check(), home, 10)).toBe('answered');
  expect(port.receive(port.check(CHOSEN), home, 20)).toBe('nominated');
  expect(port.receive(port.check(), home, 30)).toBe('unknown_user');
  expect(port.receive(port.check({ own: OTHER, theirs: AGAIN }), home, 40)).toBe('answered');
});

test('to another address it moves when that has answered', () => {
  const { port, home, away, agent, lastCheck } = restarted();
  port.receive(port.check(CHOSEN), away, 20);
  expect(agent.addressIx).toBe(home);
  const check = lastCheck();
  expect(isSignedBy(check, AGAIN)).toBe(true);
  expect(port.receive(port.answerTo(check, AGAIN.pwd), away, 30)).toBe('moved');
  expect([agent.addressIx, agent.previous]).toEqual([away, null]);
});

test('of several addresses the best one counts', () => {
  const { port, home, away, agent } = restarted();
  port.receive(port.check(CHOSEN), away, 60_000);
  port.receive(port.check({ ...CHOSEN, priority: 1_249_844_991 }), port.address(3), 60_010);
  expect([agent.addressIx, agent.trial?.addressIx]).toEqual([home, away]);
});

describe('another address that is chosen with our credentials of before', () => {
  test('is moved to when it has answered a check with these, and is kept with them', () => {
    const { port, away, agent, lastCheck } = restarted();
    expect(port.receive(port.check(CHOSEN_BY_OLD), away, 20)).toBe('answered');
    const check = lastCheck();
    expect(Buffer.from(check.value(ATTRIBUTE.USERNAME)!).toString()).toBe(`${AGAIN.ufrag}:${OURS.ufrag}`);
    expect(port.receive(port.answerTo(check, AGAIN.pwd), away, 30)).toBe('moved');
    expect(agent.addressIx).toBe(away);
    for (let now = 5_000; now < 3 * CONSENT_MS; now += 5_000) {
      expect(port.receive(port.check(CHOSEN_BY_OLD), away, now)).toBe('answered');
      expect(port.agents.tick(now, port.tx)).toEqual([]);
    }
  });

  test('is left again for one that is chosen with the new ones, and then they are no good any more', () => {
    const { port, home, away, agent, lastCheck } = restarted();
    port.receive(port.check(CHOSEN_BY_OLD), away, 20);
    port.receive(port.answerTo(lastCheck(), AGAIN.pwd), away, 30);
    port.receive(port.check({ ...CHOSEN, priority: 1 }), home, 40);
    expect(port.receive(port.answerTo(lastCheck(), AGAIN.pwd), home, 50)).toBe('moved');
    expect(agent.addressIx).toBe(home);
    expect(port.receive(port.check(CHOSEN_BY_OLD), away, 60)).toBe('unknown_user');
  });

  test('does not count beside one that is chosen with the new ones', () => {
    const { port, home, away, agent } = restarted();
    port.receive(port.check({ ...CHOSEN, priority: 1 }), away, 20);
    port.receive(port.check(CHOSEN_BY_OLD), port.address(3), 30);
    expect([agent.addressIx, agent.trial?.addressIx]).toEqual([home, away]);
  });

  test('does not count where the other side names itself as before: with what it would answer is not known any more', () => {
    const { port, home, away, agent } = restarted();
    expect(port.receive(port.check({ useCandidate: true }), away, 20)).toBe('answered');
    expect([agent.addressIx, agent.trial]).toEqual([home, null]);
  });
});
