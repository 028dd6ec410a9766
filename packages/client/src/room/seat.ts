/** What is needed of `sessionStorage`. */
export type SeatStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * Hands a membership over from a page to the same page after a reload, whose goodbye may not have come through. It is
 * written down only in the moment the page goes, and taken out when read: a duplicated tab must not find it.
 */
export class Seat {
  readonly #storage: SeatStorage | undefined;
  readonly #key: string;

  /** `address`: of the server. Where there is no storage, or it is forbidden, nothing is handed over. */
  constructor(address: string, storage: SeatStorage | undefined = pageStorage()) {
    this.#storage = storage;
    this.#key = `madang:seat:${address}`;
  }

  put(token: string): void {
    try {
      this.#storage?.setItem(this.#key, token);
    } catch {
      // A full storage costs no more than a ghost of half a minute.
    }
  }

  take(): string | undefined {
    const token = this.#storage?.getItem(this.#key);
    this.#storage?.removeItem(this.#key);
    return token ?? undefined;
  }
}

function pageStorage(): SeatStorage | undefined {
  try {
    return (globalThis as { sessionStorage?: SeatStorage }).sessionStorage;
  } catch {
    return undefined;
  }
}
