import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { DtlsIdentity, DtlsSession } from '@madang/native';
import type { Wire } from './turn-wire.js';

/** A DTLS client on a socket of its own, whose records are messages. */
export class DtlsWire implements Wire {
  readonly closed: Promise<void>;
  readonly udp: Socket;
  session: DtlsSession;
  /** All datagrams that came from the server. */
  readonly datagrams: Buffer[] = [];
  /** What the server said as a whole before it was answered. */
  readonly #takers: ((message: Uint8Array) => void)[] = [];
  #end: () => void = () => {};

  private constructor(socket: Socket, fingerprint: string) {
    this.udp = socket;
    this.session = newSession(fingerprint);
    this.closed = new Promise((resolve) => {
      this.#end = resolve;
    });
    socket.on('message', (datagram) => {
      this.datagrams.push(datagram);
      this.#put(this.session.receive(datagram, performance.now()));
      if (['closed', 'failed'].includes(this.session.state.type)) this.#end();
    });
    socket.on('error', () => {});
  }

  /** Connects; the server has to show the certificate of this fingerprint. */
  static async connect(host: string, port: number, fingerprint: string): Promise<DtlsWire> {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.connect(port, host);
    await once(socket, 'connect');
    const wire = new DtlsWire(socket, fingerprint);
    await wire.handshake();
    return wire;
  }

  async handshake(): Promise<void> {
    this.#put(this.session.start(performance.now()));
    while (this.session.state.type === 'connecting') await once(this.udp, 'message');
    if (this.session.state.type !== 'connected') throw new Error(`the handshake ended: ${this.session.state.type}`);
  }

  /** Says hello again from the same port, as a client does that has forgotten everything. */
  async beginAnew(fingerprint: string): Promise<void> {
    this.session = newSession(fingerprint);
    await this.handshake();
  }

  send(message: Uint8Array): void {
    const output = this.session.send(message);
    if (output === null) throw new Error(`nothing can be sent: ${this.session.state.type}`);
    this.#put(output);
  }

  onMessage(take: (message: Uint8Array) => void): void {
    this.#takers.push(take);
  }

  close(): void {
    this.#put(this.session.close());
    this.udp.close();
  }

  #put({ datagrams, data }: ReturnType<DtlsSession['close']>): void {
    for (const datagram of datagrams) this.udp.send(datagram);
    for (const message of data) for (const take of this.#takers) take(message);
  }
}

function newSession(fingerprint: string): DtlsSession {
  const session = new DtlsSession(DtlsIdentity.generate(), {
    role: 'client',
    needsSrtp: false,
    maxDataDatagramBytes: 2_048,
  });
  session.setRemoteFingerprint(fingerprint);
  return session;
}
