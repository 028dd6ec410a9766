/**
 * Counters that lie so far behind the newest are taken for old. One key serves all streams of a member, towards everyone,
 * so that a late picture may lie some hundred behind the sound of the moment.
 */
const WINDOW = 8_192;

/** Which counters of one key have been seen. */
export class ReplayWindow {
  #newest = -1n;
  readonly #seen = new Uint8Array(WINDOW / 8);

  /** Whether a frame of this counter may still be taken. Notes nothing: the frame is not proven yet. */
  isFresh(counter: bigint): boolean {
    if (counter > this.#newest) return true;
    if (this.#newest - counter >= BigInt(WINDOW)) return false;
    const [at, bit] = place(counter);
    return (this.#seen[at]! & bit) === 0;
  }

  /** A frame of this counter was proven. */
  note(counter: bigint): void {
    const ahead = counter - this.#newest;
    if (ahead >= BigInt(WINDOW)) this.#seen.fill(0);
    else for (let next = this.#newest + 1n; next < counter; next += 1n) this.#clear(next);
    if (ahead > 0n) this.#newest = counter;
    const [at, bit] = place(counter);
    this.#seen[at]! |= bit;
  }

  #clear(counter: bigint): void {
    const [at, bit] = place(counter);
    this.#seen[at]! &= ~bit;
  }
}

function place(counter: bigint): [at: number, bit: number] {
  const ix = Number(counter % BigInt(WINDOW));
  return [ix >> 3, 1 << (ix & 7)];
}
