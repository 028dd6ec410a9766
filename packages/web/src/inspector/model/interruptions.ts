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
  /** Undefined while it lasts. */
  readonly afterMs: number | undefined;
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
  for (const fact of own) {
    if (fact.type !== 'interrupted') continue;
    const back = own.find(
      (later): later is FactOf<'recovered'> => later.type === 'recovered' && later.atMs >= fact.atMs,
    );
    const beganMs = back === undefined ? fact.atMs : back.atMs - back.afterMs;
    found.push({ why: whyOf(facts, own, beganMs, back?.atMs), beganMs, afterMs: back?.afterMs, peer });
  }
  return found;
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

/** Whether it goes from another address of this computer than before. */
function hasMoved(own: readonly Fact[], beganMs: number, endMs: number): boolean {
  const paths = own.filter((fact) => fact.type === 'path') as FactOf<'path'>[];
  const before = paths.findLast(({ atMs }) => atMs <= beganMs);
  const after = paths.find(({ atMs }) => atMs > beganMs && atMs <= endMs + PATH_TOLD_MS);
  return before !== undefined && after !== undefined && hostOf(before) !== hostOf(after);
}

const hostOf = ({ path }: FactOf<'path'>): string => path.local.slice(0, path.local.lastIndexOf(':'));

function ofSignaling(facts: readonly Fact[]): Interruption[] {
  const found: Interruption[] = [];
  let lostMs: number | undefined;
  for (const fact of facts) {
    if (fact.type !== 'signaling') continue;
    if (fact.state === 'lost') lostMs ??= fact.atMs;
    if (lostMs === undefined || (fact.state !== 'resumed' && fact.state !== 'joined')) continue;
    found.push({ why: 'signaling', beganMs: lostMs, afterMs: fact.atMs - lostMs, peer: undefined });
    lostMs = undefined;
  }
  return lostMs === undefined
    ? found
    : [...found, { why: 'signaling', beganMs: lostMs, afterMs: undefined, peer: undefined }];
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
