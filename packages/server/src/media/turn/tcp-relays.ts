import { createServer, type Server, Socket } from 'node:net';
import { parseHost, type TransportAddress, type TurnOperation, type TurnServer, type TxTable } from '@madang/engine';
import { BindError, bindTcp } from '@madang/native';
import { hostText } from '../host-text.js';
import type { StreamSockets } from './stream-sockets.js';
import type { Door } from './turn-loop.js';

type Of<T extends TurnOperation['type']> = Extract<TurnOperation, { type: T }>;
type Act = <T>(door: Door<T>) => T;

interface TcpRelay {
  readonly server: Server;
  readonly address: TransportAddress;
}

/** How many peers may be connected to a relay at once; the core bounds those of an allocation as well. */
const MOST_PEERS = 64;
/** How long a peer may take to read the last that it was sent. */
const LINGER_MS = 2_000;

/**
 * TCP relays (RFC 6062): a relayed address listens, and connects to peers from the same port. What a peer sends before its
 * client has bound a connection to it stays in the system's buffer; afterwards each side is read as fast as the other reads.
 */
export class TcpRelays {
  readonly #core: TurnServer['relays'];
  readonly #streams: StreamSockets;
  readonly #act: Act;
  readonly #relays = new Map<number, TcpRelay>();
  /** By the core's number of the connection. */
  readonly #peers = new Map<number, Socket>();
  readonly #failures = new Map<string, number>();

  constructor(core: TurnServer['relays'], streams: StreamSockets, act: Act) {
    this.#core = core;
    this.#streams = streams;
    this.#act = act;
  }

  /** How often a relay could not be opened, by the system's name for why. */
  get failures(): ReadonlyMap<string, number> {
    return this.#failures;
  }

  /** Whether an operation of the core's was for a TCP relay. */
  carryOut(operation: TurnOperation, now: number, tx: TxTable): boolean {
    switch (operation.type) {
      case 'bind':
        if (operation.transport === 'tcp') this.#listen(operation, now, tx);
        return operation.transport === 'tcp';
      case 'unbind':
        this.#relays.get(operation.relay)?.server.close();
        return this.#relays.delete(operation.relay);
      case 'connect':
        this.#connect(operation, tx);
        return true;
      case 'close-connection':
        this.#end(operation.connection);
        return true;
      case 'join':
        this.#join(operation);
        return true;
      default:
        return false;
    }
  }

  /** Cuts every connection. */
  close(): void {
    for (const { server } of this.#relays.values()) server.close();
    for (const socket of this.#peers.values()) socket.destroy();
    this.#relays.clear();
    this.#peers.clear();
  }

  #listen({ relay, address }: Of<'bind'>, now: number, tx: TxTable): void {
    let fd: number;
    try {
      fd = bindTcp(hostText(address.host), address.port, { joins: false });
    } catch (error) {
      if (!(error instanceof BindError)) throw error;
      this.#failures.set(error.code, (this.#failures.get(error.code) ?? 0) + 1);
      this.#core.bindFailed(relay, now, tx);
      return;
    }
    const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => this.#accept(relay, socket));
    server.maxConnections = MOST_PEERS;
    server.on('error', () => {
      // Such as too many open files when a peer connects: the next may be taken again.
      if (!server.listening) this.#act((core, later) => core.relays.lost(relay, later));
    });
    server.listen({ fd });
    this.#relays.set(relay, { server, address });
    this.#core.bound(relay, -1, now, tx);
  }

  #accept(relay: number, socket: Socket): void {
    const peer = peerOf(socket);
    const id = peer && this.#act((core, now, tx) => core.relays.peerConnected(relay, peer, now, tx));
    // Its end is told by `close`, whatever the error was.
    socket.on('error', () => {});
    if (id === null) socket.destroy();
    else this.#keep(id, socket, () => true);
  }

  #connect({ connection, relay, peer }: Of<'connect'>, tx: TxTable): void {
    const from = this.#relays.get(relay);
    const socket = from && socketAt(from.address);
    if (socket === undefined || socket === null) {
      this.#core.connectFailed(connection, tx);
      return;
    }
    let isConnected = false;
    socket.on('error', () => {});
    this.#keep(connection, socket, () => isConnected);
    socket.connect({ host: hostText(peer.host), port: peer.port }, () => {
      isConnected = true;
      socket.setNoDelay(true);
      this.#act((core, now, table) => core.relays.connected(connection, now, table));
    });
  }

  #keep(id: number, socket: Socket, isConnected: () => boolean): void {
    this.#peers.set(id, socket);
    socket.once('close', () => {
      if (!this.#peers.delete(id)) return;
      this.#act((core, now, tx) => {
        if (isConnected()) core.relays.peerClosed(id, now);
        else core.relays.connectFailed(id, tx);
      });
    });
  }

  /** From now on bytes pass as they are, both ways. When one side ends the other is ended (RFC 6062 §5.5). */
  #join({ stream, connection, early }: Of<'join'>): void {
    const client = this.#streams.release(stream);
    const peer = this.#peers.get(connection);
    if (client === null || peer === undefined) return;
    if (early.length > 0) peer.write(early);
    client.pipe(peer);
    peer.pipe(client);
  }

  #end(id: number): void {
    const socket = this.#peers.get(id);
    if (socket === undefined) return;
    this.#peers.delete(id);
    socket.destroySoon();
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }
}

/** A paused socket that is bound to the address of a relay; null when the system has none. */
function socketAt({ host, port }: TransportAddress): Socket | null {
  try {
    const fd = bindTcp(hostText(host), port, { joins: true });
    // Without the option Node reads at once, from a socket that is not connected yet.
    return new Socket({ fd, manualStart: true } as ConstructorParameters<typeof Socket>[0]).pause();
  } catch (error) {
    if (error instanceof BindError) return null;
    throw error;
  }
}

/** Null when the connection is gone already. */
function peerOf({ remoteAddress, remotePort }: Socket): TransportAddress | null {
  const host = parseHost((remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, ''));
  return host === null || remotePort === undefined ? null : { host, port: remotePort };
}
