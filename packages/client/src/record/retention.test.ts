import { describe, expect, it } from 'vitest';
import type { Fact, FactBody } from './fact.js';
import { Retention } from './retention.js';

const LIMITS = { facts: 20, samplesOfPeer: 5, samples: 8, descriptions: 4, pairs: 4, lines: 3, slack: 1.5 };
const at = (atMs: number, body: FactBody): Fact => ({ ...body, atMs });
const noise = (atMs: number): Fact => at(atMs, { type: 'slept', forMs: atMs });
const sample = (atMs: number, peer: string): Fact => at(atMs, { type: 'sample', peer, sample: { tracks: [] } });

/** As a record does it. */
function kept(facts: readonly Fact[]): Fact[] {
  const retention = new Retention(LIMITS);
  let list: Fact[] = [];
  for (const fact of facts) {
    list.push(fact);
    if (retention.isFull(fact)) list = retention.keep(list);
  }
  return list;
}

describe('what a record keeps', () => {
  it('is the newest, and never more than a little over the bound', () => {
    const list = kept(Array.from({ length: 1_000 }, (_, ix) => noise(ix)));
    expect(list.length).toBeLessThanOrEqual(LIMITS.facts * LIMITS.slack + 1);
    expect(list.at(-1)).toEqual(noise(999));
  });

  it('is whatever the state of the call is told by, however old', () => {
    const first: Fact[] = [
      at(0, { type: 'signaling', state: 'joined' }),
      at(1, { type: 'connection-opened', peer: 'p' }),
      at(2, { type: 'description', peer: 'p', direction: 'sent', kind: 'offer', sdp: 'v=0' }),
      at(3, { type: 'connection', peer: 'p', state: 'connected' }),
    ];
    const list = kept([...first, ...Array.from({ length: 500 }, (_, ix) => noise(10 + ix))]);
    expect(list.slice(0, 4)).toEqual(first);
  });

  it('lets go of what is told of a connection before the present one, and of members who left', () => {
    const history: Fact[] = [
      at(0, { type: 'connection', peer: 'p', state: 'failed' }),
      at(1, { type: 'connection-opened', peer: 'p' }),
      at(2, { type: 'connection', peer: 'gone', state: 'connected' }),
      at(2, { type: 'encryption', member: 'gone', state: 'open' }),
      at(3, { type: 'member-left', id: 'gone', reason: 'left' }),
    ];
    const list = kept([...history, ...Array.from({ length: 500 }, (_, ix) => noise(10 + ix))]);
    expect(list.slice(0, 1)).toEqual([history[1]]);
    expect(list.some((fact) => 'peer' in fact && fact.peer === 'gone')).toBe(false);
    expect(list.some(({ type }) => type === 'encryption')).toBe(false);
  });

  it('bounds the samples of each connection and of all', () => {
    const list = kept(Array.from({ length: 300 }, (_, ix) => sample(ix, `p${ix % 3}`)));
    const of = (peer: string) => list.filter((fact) => 'peer' in fact && fact.peer === peer).length;
    expect(Math.max(of('p0'), of('p1'), of('p2'))).toBeLessThanOrEqual(LIMITS.samplesOfPeer * LIMITS.slack + 1);
    expect(list.length).toBeLessThanOrEqual(LIMITS.samples * LIMITS.slack + 3);
    expect(list.at(-1)).toEqual(sample(299, 'p2'));
  });

  it('is not pushed out by what the server takes the line for again and again', () => {
    const line = (atMs: number): Fact => at(atMs, { type: 'line', peer: 'p', bps: atMs, queueMs: 0, loss: 0 });
    const history = Array.from({ length: 10 }, (_, ix) => noise(ix));
    const list = kept([...history, ...Array.from({ length: 1_000 }, (_, ix) => line(10 + ix))]);
    expect(list.slice(0, 10)).toEqual(history);
    expect(list.length).toBeLessThanOrEqual(10 + LIMITS.lines * LIMITS.slack + 2);
    expect(list.at(-1)).toEqual(line(1_009));
  });

  it('bounds the descriptions, the newest of each kind excepted', () => {
    const description = (atMs: number): Fact =>
      at(atMs, { type: 'description', peer: `p${atMs}`, direction: 'sent', kind: 'offer', sdp: 'x' });
    const one = (atMs: number): Fact =>
      at(atMs, { type: 'description', peer: 'p', direction: 'sent', kind: 'offer', sdp: 'x' });
    expect(kept(Array.from({ length: 100 }, (_, ix) => one(ix))).length).toBeLessThanOrEqual(8);
    expect(kept(Array.from({ length: 10 }, (_, ix) => description(ix)))).toHaveLength(10);
  });
});
