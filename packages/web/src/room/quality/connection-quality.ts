import { type Fact, type FactOf, SERVER_PUBLISH, SERVER_SUBSCRIBE, type TrackSample } from '@madang/client';

/** How well sound and picture come through. */
export const QUALITIES = ['poor', 'good', 'excellent'] as const;
export type Quality = (typeof QUALITIES)[number];

/** So far back the samples count, in ms: long enough to forget one bad second. */
export const WINDOW_MS = 6_000;

/** From these on a connection is good only, and from the second ones poor. Loss as a share, the rest in ms. */
const LIMITS = {
  loss: [0.02, 0.08],
  roundTripMs: [250, 500],
  jitterMs: [40, 90],
  frozenMs: [300, 1_500],
} as const satisfies Record<string, readonly [number, number]>;
type Measured = { [K in keyof typeof LIMITS]?: number };

/**
 * How well it goes with each member at `nowMs`, by the samples of the last seconds: what comes from another, straight or
 * through the media server, and under `selfId` what goes out. Members of whom nothing was measured are left out.
 */
export function connectionQualities(
  facts: readonly Fact[],
  selfId: string | undefined,
  nowMs: number,
): ReadonlyMap<string, Quality> {
  const readings = new Map<string, Reading[]>();
  for (const fact of recentSamples(facts, nowMs)) {
    for (const track of fact.sample.tracks) {
      const whose = ownerOf(fact, track, selfId);
      if (whose === undefined) continue;
      const own = readings.get(whose) ?? [];
      readings.set(whose, own);
      own.push({ track, roundTripMs: fact.sample.roundTripMs });
    }
  }
  return new Map([...readings].map(([id, own]) => [id, judge(measure(own))]));
}

interface Reading {
  readonly track: TrackSample;
  readonly roundTripMs: number | undefined;
}

/** From the newest back, so that a long record costs no more than a short one. */
function recentSamples(facts: readonly Fact[], nowMs: number): readonly FactOf<'sample'>[] {
  const recent: FactOf<'sample'>[] = [];
  for (let ix = facts.length - 1; ix >= 0; ix--) {
    const fact = facts[ix]!;
    if (fact.atMs < nowMs - WINDOW_MS) break;
    if (fact.type === 'sample') recent.push(fact);
  }
  return recent.reverse();
}

function ownerOf({ peer }: FactOf<'sample'>, track: TrackSample, selfId: string | undefined): string | undefined {
  if (track.direction === 'sent') return selfId;
  if (peer === SERVER_SUBSCRIBE) return track.member;
  return peer === SERVER_PUBLISH ? undefined : peer;
}

function measure(readings: readonly Reading[]): Measured {
  return {
    loss: mean(readings.flatMap(({ track }) => (track.bps === 0 ? [] : (track.loss ?? [])))),
    roundTripMs: mean(readings.flatMap(({ roundTripMs }) => roundTripMs ?? [])),
    jitterMs: mean(readings.flatMap(({ track }) => (track.direction === 'received' ? (track.jitterMs ?? []) : []))),
    frozenMs: frozenMs(readings),
  };
}

/** Standstill within the window of the picture that stood still longest. */
function frozenMs(readings: readonly Reading[]): number {
  const bySource = new Map<string, number[]>();
  for (const { track } of readings) {
    if (track.frozenS === undefined) continue;
    const key = track.source ?? '';
    bySource.set(key, [...(bySource.get(key) ?? []), track.frozenS]);
  }
  return Math.max(0, ...[...bySource.values()].map((all) => (all.at(-1)! - all[0]!) * 1_000));
}

function judge(measured: Measured): Quality {
  const over = (level: 0 | 1) =>
    (Object.keys(LIMITS) as (keyof Measured)[]).some((what) => (measured[what] ?? 0) >= LIMITS[what][level]);
  return over(1) ? 'poor' : over(0) ? 'good' : 'excellent';
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
