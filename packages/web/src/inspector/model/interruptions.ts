import { type Fact, type FactOf, type PeerId, SERVER_PUBLISH, SERVER_SUBSCRIBE } from '@madang/client';

/**
 * Why media stayed away: the media server's thread died (`thread`) or it let go of the connection (`hung-up`), this computer
 * slept, had no network or went over to another one, or nothing came through on the way (`line`). `signaling`: it was the
 * server that could not be reached, whatever media did.
 */
export type InterruptionWhy = 'thread' | 'hung-up' | 'asleep' | 'offline' | 'moved' | 'line' | 'signaling';

/** Something that was there in the call, stayed away, and most often came back. */
export interface Interruption {
  readonly why: InterruptionWhy;
  readonly beganMs: number;
  /** How long it took. Undefined while it lasts, and where it did not come back. */
  readonly afterMs: number | undefined;
  /** Who was away has left, or one's own time in the room was over: nothing was to come back any more. */
  readonly isOver: boolean;
  /** Of the connection; undefined for `signaling`. */
  readonly peer: PeerId | undefined;
}

/** A browser may tell of its network a little earlier or later than packets do. */
const ABOUT_MS = 1_500;
/** Of a new path the statistics tell, and only once it is in use. */
const PATH_TOLD_MS = 5_000;

/** All of a call, oldest first. What came to pass with both connections to the media server at once is one. */
export function interruptionsOf(facts: readonly Fact[]): readonly Interruption[] {
  const peers = new Set(facts.flatMap((fact) => (fact.type === 'interrupted' ? [fact.peer] : [])));
  const all = [...peers].flatMap((peer) => ofPeer(facts, peer));
  return together([...all, ...ofSignaling(facts)].toSorted((a, b) => a.beganMs - b.beganMs));
}

function ofPeer(facts: readonly Fact[], peer: PeerId): Interruption[] {
  const found: Interruption[] = [];
  const own = facts.filter((fact) => 'peer' in fact && fact.peer === peer);
  for (const [ix, fact] of own.entries()) {
    if (fact.type !== 'interrupted') continue;
    const next = own.findIndex(({ type }, later) => later > ix && type === 'interrupted');
    const until = next < 0 ? own.slice(ix) : own.slice(ix, next);
    const overMs = overAt(facts, own, fact, own[next]);
    const back = until.find(
      (later): later is FactOf<'recovered'> => later.type === 'recovered' && later.atMs <= (overMs ?? later.atMs),
    );
    const beganMs = back === undefined ? fact.atMs : back.atMs - back.afterMs;
    const isOver = back === undefined && overMs !== undefined;
    found.push({
      why: whyOf(facts, own, beganMs, back?.atMs ?? overMs),
      beganMs,
      afterMs: back?.afterMs,
      isOver,
      peer,
    });
  }
  return found;
}

/** From when on nothing was to come back of what stayed away at `fact`. */
function overAt(facts: readonly Fact[], own: readonly Fact[], fact: FactOf<'interrupted'>, next: Fact | undefined) {
  const later = facts.slice(facts.indexOf(fact));
  const last = own.at(-1);
  const ends = [
    next,
    last?.type === 'connection-closed' ? last : undefined,
    later.find((one) => one.type === 'member-left' && one.id === fact.peer),
    later.find((one) => one.type === 'signaling' && (one.state === 'ended' || one.state === 'joined')),
  ];
  const times = ends.flatMap((end) => (end === undefined ? [] : [end.atMs]));
  return times.length === 0 ? undefined : Math.min(...times);
}

function whyOf(
  facts: readonly Fact[],
  own: readonly Fact[],
  beganMs: number,
  endMs = Number.POSITIVE_INFINITY,
): InterruptionWhy {
  const isMeanwhile = ({ atMs }: Fact): boolean => atMs >= beganMs - ABOUT_MS && atMs <= endMs + ABOUT_MS;
  const hungUp = own.find((fact) => fact.type === 'hung-up' && isMeanwhile(fact)) as FactOf<'hung-up'> | undefined;
  if (hungUp?.reason === 'thread') return 'thread';
  if (facts.some((fact) => fact.type === 'slept' && isMeanwhile(fact))) return 'asleep';
  if (facts.some((fact) => fact.type === 'online' && !fact.online && isMeanwhile(fact))) return 'offline';
  if (hasMoved(own, beganMs, endMs)) return 'moved';
  // Whoever was not heard for too long is let go of: that says more about the way.
  return hungUp === undefined || hungUp.reason === 'consent' ? 'line' : 'hung-up';
}

/** Whether it goes from another address of this computer than before; those seen from outside may change without it. */
function hasMoved(own: readonly Fact[], beganMs: number, endMs: number): boolean {
  const paths = own.filter((fact) => fact.type === 'path') as FactOf<'path'>[];
  const before = paths.findLast(({ atMs }) => atMs <= beganMs);
  const after = paths.find(({ atMs }) => atMs > beganMs && atMs <= endMs + PATH_TOLD_MS);
  return (
    before !== undefined && after !== undefined && isOwn(before) && isOwn(after) && hostOf(before) !== hostOf(after)
  );
}

const isOwn = ({ path }: FactOf<'path'>): boolean => path.localType === 'host';

const hostOf = ({ path }: FactOf<'path'>): string => path.local.slice(0, path.local.lastIndexOf(':'));

function ofSignaling(facts: readonly Fact[]): Interruption[] {
  const found: Interruption[] = [];
  let lostMs: number | undefined;
  for (const fact of facts) {
    if (fact.type !== 'signaling') continue;
    if (fact.state === 'lost') lostMs ??= fact.atMs;
    const isOver = fact.state === 'ended';
    if (lostMs === undefined || (fact.state !== 'resumed' && fact.state !== 'joined' && !isOver)) continue;
    const afterMs = isOver ? undefined : fact.atMs - lostMs;
    found.push({ why: 'signaling', beganMs: lostMs, afterMs, isOver, peer: undefined });
    lostMs = undefined;
  }
  return lostMs === undefined
    ? found
    : [...found, { why: 'signaling', beganMs: lostMs, afterMs: undefined, isOver: false, peer: undefined }];
}

/** The longer one is told. */
function together(all: readonly Interruption[]): readonly Interruption[] {
  const told: Interruption[] = [];
  for (const one of all) {
    const ix = told.findIndex((other) => isSame(other, one));
    if (ix < 0) told.push(one);
    else if (lengthOf(one) > lengthOf(told[ix]!)) told[ix] = one;
  }
  return told;
}

function isSame(a: Interruption, b: Interruption): boolean {
  const areServers = [a, b].every(({ peer }) => peer === SERVER_PUBLISH || peer === SERVER_SUBSCRIBE);
  return areServers && a.peer !== b.peer && a.why === b.why && Math.abs(a.beganMs - b.beganMs) < 2 * ABOUT_MS;
}

const lengthOf = ({ afterMs }: Interruption): number => afterMs ?? Number.POSITIVE_INFINITY;
