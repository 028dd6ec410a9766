/** How many connections each group of addresses has open. Groups without one take no room. */
export class AddressCounts {
  readonly #counts = new Map<string, number>();

  of(group: string): number {
    return this.#counts.get(group) ?? 0;
  }

  add(group: string): void {
    this.#counts.set(group, this.of(group) + 1);
  }

  remove(group: string): void {
    const left = this.of(group) - 1;
    if (left > 0) this.#counts.set(group, left);
    else this.#counts.delete(group);
  }

  /** Groups that have a connection. */
  get size(): number {
    return this.#counts.size;
  }
}
