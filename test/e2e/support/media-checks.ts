import { setTimeout as sleep } from 'node:timers/promises';
import type { PictureSample, SoundSample } from './probe.js';
import type { Tab } from './tab.js';
import { until } from './until.js';

/** Colour values of 64 × 36 points that must differ between two looks before a picture counts as moving. */
const MOVED_VALUES = 8;
/** By how much a value must differ, of 255: more than the encoder's noise. */
const MOVED_BY = 8;
/** The brightest value of a picture that is not black. */
const NOT_BLACK = 48;

/** Growth of `totalAudioEnergy` that is more than comfort noise; one beep of a fake microphone brings much more. */
const AUDIBLE_ENERGY = 1e-4;

/** What was seen of one remote picture between two looks. */
export interface PictureVerdict {
  readonly track: string;
  readonly size: string;
  readonly newFrames: number;
  readonly movedValues: number;
  readonly brightest: number;
  readonly moving: boolean;
}

/** Looks at all remote pictures twice, `betweenMs` apart. */
export async function lookAtPictures(tab: Tab, betweenMs = 400): Promise<PictureVerdict[]> {
  const before = await tab.evaluate(() => window.madangProbe.pictures());
  await sleep(betweenMs);
  const after = await tab.evaluate(() => window.madangProbe.pictures());
  return after.map((picture) =>
    judge(
      before.find((earlier) => earlier.track === picture.track),
      picture,
    ),
  );
}

function judge(before: PictureSample | undefined, after: PictureSample): PictureVerdict {
  const newFrames = before === undefined ? 0 : after.frames - before.frames;
  const movedValues = after.rgb.filter((value, ix) => Math.abs(value - (before?.rgb[ix] ?? value)) > MOVED_BY).length;
  const brightest = Math.max(...after.rgb);
  return {
    track: after.track,
    size: `${after.width}x${after.height}`,
    newFrames,
    movedValues,
    brightest,
    moving: newFrames > 0 && movedValues >= MOVED_VALUES && brightest >= NOT_BLACK,
  };
}

/** Waits until exactly `count` remote pictures stand on the page and every one of them moves. */
export async function seesMoving(tab: Tab, count: number, timeoutMs?: number): Promise<PictureVerdict[]> {
  return await until(
    `${count} moving remote pictures`,
    () => lookAtPictures(tab),
    (verdicts) => verdicts.length === count && verdicts.every((verdict) => verdict.moving),
    timeoutMs,
  );
}

/** Waits until exactly `count` remote sounds play on the page and each carries something above silence. */
export async function hears(tab: Tab, count: number, timeoutMs?: number): Promise<void> {
  const first = new Map<string, number>();
  await until(
    `${count} remote sounds above silence`,
    async () => {
      const sounds = await tab.evaluate(() => window.madangProbe.sounds());
      return sounds.map((sound) => ({ ...sound, louder: grown(first, sound) }));
    },
    (sounds) => sounds.length === count && sounds.every((sound) => sound.playing && sound.louder),
    timeoutMs,
  );
}

/** Waits until each of the tabs sees and hears `count` others. */
export async function seeAndHear(tabs: readonly Tab[], count: number, timeoutMs?: number): Promise<void> {
  await Promise.all(tabs.flatMap((tab) => [seesMoving(tab, count, timeoutMs), hears(tab, count, timeoutMs)]));
}

/** Whether sound energy has come in since the first look at this track. */
function grown(first: Map<string, number>, sound: SoundSample): boolean {
  const before = first.get(sound.track);
  if (before === undefined) first.set(sound.track, sound.energy);
  return before !== undefined && sound.energy - before > AUDIBLE_ENERGY;
}

/** A fake microphone beeps every second: what is silent for so long is muted. */
const BEEP_WOULD_COME_MS = 1_500;

/** Waits until something is heard, of whomever. */
export async function hearsSomething(tab: Tab): Promise<void> {
  await until(
    'a sound',
    () => soundEnergyOver(tab, BEEP_WOULD_COME_MS),
    (energy) => energy > AUDIBLE_ENERGY,
  );
}

/** Waits until nothing is heard of any other any more. */
export async function hearsNothing(tab: Tab): Promise<void> {
  await until(
    'silence',
    () => soundEnergyOver(tab, BEEP_WOULD_COME_MS),
    (energy) => energy < AUDIBLE_ENERGY,
  );
}

/** Remote sound energy of the whole page over `forMs`; 0 is silence. */
export async function soundEnergyOver(tab: Tab, forMs: number): Promise<number> {
  const total = async () =>
    (await tab.evaluate(() => window.madangProbe.sounds())).reduce((sum, sound) => sum + sound.energy, 0);
  const before = await total();
  await sleep(forMs);
  return (await total()) - before;
}

/**
 * Watches remote pictures while `during` runs and gives the longest time, in milliseconds, in which none of them
 * showed a new frame. Resolution: about 50 ms.
 */
export async function longestStandstill(tab: Tab, during: () => Promise<void>): Promise<number> {
  let over = false;
  let longest = 0;
  const watching = (async () => {
    let frames = -1;
    let since = performance.now();
    while (!over) {
      const now = await tab.evaluate(() =>
        window.madangProbe.pictures().reduce((sum, picture) => sum + picture.frames, 0),
      );
      if (now !== frames) since = performance.now();
      frames = now;
      longest = Math.max(longest, performance.now() - since);
      await sleep(40);
    }
  })();
  try {
    await during();
  } finally {
    over = true;
    await watching;
  }
  return longest;
}

/** The standstill, in milliseconds, from which one would notice, when `usualMs` is the longest in quiet times. */
export function noticeable(usualMs: number): number {
  return Math.max(1_000, 3 * usualMs);
}
