import type { Worker } from 'node:worker_threads';
import { type Clock, systemClock } from './clock.js';
import { loadedThread } from './loaded-thread.js';

/** Long enough after a call has begun, or been cut, not to keep the processor from it. */
const LOAD_AFTER_MS = 3_000;

type State =
  | { readonly type: 'none' }
  | { readonly type: 'due'; readonly callOff: () => void }
  | { readonly type: 'loaded'; readonly worker: Worker }
  | { readonly type: 'closed' };

/**
 * One media thread in reserve, for all of a process: to load the code of one takes most of the time until a thread that died
 * is there again. None is loaded before somebody has a call to lose.
 */
export class SpareThread {
  readonly #clock: Clock;
  readonly #begin: () => Worker;
  #state: State = { type: 'none' };

  constructor(clock: Clock = systemClock, begin: () => Worker = loadedThread) {
    this.#clock = clock;
    this.#begin = begin;
  }

  get isLoaded(): boolean {
    return this.#state.type === 'loaded';
  }

  /** There are calls: one is loaded in a while, unless there is one. */
  keep(): void {
    if (this.#state.type !== 'none') return;
    this.#state = { type: 'due', callOff: this.#clock.after(LOAD_AFTER_MS, () => this.#load()) };
  }

  /** Whoever takes it has it; null when there is none. */
  take(): Worker | null {
    if (this.#state.type !== 'loaded') return null;
    const { worker } = this.#state;
    this.#state = { type: 'none' };
    worker.off('error', ignore);
    worker.ref();
    return worker;
  }

  /** Resolves when it is no more. */
  async close(): Promise<void> {
    const state = this.#state;
    this.#state = { type: 'closed' };
    if (state.type === 'due') state.callOff();
    if (state.type === 'loaded') await state.worker.terminate();
  }

  #load(): void {
    this.#state = { type: 'none' };
    let worker: Worker;
    try {
      worker = this.#begin();
    } catch {
      // The system gives no more threads: whoever comes next has it tried again.
      return;
    }
    worker.unref();
    worker.on('error', ignore);
    worker.once('exit', () => {
      if (this.#state.type === 'loaded' && this.#state.worker === worker) this.#state = { type: 'none' };
    });
    this.#state = { type: 'loaded', worker };
  }
}

/** One that dies before it was needed is missed by nobody: a thread that begins then loads its own code. */
function ignore(): void {}
