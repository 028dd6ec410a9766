import type { Source } from '@madang/protocol';
import type { Fact, FactOf, FactType, PeerId } from '../record/index.js';
import { type MediaFact, type OwnSource, ownSources } from './own-media.js';

/** Facts by type, oldest first. */
export class FactList {
  readonly #byType = new Map<FactType, Fact[]>();

  put(fact: Fact): void {
    const list = this.#byType.get(fact.type);
    if (list === undefined) this.#byType.set(fact.type, [fact]);
    else list.push(fact);
  }

  all<T extends FactType>(type: T): readonly FactOf<T>[] {
    return (this.#byType.get(type) ?? []) as FactOf<T>[];
  }

  first<T extends FactType>(type: T, is: (fact: FactOf<T>) => boolean = () => true): FactOf<T> | undefined {
    return this.all(type).find(is);
  }

  last<T extends FactType>(type: T, is: (fact: FactOf<T>) => boolean = () => true): FactOf<T> | undefined {
    return this.all(type).findLast(is);
  }
}

/** The facts of a connection by attempts: a connection that is made anew begins a new one. */
export interface Attempts {
  readonly present: FactList;
  /** The one before it, if there was one. */
  readonly earlier: FactList | undefined;
}

/** What is known at `nowMs`, laid out so that a rule finds what it needs. Built once for all rules. */
export interface FactIndex {
  readonly nowMs: number;
  /** About oneself, the server and the members. */
  readonly own: FactList;
  /** One's own sources, as far as they were ever asked for. */
  readonly sources: ReadonlyMap<Source, OwnSource>;
  readonly peers: ReadonlyMap<PeerId, Attempts>;
}

/** One pass over the facts; those later than `nowMs` have not happened yet. */
export function indexFacts(facts: readonly Fact[], nowMs: number): FactIndex {
  const own = new FactList();
  const media: MediaFact[] = [];
  const peers = new Map<PeerId, Attempts>();
  for (const fact of facts) {
    if (fact.atMs > nowMs) break;
    if (isMedia(fact)) media.push(fact);
    if (!('peer' in fact)) own.put(fact);
    else attemptOf(peers, fact).put(fact);
  }
  return { nowMs, own, sources: ownSources(media), peers };
}

function isMedia(fact: Fact): fact is MediaFact {
  return fact.type.startsWith('media-');
}

function attemptOf(peers: Map<PeerId, Attempts>, fact: Fact & { readonly peer: PeerId }): FactList {
  const known = peers.get(fact.peer);
  if (known !== undefined && fact.type !== 'connection-opened') return known.present;
  const present = new FactList();
  const earlier = known?.present;
  peers.set(fact.peer, { present, earlier: earlier?.first('connection-opened') && earlier });
  // What the browser would not take is told before the connection that it made instead.
  const refused = earlier?.last('connection-refused');
  if (refused !== undefined && refused.atMs >= (earlier?.last('connection-closed')?.atMs ?? 0)) present.put(refused);
  return present;
}
