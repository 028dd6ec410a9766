import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/** As it is built: sources are not run by a worker, also not in tests. */
const ENTRY = new URL('../../dist/media/media-thread.js', import.meta.url);
/**
 * A young heap that is large from the beginning keeps collections short and far apart, and one that does not shrink itself
 * while idle does not collect in between (docs/performance.md). A worker takes no such flags of its own; these are of the
 * process, and count for heaps that are made after them: those of media threads, not the main thread's.
 */
const HEAP_FLAGS = ['--min-semi-space-size=16', '--no-memory-reducer'];

/** A thread that loads what a media thread runs, and waits to be told where it is to be reached. */
export function loadedThread(): Worker {
  for (const flag of HEAP_FLAGS) setFlagsFromString(flag);
  return new Worker(ENTRY, { execArgv: [], name: 'media' });
}
