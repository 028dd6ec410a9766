import type { Fact } from './fact.js';
import { factKey } from './fact-key.js';

/** How much is kept. `slack`: how much more is let in before the old is let go, all at once. */
export interface RetentionLimits {
  readonly facts: number;
  /** Of one connection; at one a second, seconds. */
  readonly samplesOfPeer: number;
  readonly samples: number;
  readonly descriptions: number;
  readonly pairs: number;
  /** Of what the media server takes the line for: only the newest says anything. */
  readonly lines: number;
  readonly slack: number;
}

const LIMITS: RetentionLimits = {
  facts: 3_000,
  samplesOfPeer: 300,
  samples: 1_500,
  descriptions: 40,
  pairs: 100,
  lines: 20,
  slack: 1.1,
};

/**
 * Decides which facts a record keeps: the newest of each kind, and whatever the state of the call is told by, however old
 * it is: the newest fact of each key, and the oldest since the connection that it is about was opened. Nothing is told any
 * more of members who have left.
 */
export class Retention {
  readonly #limits: RetentionLimits;
  readonly #counts = new Map<string, number>();

  constructor(limits: RetentionLimits = LIMITS) {
    this.#limits = limits;
  }

  /** Counts one more fact; whether it is time to let old ones go. */
  isFull(fact: Fact): boolean {
    return this.#kinds(fact).some(([kind, most]) => this.#count(kind) > most * this.#limits.slack);
  }

  keep(facts: readonly Fact[]): Fact[] {
    const milestones = milestonesOf(facts);
    this.#counts.clear();
    const kept = facts
      .toReversed()
      .filter((fact) => {
        const fits = this.#kinds(fact).every(([kind, most]) => (this.#counts.get(kind) ?? 0) < most);
        if (!fits && !milestones.has(fact)) return false;
        for (const [kind] of this.#kinds(fact)) this.#count(kind);
        return true;
      })
      .reverse();
    return kept;
  }

  /** What a fact counts as, each with its bound. */
  #kinds(fact: Fact): readonly (readonly [kind: string, most: number])[] {
    const { facts, samples, samplesOfPeer, descriptions, pairs, lines } = this.#limits;
    switch (fact.type) {
      case 'sample':
        return [
          ['sample', samples],
          [`sample ${fact.peer}`, samplesOfPeer],
        ];
      case 'description':
        return [['description', descriptions]];
      case 'pairs':
        return [['pairs', pairs]];
      case 'line':
        return [['line', lines]];
      default:
        return [['fact', facts]];
    }
  }

  #count(kind: string): number {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return count;
  }
}

function milestonesOf(facts: readonly Fact[]): ReadonlySet<Fact> {
  const oldest = new Map<string, Fact>();
  const newest = new Map<string, Fact>();
  const gone = new Set<string>();
  for (const fact of facts) {
    if (fact.type === 'member-left') gone.add(fact.id);
    if (fact.type === 'member') gone.delete(fact.id);
    // A new connection: what is told of the one before is history.
    if (fact.type === 'connection-opened') forgetPeer(fact.peer, oldest, newest);
    const key = factKey(fact);
    if (!oldest.has(key)) oldest.set(key, fact);
    newest.set(key, fact);
  }
  return new Set([...oldest.values(), ...newest.values()].filter((fact) => !gone.has(memberOf(fact))));
}

function forgetPeer(peer: string, ...maps: Map<string, Fact>[]): void {
  for (const map of maps) {
    for (const [key, fact] of map) if ('peer' in fact && fact.peer === peer) map.delete(key);
  }
}

function memberOf(fact: Fact): string {
  if ('peer' in fact) return fact.peer;
  if (fact.type === 'member' || fact.type === 'member-left') return fact.id;
  if (fact.type === 'encryption') return fact.member;
  return fact.type === 'report' ? fact.from : '';
}
