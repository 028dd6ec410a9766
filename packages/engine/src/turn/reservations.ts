import { type Deadline, type DeadlineHeap, latin1Text, writeU32 } from '../bytes/index.js';
import type { Random } from '../ports/index.js';
import type { Relay } from './relay.js';
import type { Due } from './turn-state.js';

export interface Reservation {
  readonly token: Uint8Array;
  readonly relay: Relay;
  readonly account: string;
  readonly deadline: Deadline<Due>;
}

/** How long a port is kept at least (RFC 8656 §7.2). */
const RESERVATION_MS = 30_000;

/** Relayed addresses that are kept for the next Allocate request of the same user (RESERVATION-TOKEN, RFC 8656 §18.10). */
export class Reservations {
  readonly #byToken = new Map<string, Reservation>();
  readonly #deadlines: DeadlineHeap<Due>;
  readonly #random: Random;

  constructor(deadlines: DeadlineHeap<Due>, random: Random) {
    this.#deadlines = deadlines;
    this.#random = random;
  }

  get size(): number {
    return this.#byToken.size;
  }

  /** Keeps a relay, and gives the token of 8 bytes that it is got with. */
  add(relay: Relay, account: string, now: number): Uint8Array {
    const token = new Uint8Array(8);
    writeU32(token, 0, this.#random.uint32());
    writeU32(token, 4, this.#random.uint32());
    const deadline = this.#deadlines.add({ type: 'reservation', token }, now + RESERVATION_MS);
    this.#byToken.set(latin1Text(token), { token, relay, account, deadline });
    return token;
  }

  /** Of the user who has made it; nobody else learns that it exists. */
  find(token: Uint8Array, account: string): Reservation | null {
    const found = this.#byToken.get(latin1Text(token));
    return found?.account === account ? found : null;
  }

  /** Takes it out; the relay is the caller's. */
  take(token: Uint8Array): Relay | null {
    const found = this.#byToken.get(latin1Text(token));
    if (found === undefined) return null;
    this.#byToken.delete(latin1Text(token));
    this.#deadlines.remove(found.deadline);
    return found.relay;
  }
}
