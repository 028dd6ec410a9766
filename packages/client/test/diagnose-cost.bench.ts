import { bench } from 'vitest';
import { diagnose, type Fact, ladder } from '../src/index.js';
import { healthyCall, PEER } from './call-story.js';

const facts = roomOfFour();
const nowMs = facts.at(-1)?.atMs ?? 0;

// An open inspector does this every second.
bench(`a diagnosis and three ladders in a room of four, from ${facts.length} facts, all that a record keeps`, () => {
  diagnose(facts, nowMs);
  for (const peer of ['p1', 'p2', 'p3']) ladder(facts, peer, nowMs);
});

/** Three connections of five minutes, and 3000 other facts. */
function roomOfFour(): Fact[] {
  const one = healthyCall(301_000).facts;
  const peers = ['p1', 'p2', 'p3'].flatMap((id, ix) =>
    one
      .filter((fact) => ix === 0 || 'peer' in fact || fact.type === 'member' || fact.type === 'report')
      .map((fact): Fact => {
        if ('peer' in fact) return { ...fact, peer: id };
        if (fact.type === 'member' && fact.id === PEER) return { ...fact, id };
        return fact.type === 'report' ? { ...fact, from: id } : fact;
      }),
  );
  const reports = Array.from({ length: 3_000 }, (_, ix): Fact => {
    const report = one.find((fact) => fact.type === 'report')?.report;
    return { type: 'report', from: `p${(ix % 3) + 1}`, report: report!, atMs: 2_500 + ix * 100 };
  });
  return [...peers, ...reports].sort((a, b) => a.atMs - b.atMs);
}
