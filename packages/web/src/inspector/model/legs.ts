import { type Fact, type FactOf, SERVER_PUBLISH, SERVER_SUBSCRIBE, type TrackSample } from '@madang/client';

/** What was measured here of one stream on its way between this browser and the media server. */
export interface MeasuredLeg {
  readonly track: TrackSample;
  readonly roundTripMs: number | undefined;
}

type Forwarded = Pick<FactOf<'forwarding'>, 'layer' | 'reason'>;

/**
 * One stream through the media server. Of one's own the way up is measured here, and the way down told by those who
 * receive it; of another's the other way round.
 */
export type Stream =
  | {
      readonly whose: 'own';
      readonly key: string;
      readonly source: TrackSample['source'];
      readonly up: MeasuredLeg;
      /** How many encodings of it anybody is sent, of how many; undefined where it has one. */
      readonly wanted: { readonly sent: number; readonly all: number } | undefined;
      /** Members who say that they hear or see it, of those who say anything. */
      readonly played: number;
      readonly told: number;
    }
  | {
      readonly whose: 'other';
      readonly key: string;
      readonly source: TrackSample['source'];
      readonly member: string;
      /** What the member says of sending it; undefined where nothing was told. */
      readonly sends: string | undefined;
      readonly down: MeasuredLeg;
      readonly forwarded: Forwarded | undefined;
    };

/** Every stream that goes through the media server now, one's own first. */
export function streamsOf(facts: readonly Fact[]): readonly Stream[] {
  const self = facts.findLast((fact) => fact.type === 'self')?.id;
  const reports = lastReports(facts);
  const up = lastSample(facts, SERVER_PUBLISH);
  const down = lastSample(facts, SERVER_SUBSCRIBE);
  const own = (up?.sample.tracks ?? []).filter(({ direction }) => direction === 'sent');
  const others = (down?.sample.tracks ?? []).filter(
    ({ direction, member }) => direction === 'received' && member !== undefined,
  );
  return [
    ...own.map((track) => ownStream(track, up?.sample.roundTripMs, facts, reports, self)),
    ...others.map((track) => othersStream(track, down?.sample.roundTripMs, facts, reports, self)),
  ];
}

/** What the media server takes the line to this browser for; undefined while it has told nothing. */
export function lineOf(facts: readonly Fact[]): FactOf<'line'> | undefined {
  const last = facts.findLast(
    (fact) => fact.type === 'line' || (fact.type === 'connection-closed' && fact.peer === SERVER_SUBSCRIBE),
  );
  return last?.type === 'line' ? last : undefined;
}

type Reports = ReadonlyMap<string, FactOf<'report'>['report']>;

function ownStream(
  track: TrackSample,
  roundTripMs: number | undefined,
  facts: readonly Fact[],
  reports: Reports,
  self: string | undefined,
): Stream {
  const source = reported(track.source);
  const received = [...reports].flatMap(([id, { peers }]) => {
    const row = id === self ? undefined : peers.find(({ member }) => member === self);
    return row === undefined || source === undefined ? [] : [row.receives[source]];
  });
  const wanted = facts.findLast((fact) => fact.type === 'wanted' && fact.source === track.source);
  const encodings = wanted?.type === 'wanted' ? wanted.encodings : [];
  return {
    whose: 'own',
    key: `own ${track.source}`,
    source: track.source,
    up: { track, roundTripMs },
    wanted: encodings.length > 1 ? { sent: encodings.filter(Boolean).length, all: encodings.length } : undefined,
    played: received.filter((state) => state === 'played').length,
    told: received.filter((state) => state !== 'off').length,
  };
}

function othersStream(
  track: TrackSample,
  roundTripMs: number | undefined,
  facts: readonly Fact[],
  reports: Reports,
  self: string | undefined,
): Stream {
  const member = track.member!;
  const source = reported(track.source);
  const row = reports.get(member)?.peers.find((peer) => peer.member === self);
  const forwarded = facts.findLast(
    (fact) => fact.type === 'forwarding' && fact.member === member && fact.source === track.source,
  );
  return {
    whose: 'other',
    key: `${member} ${track.source}`,
    source: track.source,
    member,
    sends: source && row?.sends[source],
    down: { track, roundTripMs },
    forwarded: forwarded?.type === 'forwarding' ? forwarded : undefined,
  };
}

/** Reports tell of a screen as a whole. */
function reported(source: TrackSample['source']): 'microphone' | 'camera' | 'screen' | undefined {
  return source === 'screen-audio' ? 'screen' : source;
}

function lastReports(facts: readonly Fact[]): Reports {
  const reports = new Map<string, FactOf<'report'>['report']>();
  for (const fact of facts) {
    if (fact.type === 'report') reports.set(fact.from, fact.report);
    if (fact.type === 'member-left') reports.delete(fact.id);
  }
  return reports;
}

/** Of the connection as it is now; none once it is closed. */
function lastSample(facts: readonly Fact[], peer: string): FactOf<'sample'> | undefined {
  const last = facts.findLast(
    (fact) =>
      'peer' in fact &&
      fact.peer === peer &&
      (fact.type === 'sample' || fact.type === 'connection-closed' || fact.type === 'connection-opened'),
  );
  return last?.type === 'sample' ? last : undefined;
}
