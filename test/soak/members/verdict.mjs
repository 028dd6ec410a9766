import { growth } from '../growth.mjs';

const MIB = 2 ** 20;
const LONGEST_FREEZE_MS = 2_000;
const MOST_LAG_MS = 20;
/** At the beginning of a run code is compiled, and heaps and allocators find their size. */
const WARM_UP = 0.4;

/** What may be left of each member that came and went: less than a tenth of what a member has at the server. */
const GROWTH = [
  { name: 'resident memory', of: (sample) => sample.residentBytes, most: 1.5 * MIB },
  { name: 'heap of the main thread', of: (sample) => sample.mainHeapBytes, most: 0.25 * MIB },
  { name: 'heaps of media threads', of: (sample) => sample.mediaHeapBytes, most: 0.25 * MIB },
];

/**
 * What a run of members in one room comes to: rows of {name, value, bound, isWell}. `samples` are the server's, of which those
 * after a collection of garbage count; `members` what they saw; `lags` of the server's threads.
 */
export function judgeMembers({ samples, members, lags, complaints, faults, left, exitCode }) {
  const row = (name, value, bound, unit) => ({ name, value, bound, unit, isWell: value <= bound });
  return [
    row('longest time that a tile stood still', members.longestMs, LONGEST_FREEZE_MS, 'ms'),
    row('longest wait for a first picture', members.longestFirstMs, LONGEST_FREEZE_MS, 'ms'),
    ...lags.map(({ p99 }, ix) => row(`lag of the event loop, p99, ${threadName(ix)}`, p99, MOST_LAG_MS, 'ms')),
    ...GROWTH.map(({ name, of, most }) => row(`${name}, growth in a minute`, grown(samples, of), most, 'bytes')),
    row('things that members complained of', complaints.length, 0, ''),
    row('faults in the log of the server', faults.length, 0, ''),
    row('tables that are not empty when all have gone', left.length, 0, ''),
    row('exit code of the server', exitCode ?? 1, 0, ''),
  ];
}

function threadName(ix) {
  return ix === 0 ? 'main thread' : `media thread ${ix}`;
}

function grown(samples, of) {
  const warm = samples.slice(Math.floor(WARM_UP * samples.length)).filter(({ isCollected }) => isCollected);
  return growth(warm, { of, per: ({ second }) => second / 60 });
}
