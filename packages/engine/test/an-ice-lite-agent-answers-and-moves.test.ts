import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CheckFields, CONNECT_MS, CONSENT_MS } from '../src/ice/index.js';
import { ATTRIBUTE, MESSAGE_CLASS, readMessage } from '../src/stun/index.js';
import { type CheckOptions, connected, IcePort, isSignedBy, OTHER, OURS, THEIRS } from './ice-client.js';

describe('a signed check', () => {
  test('is answered with the address it came from, signed with our password', () => {
    const port = new IcePort();
    port.agents.open(1, OURS, THEIRS, 0);
    expect(port.receive(port.check(), port.address(9, 54_321))).toBe('found');
    const [answer] = port.sent();
    expect(answer?.message.messageClass).toBe(MESSAGE_CLASS.SUCCESS);
    expect(answer?.message.xorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS)).toEqual({
      host: Uint8Array.of(192, 0, 2, 9),
      port: 54_321,
    });
    expect(isSignedBy(answer!.message, OURS)).toBe(true);
    expect(answer?.message.has(ATTRIBUTE.FINGERPRINT)).toBe(true);
  });

  test('is answered over IPv6 too', () => {
    const port = new IcePort();
    port.agents.open(1, OURS, THEIRS, 0);
    port.receive(port.check(), port.book.enter(6, 4444, 0x2001_0db8, 0, -1, 7));
    const mapped = port.sent()[0]?.message.xorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS);
    expect(mapped).toEqual({
      host: Uint8Array.of(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 7),
      port: 4444,
    });
  });

  test('finds the other side, and with USE-CANDIDATE chooses where it is', () => {
    const port = new IcePort();
    const agent = port.agents.open(1, OURS, THEIRS, 0);
    const [first, second] = [port.address(1), port.address(2)];
    expect(port.receive(port.check(), first)).toBe('found');
    expect(agent.addressIx).toBe(first);
    expect(port.receive(port.check({ useCandidate: true }), second)).toBe('nominated');
    expect(agent.addressIx).toBe(second);
    expect(port.agents.at(second)).toBe(agent);
    expect(port.agents.at(first)).toBeNull();
    expect(port.receive(port.check({ useCandidate: true }), second)).toBe('answered');
    expect(port.book.held).toBe(1);
  });

  test('that would be controlled is told of the conflict, and one with an attribute unknown to us of that', () => {
    const { port, home } = connected();
    expect(port.receive(port.check({ role: 'controlled' }), home)).toBe('role_conflict');
    expect(port.receive(port.check({ unknown: 0x7ffe }), home)).toBe('unknown_attribute');
    const answers = port.sent().map(({ message }) => message);
    expect(answers.map((message) => message.errorCode())).toEqual([487, 420]);
    expect(answers[1]?.unknownAttributes()).toEqual([0x7ffe]);
    expect(answers.every((message) => isSignedBy(message, OURS))).toBe(true);
  });
});

describe('what is not signed for us', () => {
  test.each<[string, CheckOptions, string]>([
    ['another password', { own: { ...OURS, pwd: 'guessed' } }, 'forged'],
    ['another name of ours', { own: OTHER }, 'unknown_user'],
    ['another name of theirs', { theirs: OTHER }, 'unknown_user'],
    ['no FINGERPRINT', { fingerprint: false }, 'malformed'],
  ])('%s: no answer, and nothing changes', (_name, options, outcome) => {
    const { port, away, agent, home } = connected();
    expect(port.receive(port.check({ useCandidate: true, ...options }), away)).toBe(outcome);
    expect(port.sent()).toEqual([]);
    expect([agent.addressIx, agent.trial]).toEqual([home, null]);
  });

  test('any change of any byte makes a check count for nothing', () => {
    const { port, away, agent, home } = connected();
    const check = port.check({ useCandidate: true });
    fc.assert(
      fc.property(fc.nat(check.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = check.slice();
        bytes[at]! ^= change;
        expect(['malformed', 'forged', 'unknown_user', 'stray']).toContain(port.receive(bytes, away));
        expect(port.sent()).toEqual([]);
        expect([agent.addressIx, agent.trial]).toEqual([home, null]);
      }),
    );
  });

  test('no check from an address where another connection is living is answered', () => {
    const { port, home, agent } = connected();
    const thief = port.agents.open(2, OTHER, THEIRS, 0);
    expect(port.receive(port.check({ own: OTHER, useCandidate: true }), home, 5_000)).toBe('taken');
    expect(port.sent()).toEqual([]);
    expect([agent.addressIx, thief.addressIx]).toEqual([home, -1]);
    expect(port.receive(port.check({ own: OTHER, useCandidate: true }), home, 20_000)).toBe('nominated');
    expect(port.agents.at(home)).toBe(thief);
  });
});

describe('another address', () => {
  test('counts when a check of ours has been answered from there, and not before', () => {
    const { port, home, away, agent } = connected();
    expect(port.receive(port.check({ useCandidate: true }), away, 10)).toBe('answered');
    const [answer, check] = port.sent();
    expect(answer?.to).toBe(away);
    expect(check?.message.messageClass).toBe(MESSAGE_CLASS.REQUEST);
    expect(isSignedBy(check!.message, THEIRS)).toBe(true);
    expect(Buffer.from(check!.message.value(ATTRIBUTE.USERNAME)!).toString()).toBe('them:ourUfrag');
    expect(agent.addressIx).toBe(home);
    expect(port.receive(port.answerTo(check!.message, 'guessed'), away, 20)).toBe('forged');
    expect(port.receive(port.answerTo(check!.message), home, 20)).toBe('stray');
    expect(agent.addressIx).toBe(home);
    expect(port.receive(port.answerTo(check!.message), away, 20)).toBe('moved');
    expect(agent.addressIx).toBe(away);
    expect(port.book.held).toBe(1);
  });

  test('counts when media that only the other side could send comes from there', () => {
    const { port, away, home, agent } = connected();
    expect(port.agents.heard(agent, away)).toBe(false);
    port.receive(port.check({ useCandidate: true }), away, 10);
    expect(port.agents.heard(agent, home)).toBe(false);
    expect(port.agents.heard(agent, away)).toBe(true);
    expect(agent.addressIx).toBe(away);
  });

  test('that never answers gets at most four checks, fewer bytes than it has sent three times over', () => {
    const { port, away, home, agent } = connected();
    let received = 0;
    for (let now = 0; now < 20_000; now += 2_500) {
      const check = port.check({ useCandidate: true });
      port.receive(check, away, now);
      received += check.length;
      for (let tick = now; tick < now + 2_500; tick += 50) port.agents.tick(tick, port.tx);
      if (now === 0)
        expect(port.sent().filter(({ message }) => message.messageClass === MESSAGE_CLASS.REQUEST)).toHaveLength(4);
    }
    expect(agent.addressIx).toBe(home);
    expect(received).toBeGreaterThan(0);
    expect(port.book.held).toBe(1);
  });
});

describe('of several addresses, all of them chosen within a moment,', () => {
  const lesser = { useCandidate: true, priority: 1_249_844_991 };
  const answered = (port: IcePort, from: number, now: number) => {
    const check = port.sent().find(({ to, message }) => to === from && message.messageClass === MESSAGE_CLASS.REQUEST);
    return check && port.receive(port.answerTo(check.message), from, now);
  };

  test('the best one counts, whichever comes first', () => {
    const { port, home, away, agent } = connected();
    port.receive(port.check(lesser), away, 200);
    expect(answered(port, away, 210)).toBeUndefined();
    expect([agent.addressIx, agent.trial]).toEqual([home, null]);

    const other = new IcePort();
    const late = other.agents.open(1, OURS, THEIRS, 0);
    const [tcp, udp] = [other.address(1), other.address(2)];
    other.receive(other.check(lesser), tcp);
    other.receive(other.check({ useCandidate: true }), udp, 200);
    other.receive(other.check(lesser), tcp, 205);
    expect(answered(other, udp, 210)).toBe('moved');
    other.receive(other.check(lesser), tcp, 220);
    expect([late.addressIx, late.trial]).toEqual([udp, null]);
  });

  test('and the last one once they have been: a worse network may be the only one left', () => {
    const { port, away, agent } = connected();
    port.receive(port.check(lesser), away, 4_000);
    expect(answered(port, away, 4_010)).toBe('moved');
    expect(agent.addressIx).toBe(away);
  });
});

describe('where the other side goes on checking', () => {
  test('is moved to once nothing has come from the chosen address for ten seconds, and has answered', () => {
    const { port, home, away, agent } = connected();
    port.receive(port.check(), away, 9_000);
    expect([agent.addressIx, agent.trial]).toEqual([home, null]);
    port.receive(port.check(), away, 14_000);
    expect(agent.addressIx).toBe(home);
    const check = port.sent().at(-1)!.message;
    expect(port.receive(port.answerTo(check), away, 14_010)).toBe('moved');
    expect(port.agents.tick(14_010 + CONSENT_MS - 1, port.tx)).toEqual([]);
    expect(agent.addressIx).toBe(away);
  });

  test('is not moved to while the chosen address is checked as well', () => {
    const { port, home, away, agent } = connected();
    for (let now = 5_000; now < 60_000; now += 5_000) {
      port.receive(port.check(), home, now);
      port.receive(port.check(), away, now + 2_500);
    }
    expect([agent.addressIx, agent.trial]).toEqual([home, null]);
  });
});

describe('consent', () => {
  test('is kept by checks from the chosen address alone, and ends 30 seconds after the last', () => {
    const { port, home, away, agent } = connected();
    port.receive(port.check(), home, 25_000);
    port.receive(port.check({ useCandidate: true }), away, 40_000);
    expect(port.agents.tick(25_000 + CONSENT_MS - 1, port.tx)).toEqual([]);
    expect(port.agents.nextAt()).toBeGreaterThan(25_000 + CONSENT_MS - 1);
    expect(port.agents.tick(25_000 + CONSENT_MS, port.tx)).toEqual([{ owner: 1, reason: 'consent' }]);
    expect([agent.addressIx, port.agents.size, port.book.held, port.agents.nextAt()]).toEqual([-1, 0, 0, null]);
  });

  test('whoever never comes is given up', () => {
    const port = new IcePort();
    port.agents.open(3, OURS, THEIRS, 100);
    expect(port.agents.tick(99 + CONNECT_MS, port.tx)).toEqual([]);
    expect(port.agents.tick(100 + CONNECT_MS, port.tx)).toEqual([{ owner: 3, reason: 'unconnected' }]);
    expect(port.receive(port.check(), port.address(1))).toBe('unknown_user');
  });
});

test('checks that arrive before the other side is described are answered, and its name counts once it is known', () => {
  const port = new IcePort();
  const agent = port.agents.open(1, OURS, null, 0);
  expect(port.receive(port.check({ useCandidate: true }), port.address(1))).toBe('nominated');
  port.agents.describe(agent, THEIRS);
  expect(port.receive(port.check({ theirs: OTHER }), port.address(1))).toBe('unknown_user');
  expect(port.receive(port.check(), port.address(1))).toBe('answered');
});

test('a full table is sent on, and no answer is lost', () => {
  const { port, home } = connected();
  for (let count = 0; count < 40; count++) expect(port.receive(port.check(), home)).toBe('answered');
  expect(port.sent()).toHaveLength(40);
});

test('any bytes are read as the codec of `stun` reads them, or not at all', () => {
  const port = new IcePort();
  const fields = new CheckFields();
  const bytes = fc
    .tuple(fc.array(fc.tuple(fc.nat(119), fc.nat(255)), { maxLength: 4 }), fc.nat(3), fc.boolean())
    .map(([changes, cut, useCandidate]) => {
      const check = port.check({ useCandidate });
      for (const [at, value] of changes) if (at < check.length) check[at] = value;
      return check.slice(0, check.length - cut);
    });
  fc.assert(
    fc.property(fc.oneof(bytes, fc.uint8Array({ maxLength: 200 })), (message) => {
      const accepted = fields.read(message, 0, message.length);
      const other = readMessage(message);
      if (accepted && typeof other !== 'string') {
        expect(fields.useCandidate).toBe(other.has(ATTRIBUTE.USE_CANDIDATE));
        expect(fields.integrityAt >= 0).toBe((other.place(ATTRIBUTE.MESSAGE_INTEGRITY)?.length ?? 0) === 20);
      }
      if (accepted) expect(typeof other).toBe('object');
    }),
    { numRuns: 3000 },
  );
});
