import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import {
  type DtlsIdentity,
  type DtlsOutput,
  DtlsSession,
  type DtlsSessionOptions,
  type DtlsState,
} from '../src/index.js';

/** A `DtlsSession` on a UDP socket of the loopback, with the timers it asks for. It answers whoever spoke last. */
export class DtlsEndpoint {
  readonly session: DtlsSession;
  readonly received: Buffer[] = [];
  /** Sees each datagram first; true keeps it from the session. */
  intercept: (datagram: Buffer, from: RemoteInfo) => boolean = () => false;
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();
  #peer: { port: number; address: string } | null = null;
  #timer: NodeJS.Timeout | undefined;

  private constructor(socket: Socket, session: DtlsSession) {
    this.#socket = socket;
    this.session = session;
    socket.on('message', (datagram, from) => {
      if (this.intercept(datagram, from)) return;
      this.#peer = from;
      this.#carry(session.receive(datagram, performance.now()));
    });
  }

  static async open(identity: DtlsIdentity, options: DtlsSessionOptions): Promise<DtlsEndpoint> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new DtlsEndpoint(socket, new DtlsSession(identity, options));
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get state(): DtlsState {
    return this.session.state;
  }

  /** A client needs to know whom to speak to. */
  start(peerPort?: number, address = '127.0.0.1'): void {
    if (peerPort !== undefined) this.#peer = { port: peerPort, address };
    this.#carry(this.session.start(performance.now()));
  }

  trust(fingerprint: string): void {
    this.#carry(this.session.setRemoteFingerprint(fingerprint));
  }

  send(text: string): void {
    const output = this.session.send(Buffer.from(text));
    if (output === null) throw new Error(`not sent: ${text}`);
    this.#carry(output);
  }

  /** Sends bytes that are no DTLS, to the peer or to an address. */
  sendRaw(datagram: Uint8Array, to = this.#peer): void {
    if (to !== null) this.#socket.send(datagram, to.port, to.address);
  }

  /** Waits until `holds`; it is asked again after each datagram and timer. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  /** Waits for the end of the handshake, good or bad. */
  async settled(): Promise<DtlsState> {
    await this.until(() => this.state.type !== 'new' && this.state.type !== 'connecting');
    return this.state;
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const datagram of this.session.close().datagrams) this.sendRaw(datagram);
    // After what was just sent.
    setImmediate(() => this.#socket.close());
  }

  /** Wakes those who wait: something outside of the session has changed. */
  wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  #carry(output: DtlsOutput): void {
    for (const datagram of output.datagrams) this.sendRaw(datagram);
    for (const data of output.data) this.received.push(Buffer.from(data));
    clearTimeout(this.#timer);
    const leftMs = this.session.nextTimeoutMs(performance.now());
    if (leftMs !== null) {
      this.#timer = setTimeout(() => this.#carry(this.session.handleTimeout(performance.now())), leftMs);
    }
    this.wake();
  }
}
