import { addressGroup } from '../../auth/index.js';

/** How many connections each address has, or each /64 of IPv6, and whether one more is welcome. */
export class HostCount {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** What ends the connection's being counted; null when there are too many. */
  enter(address: string): (() => void) | null {
    const group = addressGroup(address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, ''));
    const count = this.#open.get(group) ?? 0;
    if (count >= this.#most) return null;
    this.#open.set(group, count + 1);
    return () => this.#leave(group);
  }

  #leave(group: string): void {
    const left = (this.#open.get(group) ?? 1) - 1;
    if (left > 0) this.#open.set(group, left);
    else this.#open.delete(group);
  }
}
