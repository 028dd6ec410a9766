import type { Socket } from 'node:net';
import {
  parseHost,
  type StreamTransport,
  type TransportAddress,
  type TurnOperation,
  type TurnServer,
} from '@madang/engine';
import type { Door } from './turn-loop.js';

type Act = <T>(door: Door<T>) => T;

/** What may wait to be read by a client before data from peers is dropped, and before nothing more is read from it. */
const BLOCKED_BYTES = 64 * 1024;
const PAUSED_BYTES = 2 * BLOCKED_BYTES;
/** How long a client may take to read the last that it was sent. */
const LINGER_MS = 2_000;

/** The connections of clients over TCP and TLS, each a stream of the core's. What waits for one is bounded. */
export class StreamSockets {
  readonly #core: TurnServer['streams'];
  readonly #act: Act;
  readonly #sockets = new Map<number, Socket>();
  readonly #blocked = new Set<number>();
  #refused = 0;

  constructor(core: TurnServer['streams'], act: Act) {
    this.#core = core;
    this.#act = act;
  }

  /** Connections that were closed at once: there were too many, of one address or in all. */
  get refused(): number {
    return this.#refused;
  }

  /** Makes a connection a stream of the core's. `early` is what was read of it before. */
  take(socket: Socket, transport: StreamTransport, early?: Uint8Array): void {
    // Its end is told by `close`, whatever the error was.
    socket.on('error', () => {});
    const client = clientOf(socket);
    const id = client === null ? null : this.#act((core, now) => core.streams.open(transport, client, now));
    if (id === null) {
      this.#refused++;
      socket.destroy();
      return;
    }
    this.#sockets.set(id, socket);
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.#receive(id, bytes));
    socket.on('drain', () => this.#unblock(id, socket));
    socket.on('close', () => this.#closed(id));
    if (early !== undefined && early.length > 0) this.#receive(id, early);
  }

  /**
   * Hands a connection over, with what it has still to send: its bytes are not ours any more, but for its end. Null when it
   * is gone.
   */
  release(id: number): Socket | null {
    const socket = this.#sockets.get(id);
    if (socket === undefined) return null;
    this.#blocked.delete(id);
    return socket.removeAllListeners('data').removeAllListeners('drain');
  }

  carryOut(operation: TurnOperation): void {
    if (operation.type === 'write') this.#write(operation.stream, operation.bytes);
    else if (operation.type === 'close-stream') this.#end(operation.stream);
  }

  /** Cuts every connection. */
  close(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
    this.#sockets.clear();
    this.#blocked.clear();
  }

  #receive(id: number, bytes: Uint8Array): void {
    if (this.#sockets.has(id)) this.#act((core, now, tx) => core.streams.receive(id, bytes, now, tx));
  }

  #write(id: number, bytes: Uint8Array): void {
    const socket = this.#sockets.get(id);
    if (socket === undefined || !socket.writable) return;
    socket.write(bytes);
    if (socket.writableLength < BLOCKED_BYTES) return;
    // Answers to requests go on being written: who does not read them is not asked for more.
    if (socket.writableLength >= PAUSED_BYTES) socket.pause();
    this.#blocked.add(id);
    this.#core.setBlocked(id, true);
  }

  #unblock(id: number, socket: Socket): void {
    if (!this.#sockets.has(id)) return;
    if (this.#blocked.delete(id)) this.#core.setBlocked(id, false);
    socket.resume();
  }

  /** After what was written to it is away; a client that does not read is cut off. */
  #end(id: number): void {
    const socket = this.#sockets.get(id);
    if (socket === undefined) return;
    this.#forget(id);
    socket.destroySoon();
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }

  #closed(id: number): void {
    if (!this.#sockets.has(id)) return;
    this.#forget(id);
    this.#act((core, now) => core.streams.closed(id, now));
  }

  #forget(id: number): void {
    this.#sockets.delete(id);
    this.#blocked.delete(id);
  }
}

/** Null when the connection is gone already. */
function clientOf({ remoteAddress, remotePort }: Socket): TransportAddress | null {
  const host = parseHost((remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, ''));
  return host === null || remotePort === undefined ? null : { host, port: remotePort };
}
