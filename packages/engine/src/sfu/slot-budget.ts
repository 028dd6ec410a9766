/** Keeps received datagrams past their batch; the addon's slots are. */
export interface SlotHolder {
  hold(slot: number): void;
  release(slot: number): void;
}

/** How many slots the histories of all publishers of a thread hold together, so that receiving never runs out of them. */
export class SlotBudget {
  readonly #slots: SlotHolder;
  readonly #most: number;
  #held = 0;

  constructor(slots: SlotHolder, most: number) {
    this.#slots = slots;
    this.#most = most;
  }

  get held(): number {
    return this.#held;
  }

  get isFull(): boolean {
    return this.#held >= this.#most;
  }

  hold(slot: number): void {
    this.#slots.hold(slot);
    this.#held++;
  }

  release(slot: number): void {
    this.#slots.release(slot);
    this.#held--;
  }
}
