import type { Source } from '@madang/protocol';
import type { CandidateFact, Direction, FactOf, PairFact, PeerId, PeerSample, TrackSample } from '../record/index.js';
import { type FactIndex, FactList } from './fact-index.js';
import { isOpen } from './own-media.js';

/** How a connection stands, as the rules ask for it; each answer is made at most once. */
export class PeerView {
  readonly id: PeerId;
  readonly index: FactIndex;
  readonly facts: FactList;
  #pairs: readonly PairFact[] | undefined;

  constructor(index: FactIndex, id: PeerId) {
    this.id = id;
    this.index = index;
    this.facts = index.peers.get(id) ?? new FactList();
  }

  get nowMs(): number {
    return this.index.nowMs;
  }

  get openedMs(): number | undefined {
    return this.facts.last('connection-opened')?.atMs;
  }

  get closedMs(): number | undefined {
    return this.facts.last('connection-closed')?.atMs;
  }

  /** The member at the other end; undefined on a page that has no members. */
  get member(): FactOf<'member'> | undefined {
    return this.index.own.last('member', ({ id }) => id === this.id);
  }

  get state(): RTCPeerConnectionState {
    return this.facts.last('connection')?.state ?? 'new';
  }

  /** Since when it is in its present state. */
  get stateMs(): number {
    return this.facts.last('connection')?.atMs ?? this.openedMs ?? 0;
  }

  /** When it was connected the first time. */
  get connectedMs(): number | undefined {
    return this.facts.first('connection', ({ state }) => state === 'connected')?.atMs;
  }

  candidates(direction: Direction): readonly CandidateFact[] {
    return this.facts.all('candidate').flatMap((fact) => (fact.direction === direction ? [fact.candidate] : []));
  }

  /** When both descriptions were there the first time, so that there is something to find a way for. */
  get describedMs(): number | undefined {
    const sent = this.facts.first('description', ({ direction }) => direction === 'sent')?.atMs;
    const received = this.facts.first('description', ({ direction }) => direction === 'received')?.atMs;
    return sent === undefined || received === undefined ? undefined : Math.max(sent, received);
  }

  /** Every pair that was ever tried, as it stood last: browsers drop those that came to nothing. */
  get pairs(): readonly PairFact[] {
    if (this.#pairs !== undefined) return this.#pairs;
    const byEnds = new Map<string, PairFact>();
    for (const { pairs } of this.facts.all('pairs')) {
      for (const pair of pairs) byEnds.set(`${end(pair.local)} ${end(pair.remote)}`, pair);
    }
    this.#pairs = [...byEnds.values()];
    return this.#pairs;
  }

  /** The newest sample, unless it is older than statistics that still come in would be. */
  get sample(): PeerSample | undefined {
    const last = this.facts.last('sample');
    return last !== undefined && this.nowMs - last.atMs < 3_500 ? last.sample : undefined;
  }

  /** The samples of the last `ms`, oldest first, of one track. */
  track(
    direction: Direction,
    source: Source,
    ms: number,
  ): readonly { readonly atMs: number; readonly track: TrackSample }[] {
    const all = this.facts.all('sample');
    const from = all.findLastIndex(({ atMs }) => atMs < this.nowMs - ms) + 1;
    return all
      .slice(from)
      .flatMap(({ atMs, sample }) =>
        sample.tracks
          .filter((track) => track.direction === direction && track.source === source)
          .map((track) => ({ atMs, track })),
      );
  }

  /** Whether there is something of one's own to be sent. Without members, as on a plain page: whatever is open. */
  sends(source: Source): boolean {
    const { own, sources } = this.index;
    const own_ = sources.get(source);
    if (own.last('self')?.role === 'viewer' || !isOpen(own_)) return false;
    return own_.state === 'on' || source === 'microphone';
  }

  /** Whether the other side says that it sends this. */
  offers(source: Source): 'on' | 'muted' | 'off' | 'unknown' {
    const media = this.member?.media;
    if (media === undefined) return 'unknown';
    return media[source === 'screen-audio' ? 'screen' : source];
  }

  firstMs(what: FactOf<'first'>['what'], source: Source): number | undefined {
    return this.facts.first('first', (fact) => fact.what === what && fact.source === source)?.atMs;
  }
}

const end = ({ type, protocol, address, port }: CandidateFact): string => `${type} ${protocol} ${address} ${port}`;
