import { writeU32 } from '../bytes/index.js';
import type { TxTable } from '../ports/index.js';
import { ATTRIBUTE, familyOf, MESSAGE_CLASS, METHOD, MessageWriter, type TransportAddress } from '../stun/index.js';
import { hostWords } from './address-row.js';
import type { Allocation } from './allocation.js';
import { answer, refuse, sendToClient } from './answers.js';
import { relayOpened, relayRefused } from './openings.js';
import type { TurnState } from './turn-state.js';

/** Types of ICMP messages that a client hears of (RFC 8656 §11.5). */
const ICMP_TYPES = { 4: [3, 11], 6: [1, 2, 3] } as const;

/** What comes of the operations on relayed sockets, and what happens at them besides datagrams. */
export class RelayEvents {
  readonly #state: TurnState;

  constructor(state: TurnState) {
    this.#state = state;
  }

  /** A `bind` has succeeded. `portIx` is the port's index in the batch tables, -1 for TCP. */
  bound(id: number, portIx: number, now: number, tx: TxTable): void {
    const relay = this.#state.relays.bound(id, portIx);
    if (relay !== null) relayOpened(this.#state, relay, now, tx);
  }

  /** A `bind` has failed, mostly since another program has the port. */
  bindFailed(id: number, now: number, tx: TxTable): void {
    const relay = this.#state.relays.get(id);
    if (relay?.state === 'binding') relayRefused(this.#state, relay, now, tx);
  }

  /**
   * An ICMP message came for a datagram that a relay has sent to `peer` (RFC 8656 §11.5). `mtu` counts for the types that
   * tell it, 0 otherwise.
   */
  icmp(
    portIx: number,
    peer: TransportAddress,
    type: number,
    code: number,
    mtu: number,
    now: number,
    tx: TxTable,
  ): void {
    const relay = this.#state.relays.atPort(portIx);
    const family = familyOf(peer.host);
    const isRelayed = (ICMP_TYPES[family] as readonly number[]).includes(type);
    if (!isRelayed || relay === undefined) {
      this.#state.counts.dropped('icmp_type');
      return;
    }
    const { allocation } = relay;
    const permission = allocation?.permissions.find(family, ...hostWords(peer.host));
    if (!allocation || !permission || permission.expiresAtMs <= now) {
      this.#state.counts.dropped('no_permission');
      return;
    }
    const value = new Uint8Array(8);
    value[2] = type;
    value[3] = code;
    if (family === 6 ? type === 2 : type === 3 && code === 4) writeU32(value, 4, mtu);
    const writer = this.#indication(METHOD.DATA).addXorAddress(ATTRIBUTE.XOR_PEER_ADDRESS, peer);
    sendToClient(this.#state, allocation.path, writer.add(ATTRIBUTE.ICMP, value).finish(), tx);
  }

  /**
   * A peer has connected to a TCP relay (RFC 6062 §5.3). Gives the connection's id, by which it is known from now on, or
   * null: it is to be closed.
   */
  peerConnected(relayId: number, peer: TransportAddress, now: number, tx: TxTable): number | null {
    const allocation = this.#state.relays.get(relayId)?.allocation ?? null;
    const permission = allocation?.permissions.find(familyOf(peer.host), ...hostWords(peer.host));
    if (!allocation || !permission || permission.expiresAtMs <= now) {
      this.#state.counts.dropped('no_permission');
      return null;
    }
    const connection = this.#state.connections.add(allocation, peer, { type: 'waiting' }, now);
    if (connection === null) return null;
    const writer = this.#indication(METHOD.CONNECTION_ATTEMPT).addXorAddress(ATTRIBUTE.XOR_PEER_ADDRESS, peer);
    sendToClient(this.#state, allocation.path, writer.addU32(ATTRIBUTE.CONNECTION_ID, connection.id).finish(), tx);
    return connection.id;
  }

  /** A `connect` has succeeded. */
  connected(id: number, now: number, tx: TxTable): void {
    const connection = this.#state.connections.get(id);
    if (connection === null) return void this.#state.operations.push({ type: 'close-connection', connection: id });
    if (connection.state.type !== 'connecting') return;
    const { envelope } = connection.state;
    this.#state.connections.wait(connection, now);
    answer(
      this.#state,
      envelope,
      { type: 'success', write: (writer) => writer.addU32(ATTRIBUTE.CONNECTION_ID, id) },
      tx,
    );
  }

  /** A `connect` has failed. */
  connectFailed(id: number, tx: TxTable): void {
    const connection = this.#state.connections.get(id);
    if (connection?.state.type !== 'connecting') return;
    answer(this.#state, connection.state.envelope, refuse(447), tx);
    this.#state.connections.remove(connection);
  }

  /** A peer has closed its connection: the client's is closed as well (RFC 6062 §5.5). */
  peerClosed(id: number, now: number): void {
    const connection = this.#state.connections.get(id);
    if (connection !== null) this.#state.endConnection(connection, 'peer_closed', now);
  }

  /** A relayed socket is gone: its allocation cannot go on. */
  lost(id: number, now: number): void {
    const relay = this.#state.relays.get(id);
    if (relay === undefined) return;
    const allocation: Allocation | null = relay.allocation;
    if (allocation !== null) this.#state.end(allocation, 'port_lost', now);
    else this.#state.relays.close(relay, false);
  }

  #indication(method: number): MessageWriter {
    const transaction = new Uint8Array(12);
    for (let at = 0; at < 12; at += 4) writeU32(transaction, at, this.#state.ports.random.uint32());
    return new MessageWriter(method, MESSAGE_CLASS.INDICATION, transaction);
  }
}
