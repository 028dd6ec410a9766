import type { Direction, TrackSample } from '@madang/client';
import { type Connection, factsOf } from './connections.js';

export const METRICS = ['bitrate', 'loss', 'jitter', 'roundTrip', 'frameRate', 'resolution'] as const;
export type Metric = (typeof METRICS)[number];

/** One direction of one track over the last minutes. All lists are as long as `timesS`; null: not known then. */
export interface TrackSeries {
  /** The same for the same track from one second to the next. */
  readonly key: string;
  readonly direction: Direction;
  readonly kind: 'audio' | 'video';
  readonly source: TrackSample['source'];
  /** Whose, where tracks of several come by one connection. */
  readonly member: string | undefined;
  /** The newest measurement. */
  readonly latest: TrackSample;
  /** Seconds since the record was begun. */
  readonly timesS: readonly number[];
  readonly values: Readonly<Record<Metric, readonly (number | null)[]>>;
}

/** How far back charts reach. */
export const CHART_WINDOW_MS = 300_000;

type Sampled = { readonly atMs: number; readonly roundTripMs: number | undefined; readonly track: TrackSample };

/** What a connection's samples of the last `windowMs` say of each track, sent ones first. */
export function trackSeries(
  connection: Pick<Connection, 'facts'>,
  nowMs: number,
  windowMs = CHART_WINDOW_MS,
): readonly TrackSeries[] {
  const samples = factsOf(connection, 'sample').filter(({ atMs }) => atMs > nowMs - windowMs);
  const byKey = new Map<string, Map<number, Sampled>>();
  for (const { atMs, sample } of samples) {
    const met = new Map<string, number>();
    for (const track of sample.tracks) {
      const key = keyOf(track, met);
      const own = byKey.get(key) ?? new Map<number, Sampled>();
      byKey.set(key, own.set(atMs, { atMs, roundTripMs: sample.roundTripMs, track }));
    }
  }
  const times = samples.map(({ atMs }) => atMs);
  return [...byKey].sort(([a], [b]) => b.localeCompare(a)).map(([key, own]) => seriesOf(key, own, times));
}

/** Two tracks without a known source are told apart by their order. */
function keyOf(track: TrackSample, met: Map<string, number>): string {
  const whose = track.member === undefined ? '' : `/${track.member}`;
  const name = `${track.direction}/${track.kind}/${track.source ?? '?'}${whose}`;
  const before = met.get(name) ?? 0;
  met.set(name, before + 1);
  return before === 0 ? name : `${name}/${before}`;
}

function seriesOf(key: string, own: ReadonlyMap<number, Sampled>, times: readonly number[]): TrackSeries {
  const latest = [...own.values()].at(-1)?.track as TrackSample;
  const column = (read: (sampled: Sampled) => number | undefined) =>
    times.map((atMs) => {
      const sampled = own.get(atMs);
      return (sampled && read(sampled)) ?? null;
    });
  return {
    key,
    direction: latest.direction,
    kind: latest.kind,
    source: latest.source,
    member: latest.member,
    latest,
    timesS: times.map((atMs) => atMs / 1_000),
    values: {
      bitrate: column(({ track }) => track.bps),
      loss: column(({ track }) => track.loss),
      jitter: column(({ track }) => track.jitterMs),
      roundTrip: column(({ roundTripMs }) => roundTripMs),
      frameRate: column(({ track }) => track.framesPerSecond),
      resolution: column(({ track }) => track.height),
    },
  };
}

/** The metrics that the browser tells anything of. */
export function knownMetrics({ kind, values }: TrackSeries): readonly Metric[] {
  return METRICS.filter(
    (metric) =>
      (kind === 'video' || (metric !== 'frameRate' && metric !== 'resolution')) &&
      values[metric].some((value) => value !== null),
  );
}

export interface MetricSummary {
  readonly latest: number | null;
  readonly least: number;
  readonly most: number;
}

/** Undefined where nothing is known. */
export function summarize(values: readonly (number | null)[]): MetricSummary | undefined {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return undefined;
  return { latest: values.at(-1) ?? null, least: Math.min(...known), most: Math.max(...known) };
}

export interface SeriesRow {
  readonly fromS: number;
  readonly means: Readonly<Record<Metric, number | null>>;
}

/** The same as a table: the means of every `stepS` seconds, newest first. */
export function seriesRows({ timesS, values }: TrackSeries, stepS = 10): readonly SeriesRow[] {
  const steps = [...new Set(timesS.map((s) => Math.floor(s / stepS)))].reverse();
  return steps.map((step) => {
    const rows = timesS.flatMap((s, ix) => (Math.floor(s / stepS) === step ? [ix] : []));
    const mean = (metric: Metric) => meanOf(rows.map((ix) => values[metric][ix] ?? null));
    return {
      fromS: step * stepS,
      means: Object.fromEntries(METRICS.map((metric) => [metric, mean(metric)])) as SeriesRow['means'],
    };
  });
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
