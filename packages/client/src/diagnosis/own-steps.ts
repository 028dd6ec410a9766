import type { FactOf } from '../record/index.js';
import type { FactIndex } from './fact-index.js';
import type { Step } from './finding.js';

/** So long, and so often, the server may be out of reach before that is called a failure. */
const SIGNALING_GRACE_MS = 4_000;
const ATTEMPTS = 2;
/** A server that does not even refuse. */
const SILENT_MS = 8_000;

/** Camera and microphone; a screen is shared later and by choice. */
const WANTED = ['microphone', 'camera'] as const;

/** From the first device asked for to the last one got. Whoever joins without any has nothing to do here. */
export function mediaStep({ own, sources }: FactIndex): Step {
  const step = 'media';
  const asked = own.first('media-asked', ({ source }) => WANTED.some((wanted) => wanted === source));
  if (asked === undefined) return { step, state: own.last('self') === undefined ? 'waiting' : 'skipped' };
  const startMs = asked.atMs;
  const states = WANTED.map((source) => sources.get(source));
  const failed = states.find((source) => source?.state === 'failed' || source?.state === 'unplugged');
  if (failed?.state === 'failed' || failed?.state === 'unplugged') {
    return { step, state: 'failed', startMs, endMs: failed.sinceMs };
  }
  if (states.some((source) => source?.state === 'asked')) return { step, state: 'running', startMs };
  const firsts = WANTED.flatMap((source) => own.first('media-got', (fact) => fact.source === source)?.atMs ?? []);
  return { step, state: 'done', startMs, ...(firsts.length === 0 ? {} : { endMs: Math.max(...firsts) }) };
}

/** From the first attempt to reach the server to being in the room; later, from a loss to being back. */
export function signalingStep(index: FactIndex): Step {
  const step = 'signaling';
  const { own } = index;
  const all = own.all('signaling');
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined) return { step, state: 'waiting' };
  const entered = own.first('signaling', isEntered);
  const done: Step = { step, state: 'done', startMs: first.atMs, ...(entered && { endMs: entered.atMs }) };
  if (isEntered(last)) return done;
  if (last.state === 'ended' && last.code !== 'failed')
    return entered === undefined ? { step, state: 'waiting' } : done;
  const startMs = lostSince(index) ?? first.atMs;
  if (last.state === 'refused' || last.state === 'ended') return { step, state: 'failed', startMs, endMs: last.atMs };
  return { step, state: isOutOfReach(index) ? 'failed' : 'running', startMs };
}

/** Since when the server can't be reached; undefined while it can. */
export function lostSince({ own }: FactIndex): number | undefined {
  const all = own.all('signaling');
  const lastGood = all.findLastIndex(({ state }) => state !== 'connecting' && state !== 'lost');
  return all[lastGood + 1]?.atMs;
}

/** Out of reach for longer than a moment, and not by one failed attempt alone. */
export function isOutOfReach(index: FactIndex): boolean {
  const since = lostSince(index);
  if (since === undefined) return false;
  const lost = index.own.all('signaling').filter(({ state, atMs }) => state === 'lost' && atMs >= since);
  const passedMs = index.nowMs - since;
  return passedMs >= SILENT_MS || (lost.length >= ATTEMPTS && passedMs >= SIGNALING_GRACE_MS);
}

const isEntered = ({ state }: FactOf<'signaling'>): boolean => state === 'joined' || state === 'resumed';
