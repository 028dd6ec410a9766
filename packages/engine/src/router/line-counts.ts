import type { BandwidthStats } from '../bwe/index.js';
import type { ForwardReason } from '../ports/index.js';
import { wantedIn } from './described-tracks.js';
import { forwarded } from './forwarding.js';
import type { RouterState } from './router-state.js';
import type { SubscribeConnection } from './subscribe-connection.js';
import type { ViewConnection } from './view-connection.js';

/** Up to which estimates viewers are counted, in bits a second, and up to which waits in queues. Beyond the last: all. */
export const ESTIMATE_STEPS_BPS = [150_000, 500_000, 1_500_000, 5_000_000, 20_000_000] as const;
export const QUEUE_STEPS_MS = [20, 50, 100, 300, 1_000] as const;

/** How the lines to all viewers of a media thread stand now. */
export interface LineCounts {
  /** Viewers by what tells of their lines. */
  readonly by: Readonly<Record<BandwidthStats['by'], number>>;
  /** What all lines take together whose estimate is known, in bits a second. */
  readonly estimateBps: number;
  /** How many of those have an estimate up to each step; last all of them. The same for packets' wait on the way. */
  readonly estimates: readonly number[];
  readonly queues: readonly number[];
  /** Packets that wait here for their line. */
  readonly waiting: number;
  /** Pictures that viewers see or want to, by why they are sent as they are. */
  readonly pictures: Readonly<Record<ForwardReason, number>>;
}

/** Reads the lines of all viewers: a few operations for each, and for each place. */
export function lineCounts(state: RouterState, now: number): LineCounts {
  const by = { nothing: 0, transport: 0, remb: 0 };
  const pictures = { full: 0, size: 0, wish: 0, bandwidth: 0, publisher: 0, cpu: 0, paused: 0 };
  const known: { readonly estimateBps: number; readonly queueMs: number }[] = [];
  let waiting = 0;
  for (const connection of state.connections.values()) {
    if (connection.type === 'publish') continue;
    const { bandwidth } = connection.peer.sending;
    const { by: teller, estimateBps, queueMs } = bandwidth.stats(now);
    by[teller]++;
    waiting += bandwidth.pace.waiting;
    if (estimateBps !== null) known.push({ estimateBps, queueMs });
    for (const reason of reasonsOf(connection)) pictures[reason]++;
  }
  const estimateBps = known.reduce((sum, line) => sum + line.estimateBps, 0);
  const estimates = upTo(
    ESTIMATE_STEPS_BPS,
    known.map((line) => line.estimateBps),
  );
  const queues = upTo(
    QUEUE_STEPS_MS,
    known.map((line) => line.queueMs),
  );
  return { by, estimateBps, estimates, queues, waiting, pictures };
}

function upTo(steps: readonly number[], values: readonly number[]): number[] {
  return [...steps, Number.POSITIVE_INFINITY].map((step) => values.filter((value) => value <= step).length);
}

function reasonsOf(connection: ViewConnection | SubscribeConnection): ForwardReason[] {
  return [...connection.sections.values()].flatMap((section) => {
    if (section.kind === 'audio' || section.subscription === null) return [];
    const want = connection.type === 'view' ? connection.wish : wantOf(connection, section.agreement.sent);
    const how = want === null || section.track === null ? null : forwarded(section, want);
    return how === null ? [] : [how.reason];
  });
}

function wantOf(connection: SubscribeConnection, sent: Parameters<typeof wantedIn>[1]) {
  const track = wantedIn(connection, sent);
  return (track === null ? undefined : connection.wants.get(track)) ?? null;
}
