import type { FakeTime } from './ice-network.js';

/** The work of one fake connection: its chain of operations (W3C WebRTC §4.4.1.2), and what it does a little later. */
export class FakeOperations {
  readonly #time: FakeTime;
  readonly #operationMs: () => number;
  readonly #idle: () => void;
  #chain: Promise<unknown> = Promise.resolve();
  #underway = 0;
  #closed = false;
  readonly #cancels = new Set<() => void>();

  /** `operationMs`: how long the next one takes. `idle`: called when none is under way any more. */
  constructor(time: FakeTime, operationMs: () => number, idle: () => void) {
    this.#time = time;
    this.#operationMs = operationMs;
    this.#idle = idle;
  }

  get underway(): boolean {
    return this.#underway > 0;
  }

  /** One after the other, each in its own time. */
  run(work: () => void): Promise<void> {
    this.#underway += 1;
    const result = this.#chain.then(
      () =>
        new Promise<void>((resolve, reject) => this.later(this.#operationMs(), () => this.#do(work, resolve, reject))),
    );
    this.#chain = result.catch(() => {});
    return result;
  }

  later(delayMs: number, run: () => void): void {
    if (this.#closed) return;
    const cancel = this.#time.after(delayMs, () => {
      this.#cancels.delete(cancel);
      run();
    });
    this.#cancels.add(cancel);
  }

  /** Nothing happens any more, as in a browser: what was begun is never settled. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#cancels) cancel();
  }

  #do(work: () => void, resolve: () => void, reject: (error: unknown) => void): void {
    try {
      work();
      resolve();
    } catch (error) {
      reject(error);
    }
    this.#underway -= 1;
    if (this.#underway === 0) this.#idle();
  }
}
