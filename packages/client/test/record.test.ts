import { describe, expect, it } from 'vitest';
import { type Fact, ladder } from '../src/index.js';
import { Lab, pair } from './lab.js';

const types = (facts: readonly Fact[], peer: string | undefined): string[] =>
  facts.filter((fact) => 'peer' in fact && fact.peer === peer).map(({ type }) => type);

describe('the record of a call', () => {
  it('has the whole way of it, in the order in which it went', async () => {
    const { lab, ann, bob } = await pair();
    await lab.pass(3_000);
    const { facts } = bob.room.record;
    const annId = ann.room.self?.id;
    expect(facts[0]).toMatchObject({ type: 'page', atMs: 0 });
    expect(facts.filter(({ type }) => type === 'signaling').map((fact) => 'state' in fact && fact.state)).toEqual([
      'connecting',
      'open',
      'joined',
    ]);
    const way = types(facts, annId);
    const expected = ['connection-opened', 'description', 'description', 'candidate', 'connection', 'path', 'sample'];
    let from = 0;
    for (const type of expected) {
      from = way.indexOf(type, from) + 1;
      expect(from, `${type} in ${way.join(' ')}`).toBeGreaterThan(0);
    }
    expect(facts.map(({ atMs }) => atMs)).toEqual(facts.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
  });

  it('shows one connection as a ladder, and one without any as its own two steps', async () => {
    const { lab, ann, bob } = await pair();
    await lab.pass(1_000);
    const { record } = bob.room;
    const steps = ladder(record.facts, ann.room.self?.id, record.nowMs());
    expect(Object.fromEntries(steps.map(({ step, state }) => [step, state]))).toMatchObject({
      media: 'done',
      signaling: 'done',
      offer: 'done',
      answer: 'done',
      'candidates-sent': 'done',
      'candidates-received': 'done',
    });
    for (const { startMs, endMs } of steps) if (endMs !== undefined) expect(startMs).toBeLessThanOrEqual(endMs);
    expect(ladder(record.facts, undefined, record.nowMs()).map(({ step }) => step)).toEqual(['media', 'signaling']);
    expect(ladder([], 'nobody', 0).every(({ state }) => state === 'waiting')).toBe(true);
  });

  it('ends with the call, and leaves no timer behind', async () => {
    const { lab, ann, bob } = await pair();
    await lab.until(bob.room.leave());
    await lab.pass(50);
    expect(types(bob.room.record.facts, ann.room.self?.id).at(-1)).toBe('connection-closed');
    const count = bob.room.record.facts.length;
    await lab.pass(3_000);
    expect(bob.room.record.facts).toHaveLength(count);
  });

  it('goes on without a server whose address the browser does not take, and notes which', async () => {
    const lab = new Lab();
    const ann = lab.person('ann');
    const bob = lab.person('bob', undefined, {
      rtcConfiguration: { iceServers: [{ urls: 'turn:{93.184.216.34}:3478' }, { urls: 'stun:127.0.0.1:3478' }] },
    });
    await lab.join(ann);
    await lab.join(bob);
    await lab.pass(200);
    expect(bob.room.members[0]?.peer?.state).toBe('connected');
    expect(bob.room.record.facts.find(({ type }) => type === 'connection-refused')).toMatchObject({
      peer: ann.room.self?.id,
      urls: ['turn:{93.184.216.34}:3478'],
    });
  });
});
