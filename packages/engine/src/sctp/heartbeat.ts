import { readU48, writeU48 } from '../bytes/index.js';

/** HB.interval (RFC 9260 §16). ICE asks whether the path is there; this asks whether the association is. */
const INTERVAL_MS = 30_000;
const INFO_BYTES = 6;

/** When the other side is asked whether it is there (RFC 9260 §8.3). */
export class Heartbeat {
  #atMs = Number.POSITIVE_INFINITY;
  #isAsked = false;

  get atMs(): number {
    return this.#atMs;
  }

  start(now: number): void {
    this.#atMs = now + INTERVAL_MS;
    this.#isAsked = false;
  }

  /** What to ask with; `missed`: the one before was not answered. */
  ask(now: number, rtoMs: number): { readonly info: Uint8Array; readonly missed: boolean } {
    const missed = this.#isAsked;
    this.#isAsked = true;
    // One that is not answered is followed by the next after an RTO rather than half a minute.
    this.#atMs = now + (missed ? rtoMs : INTERVAL_MS);
    const info = new Uint8Array(INFO_BYTES);
    writeU48(info, 0, Math.floor(now));
    return { info, missed };
  }

  /** How long the answer took, in ms; -1 for none to a question of ours. */
  answered(info: Uint8Array, now: number): number {
    if (!this.#isAsked || info.length !== INFO_BYTES) return -1;
    this.start(now);
    const tookMs = now - readU48(info, 0);
    return tookMs >= 0 && tookMs < INTERVAL_MS ? tookMs : -1;
  }
}
