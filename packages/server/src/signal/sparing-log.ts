import type { Logger } from 'pino';

const EVERY_MS = 10_000;

/** Logs at most one line of a kind in ten seconds, and says in the next how many it left out. */
export class SparingLog {
  readonly #log: Logger;
  readonly #kinds = new Map<string, { quietUntilMs: number; leftOut: number }>();

  /** `kind` must come from a fixed set. */
  constructor(log: Logger) {
    this.#log = log;
  }

  warn(kind: string, fields: object, message: string): void {
    this.#once(kind, (leftOut) => this.#log.warn({ ...fields, ...leftOut }, message));
  }

  error(kind: string, fields: object, message: string): void {
    this.#once(kind, (leftOut) => this.#log.error({ ...fields, ...leftOut }, message));
  }

  #once(kind: string, write: (leftOut: { leftOut?: number }) => void): void {
    const nowMs = performance.now();
    const seen = this.#kinds.get(kind);
    if (seen !== undefined && nowMs < seen.quietUntilMs) {
      seen.leftOut += 1;
      return;
    }
    this.#kinds.set(kind, { quietUntilMs: nowMs + EVERY_MS, leftOut: 0 });
    write(seen !== undefined && seen.leftOut > 0 ? { leftOut: seen.leftOut } : {});
  }
}
