import type { MediaState, Report, Source } from '@madang/protocol';
import {
  type CandidateFact,
  type Direction,
  type FactOf,
  type PairFact,
  type PeerId,
  SERVER_PUBLISH,
  SERVER_SUBSCRIBE,
  type TrackSample,
} from '../record/index.js';
import { kindOf } from '../sources.js';
import { type FactIndex, FactList } from './fact-index.js';
import { isOpen } from './own-media.js';

export type TrackAt = TrackSample & { readonly atMs: number };

/** So old the newest sample may be while statistics still come in. */
const FRESH_MS = 3_500;

/** How one attempt at a connection stands, as the rules ask for it. */
export class PeerView {
  readonly id: PeerId;
  readonly index: FactIndex;
  readonly nowMs: number;
  readonly facts: FactList;
  /** The attempt before this one. */
  readonly earlier: FactList | undefined;
  /** Whose tracks are looked at, of those that come by the connection with the media server. */
  readonly of: string | undefined;
  #pairs: readonly PairFact[] | undefined;

  /** `nowMs`: for an attempt that is over, its end. */
  constructor(
    index: FactIndex,
    id: PeerId,
    facts = index.peers.get(id)?.present ?? new FactList(),
    nowMs = index.nowMs,
    of?: string,
  ) {
    this.of = of;
    this.id = id;
    this.index = index;
    this.nowMs = nowMs;
    this.facts = facts;
    const attempts = index.peers.get(id);
    this.earlier = attempts?.present === facts ? attempts.earlier : undefined;
  }

  get openedMs(): number | undefined {
    return this.facts.last('connection-opened')?.atMs;
  }

  get closedMs(): number | undefined {
    return this.facts.last('connection-closed')?.atMs;
  }

  /** The member at the other end; undefined on a page that has no members. */
  get member(): FactOf<'member'> | undefined {
    return this.index.own.last('member', ({ id }) => id === this.subject);
  }

  /** Whom a finding is about: the other side, or the member whose tracks are looked at. */
  get subject(): PeerId {
    return this.of ?? this.id;
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

  /** When a way was found the first time: a pair answered. */
  get wayFoundMs(): number | undefined {
    const answered = this.facts.first('ice', ({ state }) => state === 'connected' || state === 'completed')?.atMs;
    const times = [answered, this.facts.first('path')?.atMs, this.connectedMs].filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** The samples of the last `ms`, oldest first; none where statistics have ceased to come. */
  samples(ms: number): readonly FactOf<'sample'>[] {
    const all = this.facts.all('sample');
    if (this.nowMs - (all.at(-1)?.atMs ?? 0) > FRESH_MS) return [];
    return all.slice(all.findLastIndex(({ atMs }) => atMs < this.nowMs - ms) + 1);
  }

  /** One direction of one source in the samples of the last `ms`, oldest first. */
  track(direction: Direction, source: Source, ms: number): readonly TrackAt[] {
    return this.samples(ms).flatMap(({ atMs, sample }) =>
      sample.tracks
        .filter((track) => track.direction === direction && track.source === source && this.#isOf(track))
        .map((track) => ({ ...track, atMs })),
    );
  }

  /** Whether there is something of one's own to be sent. Without members, as on a plain page: whatever is open. */
  sends(source: Source): boolean {
    if (this.id === SERVER_SUBSCRIBE) return false;
    const { own, sources } = this.index;
    const mine = sources.get(source);
    return own.last('self')?.role !== 'viewer' && isOpen(mine) && mine.state === 'on';
  }

  /** What the other side says of a source of its own. */
  offers(source: Source): 'on' | 'muted' | 'off' | 'unknown' {
    // What comes from the media server is looked at member by member.
    if (this.id === SERVER_PUBLISH || (this.id === SERVER_SUBSCRIBE && this.of === undefined)) return 'off';
    const media = this.member?.media;
    return media === undefined ? 'unknown' : media[mediaField(source)];
  }

  /** Since when the other side says that the source is on. */
  offeredMs(source: Source): number {
    const field = mediaField(source);
    const told = this.index.own.all('member').filter(({ id }) => id === this.subject);
    return told[told.findLastIndex(({ media }) => media[field] !== 'on') + 1]?.atMs ?? 0;
  }

  /** What the other side says last of how it stands. */
  get report(): Report | undefined {
    return this.index.own.last('report', ({ from }) => from === this.subject)?.report;
  }

  /** What such a report says of the connection to here. */
  rowOf(report: Report | undefined): Report['peers'][number] | undefined {
    const self = this.index.own.last('self')?.id;
    return report?.peers.find(({ member }) => member === self);
  }

  /** Since when the other side says something of which `is` holds, without interruption. */
  reportedMs(is: (report: Report) => boolean): number | undefined {
    const told = this.index.own.all('report').filter(({ from }) => from === this.subject);
    return told[told.findLastIndex(({ report }) => !is(report)) + 1]?.atMs;
  }

  /** Since when nothing that comes of it can be decrypted; undefined where it can, or where nothing is encrypted. */
  get lockedMs(): number | undefined {
    const last = this.index.own.last('encryption', ({ member }) => member === this.subject);
    return last?.state === 'locked' ? last.atMs : undefined;
  }

  firstMs(what: FactOf<'first'>['what'], source: Source): number | undefined {
    return this.facts.first('first', (fact) => fact.what === what && fact.source === source && this.#isOf(fact))?.atMs;
  }

  /** What an element does with a source. */
  playback(source: Source): FactOf<'playback'> | undefined {
    return this.facts.last('playback', (fact) => fact.source === source && this.#isOf(fact));
  }

  /** Whether the media server says that it sends it now; of sound it says nothing. Of a straight connection, true. */
  isForwarded(source: Source): boolean {
    return (
      this.id !== SERVER_SUBSCRIBE ||
      (this.#forwarding(source)?.layer ?? (kindOf(source) === 'audio' ? 0 : null)) !== null
    );
  }

  /** Whether the media server says that it sends nothing of it. */
  isHeldBack(source: Source): boolean {
    return this.#forwarding(source)?.layer === null;
  }

  /** Since when somebody is sent a source of one's own; undefined while nobody is, so that none of it need leave. */
  wantedMs(source: Source): number | undefined {
    const last = this.facts.last('wanted', (fact) => fact.source === source);
    if (last === undefined) return 0;
    return last.encodings.some(Boolean) ? last.atMs : undefined;
  }

  #forwarding(source: Source): FactOf<'forwarding'> | undefined {
    return this.facts.last('forwarding', (fact) => fact.source === source && this.#isOf(fact));
  }

  #isOf({ member }: { readonly member?: string }): boolean {
    return this.of === undefined || member === this.of;
  }
}

const end = ({ type, protocol, address, port }: CandidateFact): string => `${type} ${protocol} ${address} ${port}`;

const mediaField = (source: Source): keyof MediaState => (source === 'screen-audio' ? 'screen' : source);
