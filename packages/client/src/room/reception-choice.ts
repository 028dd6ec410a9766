import type { Source } from '@madang/protocol';
import { chosenKey, type Reception, type ReceptionWishes } from './reception.js';

/** What the person wants to receive: everything unless said otherwise. */
export class ReceptionChoice {
  readonly #changed: () => void;
  readonly #chosen = new Map<string, boolean>();
  #reception: Reception = 'everything';
  #isAutomatic: boolean;

  constructor(isAutomatic: boolean, changed: () => void) {
    this.#isAutomatic = isAutomatic;
    this.#changed = changed;
  }

  get wishes(): ReceptionWishes {
    return { reception: this.#reception, isAutomatic: this.#isAutomatic, chosen: this.#chosen };
  }

  get reception(): Reception {
    return this.#reception;
  }

  set(reception: Reception): void {
    this.#reception = reception;
    this.#changed();
  }

  choose(memberId: string, source: Source, isWanted: boolean): void {
    this.#chosen.set(chosenKey(memberId, source), isWanted);
    this.#changed();
  }

  memberLeft(memberId: string): void {
    for (const key of [...this.#chosen.keys()]) if (key.startsWith(`${memberId} `)) this.#chosen.delete(key);
  }
}
