import { SeededRandom } from '@madang/testkit';
import { expect, test } from 'vitest';
import { IcePort, OURS, THEIRS } from './ice-client.js';

const GUESSES = 20_000;

test('twenty thousand checks with guessed passwords and names are not answered, and change nothing', () => {
  const port = new IcePort();
  const [home, away] = [port.address(1), port.address(2)];
  const agent = port.agents.open(1, OURS, THEIRS, 0);
  expect(port.receive(port.check({ useCandidate: true }), home)).toBe('nominated');
  port.sent();
  const random = new SeededRandom(3);
  const before = [agent.addressIx, agent.trial, port.agents.size, port.agents.nextAt()];
  for (let guess = 0; guess < GUESSES; guess++) {
    const pwd = random.secret();
    const own = guess % 2 === 0 ? { ...OURS, pwd } : { ufrag: random.id(), pwd };
    const outcome = port.receive(port.check({ own, useCandidate: true }), guess % 3 === 0 ? home : away, guess / 1_000);
    expect(outcome).toBe(guess % 2 === 0 ? 'forged' : 'unknown_user');
  }
  expect(port.sent()).toEqual([]);
  expect([agent.addressIx, agent.trial, port.agents.size, port.agents.nextAt()]).toEqual(before);
});
