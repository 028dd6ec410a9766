import { type Deadline, type DeadlineHeap, sameBytes } from '../bytes/index.js';
import type { Random } from '../ports/index.js';
import type { TransportAddress } from '../stun/index.js';
import type { Allocation } from './allocation.js';
import type { Envelope } from './client-path.js';
import type { StreamClient } from './stream-client.js';
import type { Due } from './turn-state.js';

/** A TCP connection between a relayed address and a peer (RFC 6062). */
export interface PeerConnection {
  /** The CONNECTION-ID, 32 bits that nobody guesses. */
  readonly id: number;
  readonly allocation: Allocation;
  readonly peer: TransportAddress;
  state: /** Being opened, for this request. */
    | { readonly type: 'connecting'; readonly envelope: Envelope }
    /** Open, until the client binds a connection to it. */
    | { readonly type: 'waiting' }
    | { readonly type: 'joined'; readonly stream: StreamClient };
  deadline: Deadline<Due> | null;
}

/** How long connecting may take, and how long a connection waits for its client (RFC 6062 §5.2). */
const CONNECT_MS = 30_000;

/** How many an allocation may have. */
const MOST_PER_ALLOCATION = 64;

export class PeerConnections {
  readonly #byId = new Map<number, PeerConnection>();
  readonly #byAllocation = new Map<Allocation, Set<PeerConnection>>();
  readonly #deadlines: DeadlineHeap<Due>;
  readonly #random: Random;

  constructor(deadlines: DeadlineHeap<Due>, random: Random) {
    this.#deadlines = deadlines;
    this.#random = random;
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: number): PeerConnection | null {
    return this.#byId.get(id) ?? null;
  }

  /** Null when the allocation has too many. */
  add(
    allocation: Allocation,
    peer: TransportAddress,
    state: PeerConnection['state'],
    now: number,
  ): PeerConnection | null {
    const others = this.#byAllocation.get(allocation) ?? new Set();
    if (others.size >= MOST_PER_ALLOCATION) return null;
    let id = this.#random.uint32();
    while (this.#byId.has(id)) id = this.#random.uint32();
    const connection: PeerConnection = { id, allocation, peer, state, deadline: null };
    connection.deadline = this.#deadlines.add({ type: 'connection', connection }, now + CONNECT_MS);
    this.#byId.set(id, connection);
    this.#byAllocation.set(allocation, others.add(connection));
    return connection;
  }

  /** It is open: from now on it waits for its client. */
  wait(connection: PeerConnection, now: number): void {
    connection.state = { type: 'waiting' };
    this.#forgetDeadline(connection);
    connection.deadline = this.#deadlines.add({ type: 'connection', connection }, now + CONNECT_MS);
  }

  join(connection: PeerConnection, stream: StreamClient): void {
    connection.state = { type: 'joined', stream };
    stream.connection = connection;
    this.#forgetDeadline(connection);
  }

  of(allocation: Allocation): PeerConnection[] {
    return [...(this.#byAllocation.get(allocation) ?? [])];
  }

  withPeer(allocation: Allocation, peer: TransportAddress): PeerConnection | null {
    const isSame = (other: TransportAddress) => other.port === peer.port && sameBytes(other.host, peer.host);
    return this.of(allocation).find((connection) => isSame(connection.peer)) ?? null;
  }

  /** False when it had been removed already. */
  remove(connection: PeerConnection): boolean {
    if (!this.#byId.delete(connection.id)) return false;
    const others = this.#byAllocation.get(connection.allocation);
    others?.delete(connection);
    if (others?.size === 0) this.#byAllocation.delete(connection.allocation);
    this.#forgetDeadline(connection);
    return true;
  }

  #forgetDeadline(connection: PeerConnection): void {
    if (connection.deadline !== null) this.#deadlines.remove(connection.deadline);
    connection.deadline = null;
  }
}
