/** When something is to be done next, as everybody concerned has said; then all are asked. */
export class Agenda {
  #atMs = Number.POSITIVE_INFINITY;

  get atMs(): number {
    return this.#atMs;
  }

  /** Something is to be done at `atMs`, or before if somebody has said so. */
  add(atMs: number): void {
    if (atMs < this.#atMs) this.#atMs = atMs;
  }

  /** Whether it is time; then everybody has to say anew. */
  due(now: number): boolean {
    if (now < this.#atMs) return false;
    this.#atMs = Number.POSITIVE_INFINITY;
    return true;
  }
}
