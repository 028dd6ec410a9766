import type { AddressBook, Hmac, PeerPlane, Random } from '../ports/index.js';

/** What peers need of the thread that they are on. */
export interface PeersPorts {
  readonly plane: PeerPlane;
  readonly addresses: AddressBook;
  readonly random: Random;
  readonly hmac: Hmac;
}
