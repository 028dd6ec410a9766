import type { TxTable } from '../ports/index.js';
import type { Allocation } from './allocation.js';
import { answer, refuse } from './answers.js';
import type { PeerConnection } from './peer-connections.js';
import type { Due, TurnState } from './turn-state.js';

/** What ends by itself: allocations, permissions, channels, reservations, connections, and streams that do nothing. */
export class Lifetimes {
  readonly #state: TurnState;

  constructor(state: TurnState) {
    this.#state = state;
  }

  tick(now: number, tx: TxTable): void {
    const { deadlines } = this.#state;
    for (let due = deadlines.due(now); due !== null; due = deadlines.due(now)) this.#end(due.value, now, tx);
  }

  #end(due: Due, now: number, tx: TxTable): void {
    if (due.type === 'allocation') this.#allocation(due.allocation, now, tx);
    else if (due.type === 'connection') this.#connection(due.connection, now, tx);
    else if (due.type === 'stream') this.#state.closeStream(due.stream, 'idle', now);
    else {
      const relay = this.#state.reservations.take(due.token);
      if (relay !== null) this.#state.relays.close(relay);
    }
  }

  #allocation(allocation: Allocation, now: number, tx: TxTable): void {
    if (allocation.opening !== null) {
      answer(this.#state, allocation.opening.envelope, refuse(508), tx);
      this.#state.end(allocation, 'no_ports', now);
      return;
    }
    for (const relay of allocation.relays.filter(({ expiresAtMs }) => expiresAtMs <= now)) {
      this.#state.endRelay(allocation, relay, now);
    }
    if (allocation.relays.length === 0) {
      this.#state.end(allocation, 'expired', now);
      return;
    }
    this.#state.sweep(allocation, now);
    this.#state.schedule(allocation);
  }

  /** Not connected, or not bound, in time (RFC 6062 §5.2). */
  #connection(connection: PeerConnection, now: number, tx: TxTable): void {
    const { state } = connection;
    if (state.type === 'connecting') answer(this.#state, state.envelope, refuse(447), tx);
    this.#state.endConnection(connection, 'peer_closed', now);
  }
}
