import type { OutgoingMessage } from './outgoing-message.js';

/** What is known of a part that has been sent. */
export const FRAGMENT = {
  /** Under way, as far as is known. */
  IN_FLIGHT: 0,
  /** Reported as arrived, above the cumulative TSN: the report may be taken back. */
  ARRIVED: 1,
  /** To be sent again. */
  LOST: 2,
  /** Its message has been given up. */
  GIVEN_UP: 3,
} as const;

/** A part of a message: one DATA chunk, which keeps its TSN. */
export class Fragment {
  readonly message: OutgoingMessage;
  readonly offset: number;
  readonly length: number;
  /** Of its chunk: `DATA_FLAG`. */
  readonly flags: number;
  state: number = FRAGMENT.IN_FLIGHT;
  /** How often it was sent. */
  sent = 0;
  /** When it was sent last, in the order of everything that was sent. */
  serial = 0;
  /** How often later ones were reported as arrived and this one not. */
  missing = 0;

  constructor(message: OutgoingMessage, offset: number, length: number, flags: number) {
    this.message = message;
    this.offset = offset;
    this.length = length;
    this.flags = flags;
  }
}
