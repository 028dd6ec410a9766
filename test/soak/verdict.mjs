import { growth } from './growth.mjs';

const KIB = 1_024;
/**
 * Of the run, at its beginning: code is compiled, heaps find their size, and each thread's share of the allocator grows until
 * it has once held the most that are ever there at one time.
 */
const WARM_UP = 0.5;
/** What an allocator may hold more or less at the end than at the beginning, in all, however few guests came between. */
const NOISE = 4 * 1_024 * KIB;

/**
 * What may stay of each guest that came and went. One connection is 90 KiB and more at the server; so what one of forty
 * connections would leave behind is found. Less is not told from the noise of an allocator in half an hour.
 */
const BOUNDS = [
  { name: 'resident memory', unit: 'bytes', of: (sample) => sample.residentBytes, mostPerGuest: 2 * KIB, noise: NOISE },
  { name: 'memory outside of the heaps', unit: 'bytes', of: outsideOfHeaps, mostPerGuest: 2 * KIB, noise: NOISE },
  { name: 'heap of the main thread', unit: 'bytes', of: (sample) => sample.mainHeapBytes, mostPerGuest: KIB },
  { name: 'heaps of media threads', unit: 'bytes', of: (sample) => sample.mediaHeapBytes, mostPerGuest: KIB },
  { name: 'open files', unit: 'files', of: (sample) => sample.files, mostPerGuest: 0.002 },
  { name: 'threads', unit: 'threads', of: (sample) => sample.threads, mostPerGuest: 0.001 },
];

function outsideOfHeaps({ residentBytes, mainHeapBytes, mediaHeapBytes }) {
  return residentBytes - mainHeapBytes - mediaHeapBytes;
}

/** How each thing grew with the guests that came, and whether that is as much as it may: where garbage had been collected. */
export function judgeGrowth(samples) {
  const warm = samples.slice(Math.floor(WARM_UP * samples.length)).filter(({ isCollected }) => isCollected);
  const guests = warm.length === 0 ? 0 : warm.at(-1).came - warm[0].came;
  return BOUNDS.map(({ name, unit, of, mostPerGuest: least, noise = 0 }) => {
    const perGuest = growth(warm, { of, per: (sample) => sample.came });
    const mostPerGuest = Math.max(least, noise / Math.max(1, guests));
    return { name, unit, perGuest, mostPerGuest, isWell: perGuest <= mostPerGuest };
  });
}

/** Tables that are not empty, with how many are in them. */
export function leftIn({ tables }) {
  return Object.entries(tables).filter(([, value]) => value !== 0);
}
