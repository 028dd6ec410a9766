/** Carries out what is asked under one name one after the other, in the order of asking. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Resolves or rejects as `work` does. */
  take<R>(name: string, work: () => Promise<R>): Promise<R> {
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(work);
    const settled = turn.then(
      () => {},
      () => {},
    );
    this.#last.set(name, settled);
    void settled.then(() => {
      if (this.#last.get(name) === settled) this.#last.delete(name);
    });
    return turn;
  }

  get size(): number {
    return this.#last.size;
  }
}
