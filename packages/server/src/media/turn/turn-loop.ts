import {
  type Digest,
  type Hmac,
  type Random,
  type TurnOperation,
  type TurnOptions,
  TurnServer,
  type TxTable,
} from '@madang/engine';
import { type BoundPort, type IdentityPem, type MediaPlane, openMediaPlane, type PlaneCounts } from '@madang/native';
import { type Clock, systemClock } from '../clock.js';
import { cryptoDigest, cryptoHmac } from '../crypto-hashes.js';
import { cryptoRandom } from '../crypto-random.js';
import { PlaneAddresses } from '../plane-addresses.js';
import { DtlsClients } from './dtls-clients.js';
import { RelaySockets } from './relay-sockets.js';
import { StreamSockets } from './stream-sockets.js';
import { TcpRelays } from './tcp-relays.js';

export interface TurnLoopOptions {
  readonly turn: TurnOptions;
  /** What clients over DTLS are shown; without it there are none. */
  readonly dtls?: IdentityPem;
  readonly clock?: Clock;
  readonly wallMs?: () => number;
  readonly ports?: { readonly random: Random; readonly hmac: Hmac; readonly digest: Digest };
}

/** Rooms for addresses: of each allocation its client's and those of its channels are kept, the others pass through. */
const ADDRESSES = 1 << 17;
/** A socket for each relayed address, and those for clients. */
const PORTS = 1 << 15;
const CLOCK_CHECK_MS = 60_000;

/** Something done with the core between batches; what it wants sent goes into the table. */
export type Door<T> = (core: TurnServer, now: number, tx: TxTable) => T;

/**
 * A TURN server on real sockets: datagrams pass through a media plane of its own, one call of the core a batch; streams
 * through Node's sockets. Throws `AddonMissing` when the addon was not built. Runs until it is closed.
 */
export class TurnLoop {
  readonly streams: StreamSockets;
  readonly relays: RelaySockets;
  readonly tcpRelays: TcpRelays;
  /** Null without a certificate. */
  readonly dtls: DtlsClients | null;
  readonly #plane: MediaPlane;
  readonly #core: TurnServer;
  readonly #clock: Clock;
  readonly #wallMs: () => number;
  #timer: { readonly atMs: number; readonly cancel: () => void } | null = null;
  #endClockCheck: () => void = () => {};
  #isClosed = false;

  constructor({ turn, dtls, clock = systemClock, wallMs = Date.now, ports }: TurnLoopOptions) {
    this.#clock = clock;
    this.#wallMs = wallMs;
    this.#plane = openMediaPlane({
      sizes: { addresses: ADDRESSES, ports: PORTS, peers: 1 },
      onBatch: (rx, tx) => {
        const now = this.#clock.nowMs();
        this.#core.packets(rx, now, tx);
        this.#settle(now, tx);
      },
    });
    const hashes = ports ?? { random: cryptoRandom, hmac: cryptoHmac, digest: cryptoDigest };
    const addresses = new PlaneAddresses(this.#plane, ADDRESSES);
    const act: TurnLoop['act'] = (door) => this.act(door);
    const around = { plane: this.#plane, clock, streams: () => this.#core.streams, act };
    const dtlsClients = dtls === undefined ? null : new DtlsClients(dtls, around);
    this.dtls = dtlsClients;
    const door = dtlsClients && { dtls: dtlsClients.receive.bind(dtlsClients) };
    this.#core = new TurnServer(turn, { ...hashes, addresses, ...door });
    this.streams = new StreamSockets(this.#core.streams, act);
    this.relays = new RelaySockets(this.#plane, this.#core.relays);
    this.tcpRelays = new TcpRelays(this.#core.relays, this.streams, act);
    this.#watchClock();
  }

  /** Takes clients at a UDP address. Throws `BindError`. */
  listen(ip: string, port: number): BoundPort {
    const bound = this.#plane.bind({ ip, port, forPeers: false, stamps: false });
    this.#core.listen(bound.portIx);
    return bound;
  }

  /** Enters the core by one of its doors, and does what it then asks for. Not to be called within another. */
  act<T>(door: Door<T>): T {
    const { tx } = this.#plane;
    const now = this.#clock.nowMs();
    const result = door(this.#core, now, tx);
    this.#settle(now, tx);
    if (tx.count > 0) tx.flush();
    return result;
  }

  counts(): ReturnType<TurnServer['counts']> {
    return this.#core.counts();
  }

  sizes(): ReturnType<TurnServer['sizes']> {
    return this.#core.sizes();
  }

  planeCounts(): PlaneCounts {
    return this.#plane.counts();
  }

  /** Ends every allocation and connection at once. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.dtls?.close();
    this.#timer?.cancel();
    this.#endClockCheck();
    this.tcpRelays.close();
    this.streams.close();
    this.#plane.close();
  }

  #settle(now: number, tx: TxTable): void {
    for (let todo = this.#core.drain(); todo.length > 0; todo = this.#core.drain()) {
      for (const operation of todo) {
        this.#carryOut(operation, now, tx);
      }
    }
    this.#arm();
  }

  #carryOut(operation: TurnOperation, now: number, tx: TxTable): void {
    if (this.tcpRelays.carryOut(operation, now, tx) || this.dtls?.carryOut(operation, now, tx)) return;
    if (operation.type === 'bind' || operation.type === 'unbind') this.relays.carryOut(operation, now, tx);
    else this.streams.carryOut(operation);
  }

  /** A timer that fires too early is left: it finds nothing to do and sets the next. */
  #arm(): void {
    const atMs = this.#core.nextAt();
    if (atMs === null || (this.#timer !== null && this.#timer.atMs <= atMs)) return;
    this.#timer?.cancel();
    this.#timer = { atMs, cancel: this.#clock.after(Math.max(0, atMs - this.#clock.nowMs()), this.#tick) };
  }

  readonly #tick = (): void => {
    this.#timer = null;
    this.act((core, now, tx) => core.tick(now, tx));
  };

  readonly #watchClock = (): void => {
    this.#core.setClock(this.#wallMs(), this.#clock.nowMs());
    this.#endClockCheck = this.#clock.after(CLOCK_CHECK_MS, this.#watchClock);
  };
}
