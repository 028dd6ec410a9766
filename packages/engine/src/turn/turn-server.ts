import { readU16 } from '../bytes/index.js';
import { RX, RX_COLUMNS, type RxTable, type TxTable } from '../ports/index.js';
import { MESSAGE_CLASS, METHOD, messageType, readMessage, type StunMessage } from '../stun/index.js';
import { CHANNEL_NUMBERS, channelsEnd } from './channels.js';
import type { ClientPath } from './client-path.js';
import { Control } from './control.js';
import { DataPath } from './data-path.js';
import { Lifetimes } from './lifetimes.js';
import { RelayEvents } from './relay-events.js';
import { Streams } from './streams.js';
import type { TurnCounts } from './turn-counts.js';
import type { TurnOperation } from './turn-operation.js';
import type { TurnOptions } from './turn-options.js';
import { type TurnPorts, TurnState } from './turn-state.js';

const NO_OPERATIONS: readonly TurnOperation[] = [];

/** How much of everything there is. */
export interface TurnSizes {
  readonly allocations: number;
  readonly users: number;
  readonly relays: number;
  readonly reservations: number;
  readonly streams: number;
  readonly connections: number;
  readonly deadlines: number;
}

/**
 * A STUN and TURN server (RFC 8489, RFC 8656, RFC 6062) without a socket. Datagrams come by `packet`, streams and the
 * results of operations by `streams` and `relays`; `drain` tells what is to be done. `now` is monotonic milliseconds and
 * never goes back. Nothing throws, whatever comes from the network.
 *
 * Left out: mobility (RFC 8016), third-party authorization (RFC 7635), and redirection (300).
 */
export class TurnServer {
  readonly streams: Streams;
  readonly relays: RelayEvents;
  readonly #state: TurnState;
  readonly #control: Control;
  readonly #data: DataPath;
  readonly #lifetimes: Lifetimes;
  /** The first byte that begins no ChannelData any more. */
  readonly #channelsEnd: number;
  #wallAheadMs = 0;

  constructor(options: TurnOptions, ports: TurnPorts) {
    this.#state = new TurnState(options, ports);
    this.#channelsEnd = channelsEnd(options.oldChannels) >> 8;
    this.#control = new Control(this.#state);
    this.#data = new DataPath(this.#state);
    this.#lifetimes = new Lifetimes(this.#state);
    this.relays = new RelayEvents(this.#state);
    this.streams = new Streams(this.#state, this.#data, (...request) => this.#request(...request));
  }

  /** What the time of day is. To be told at the start and again every minute or so: a clock may be set. */
  setClock(wallMs: number, now: number): void {
    this.#wallAheadMs = wallMs - now;
  }

  /** Datagrams that come in on this port are clients'. */
  listen(portIx: number): void {
    this.#state.clientPorts[portIx] ??= new Map();
  }

  /** Makes a username that was given out known, so that a client may send its hash alone. */
  introduce(username: string): void {
    this.#control.introduce(username);
  }

  /** Takes every row of a batch. */
  packets(rx: RxTable, now: number, tx: TxTable): void {
    const rows = Math.min(rx.count, Math.floor(rx.rows.length / RX_COLUMNS));
    for (let row = 0; row < rows; row++) this.packet(rx, row, now, tx);
  }

  /** Takes one row: of a client's port or a relayed one. Cost: no allocation for ChannelData and datagrams of peers. */
  packet(rx: RxTable, row: number, now: number, tx: TxTable): void {
    const at = row * RX_COLUMNS;
    const slot = rx.rows[at + RX.SLOT]!;
    const length = rx.rows[at + RX.LENGTH]!;
    const addressIx = rx.rows[at + RX.ADDRESS_IX]!;
    const portIx = rx.rows[at + RX.PORT_IX]!;
    const { counts } = this.#state;
    if (slot < 0 || length < 0 || length > rx.slotBytes || (slot + 1) * rx.slotBytes > rx.slab.length) {
      counts.dropped('malformed');
      return;
    }
    const relay = this.#state.relays.atPort(portIx);
    if (relay !== undefined) {
      const dropped = this.#data.fromPeer(relay, rx, slot, length, addressIx, now, tx);
      if (dropped !== null) counts.dropped(dropped);
    } else if (this.#state.clientPorts[portIx] === undefined) counts.dropped('no_port');
    else this.#fromClient(rx, slot, length, portIx, addressIx, now, tx);
  }

  #fromClient(
    rx: RxTable,
    slot: number,
    length: number,
    portIx: number,
    addressIx: number,
    now: number,
    tx: TxTable,
  ): void {
    const begin = slot * rx.slotBytes;
    const first = length > 0 ? rx.slab[begin]! : 0xff;
    if (first >= CHANNEL_NUMBERS.first >> 8 && first < this.#channelsEnd) {
      const allocation = this.#state.clientPorts[portIx]!.get(addressIx);
      const dropped =
        allocation === undefined || allocation.opening !== null
          ? 'no_allocation'
          : this.#data.channelSlot(allocation, rx, slot, begin, length, now, tx);
      if (dropped !== null) this.#state.counts.dropped(dropped);
    } else if (first > 3) this.#other(rx.slab.subarray(begin, begin + length), portIx, addressIx, now, tx);
    else this.#message(rx.slab.subarray(begin, begin + length), slot, { type: 'datagram', portIx, addressIx }, now, tx);
  }

  #other(bytes: Uint8Array, portIx: number, addressIx: number, now: number, tx: TxTable): void {
    const { dtls } = this.#state.ports;
    const isDtls = bytes.length > 0 && bytes[0]! >= DTLS.first && bytes[0]! <= DTLS.last;
    if (isDtls && dtls !== undefined) dtls(bytes, portIx, addressIx, now, tx);
    else this.#state.counts.dropped('no_turn');
  }

  #message(bytes: Uint8Array, slot: number, path: ClientPath, now: number, tx: TxTable): void {
    const { counts } = this.#state;
    // Without an allocation a Send indication costs no more than a look at its type.
    const isSend = bytes.length >= 2 && readU16(bytes, 0) === SEND;
    const allocation = isSend ? this.#state.allocationOf(path) : null;
    if (isSend && (allocation === null || allocation.opening !== null)) {
      counts.dropped('no_allocation');
      return;
    }
    const message = readMessage(bytes);
    if (typeof message === 'string') {
      counts.dropped(`stun_${message}`);
      return;
    }
    if (isSend) {
      const dropped = this.#data.send(allocation!, message, slot, now, tx);
      if (dropped !== null) counts.dropped(dropped);
    } else if (message.messageClass !== MESSAGE_CLASS.REQUEST) counts.dropped('no_request');
    else this.#request(message, path, now, tx);
  }

  /** What has expired by now is gone before a request is looked at. */
  #request(message: StunMessage, path: ClientPath, now: number, tx: TxTable): void {
    if ((this.nextAt() ?? now + 1) <= now) this.tick(now, tx);
    if (path.type === 'stream' && !this.#state.streams.has(path.stream)) return;
    this.#control.request(message, path, now, now + this.#wallAheadMs, tx);
  }

  /** Does what has come due. Call it at `nextAt()`; earlier or later does no harm. */
  tick(now: number, tx: TxTable): void {
    this.#lifetimes.tick(now, tx);
  }

  /** When `tick` has something to do; null when nothing is pending. */
  nextAt(): number | null {
    return this.#state.deadlines.nextAt();
  }

  /** What is to be done, in order. Call it after each of the other doors. */
  drain(): readonly TurnOperation[] {
    this.streams.flush();
    const { operations } = this.#state;
    return operations.length === 0 ? NO_OPERATIONS : operations.splice(0);
  }

  /** Ends all that a user has: it has left, or may not be here any more. */
  revoke(account: string, now: number): void {
    for (const allocation of [...this.#state.allocations]) {
      if (allocation.account.name === account) this.#state.end(allocation, 'revoked', now);
    }
  }

  counts(): ReturnType<TurnCounts['snapshot']> {
    return this.#state.counts.snapshot();
  }

  sizes(): TurnSizes {
    const { allocations, accounts, relays, reservations, streams, connections, deadlines } = this.#state;
    return {
      allocations: allocations.size,
      users: accounts.size,
      relays: relays.size,
      reservations: reservations.size,
      streams: streams.size,
      connections: connections.size,
      deadlines: deadlines.size,
    };
  }
}

/** First bytes of DTLS records (RFC 7983 §7). */
const DTLS = { first: 20, last: 63 } as const;
const SEND = messageType(METHOD.SEND, MESSAGE_CLASS.INDICATION);
