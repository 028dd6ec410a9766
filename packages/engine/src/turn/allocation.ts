import type { Deadline } from '../bytes/index.js';
import type { TransportAddress } from '../stun/index.js';
import type { Account } from './account.js';
import type { Identity } from './authenticator.js';
import type { ByteRate } from './byte-rate.js';
import { Channels } from './channels.js';
import type { ClientPath, Envelope } from './client-path.js';
import { Permissions } from './permissions.js';
import type { Relay, RelayTransport } from './relay.js';
import type { PortWish } from './relay-ports.js';
import type { Due } from './turn-state.js';

/** That an address family could not be had (ADDRESS-ERROR-CODE, RFC 8656 §18.12). */
export interface FamilyRefusal {
  readonly family: 4 | 6;
  readonly code: 440 | 508;
}

/** An allocation whose sockets are being opened. Its Allocate request is answered when none is waited for any more. */
export interface Opening {
  readonly envelope: Envelope;
  readonly waitingFor: Set<Relay>;
  /** The socket on the next port, to be kept for a reservation. */
  companion: Relay | null;
  readonly wish: PortWish;
  /** Ports that were tried in vain. */
  tries: number;
}

/** What a client asks for. */
export interface Wanted {
  readonly transport: RelayTransport;
  readonly wish: PortWish;
  readonly lifetimeMs: number;
}

/** What a client has here (RFC 8656 §6). */
export class Allocation {
  readonly path: ClientPath;
  readonly client: TransportAddress;
  readonly identity: Identity;
  readonly account: Account;
  readonly transport: RelayTransport;
  readonly rate: ByteRate;
  readonly permissions = new Permissions();
  readonly channels = new Channels();
  /** One, or one of each family. */
  relays: Relay[] = [];
  refused: FamilyRefusal[] = [];
  /** Null once the client has been told that it exists. */
  opening: Opening | null;
  /** The transaction that made it: the same request again gets the same answer (RFC 8656 §5). */
  readonly transaction: Uint8Array;
  lifetimeMs: number;
  reservationToken: Uint8Array | null = null;
  deadline: Deadline<Due> | null = null;

  constructor(
    envelope: Envelope,
    client: TransportAddress,
    identity: Identity,
    account: Account,
    rate: ByteRate,
    { transport, lifetimeMs, wish }: Wanted,
  ) {
    this.path = envelope.path;
    this.transaction = envelope.transaction;
    this.client = client;
    this.identity = identity;
    this.account = account;
    this.transport = transport;
    this.rate = rate;
    this.lifetimeMs = lifetimeMs;
    this.opening = { envelope, waitingFor: new Set(), companion: null, wish, tries: 0 };
  }

  relayOf(family: number): Relay | undefined {
    return this.relays.find((relay) => relay.family === family);
  }

  /** When something of it expires next. */
  nextAt(): number {
    const relays = this.relays.map((relay) => relay.expiresAtMs);
    return Math.min(...relays, this.permissions.nextAt(), this.channels.nextAt());
  }
}
