import { availableParallelism } from 'node:os';
import type { Config } from './config.js';

/** How many media threads are meant: one core is left to everything else, where there are several. */
export function mediaThreadCount({ mediaThreads }: Pick<Config, 'mediaThreads'>): number {
  return mediaThreads ?? Math.max(1, availableParallelism() - 1);
}
