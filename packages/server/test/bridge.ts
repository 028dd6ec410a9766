// Between a guest and the server's port: sees, repeats, drops and keeps what passes, and lets another speak in the guest's place.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** STUN by its first byte (RFC 7983 §7). */
const isStun = (bytes: Uint8Array): boolean => bytes[0]! < 4;

export class Bridge {
  /** Where guests send to. */
  readonly port: number;
  /** What the server has sent, in its order. */
  readonly down: Buffer[] = [];
  /** What becomes of a datagram on its way to the server. */
  up: (bytes: Buffer) => readonly Buffer[] = (bytes) => [bytes];
  readonly #near: Socket;
  readonly #far: Socket;
  /** Who sent the last check, and who the last of anything else. */
  readonly #last = { check: 0, other: 0 };

  private constructor(near: Socket, far: Socket, serverPort: number) {
    this.#near = near;
    this.#far = far;
    this.port = near.address().port;
    near.on('message', (bytes, { port }) => {
      this.#last[isStun(bytes) ? 'check' : 'other'] = port;
      for (const each of this.up(bytes)) far.send(each, serverPort, '127.0.0.1');
    });
    far.on('message', (bytes) => {
      this.down.push(bytes);
      const to = isStun(bytes) || this.#last.other === 0 ? this.#last.check : this.#last.other;
      if (to !== 0) near.send(bytes, to, '127.0.0.1');
    });
  }

  static async open(serverPort: number): Promise<Bridge> {
    const sockets = [createSocket('udp4'), createSocket('udp4')] as const;
    for (const socket of sockets) {
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
    }
    return new Bridge(...sockets, serverPort);
  }

  close(): void {
    this.#near.close();
    this.#far.close();
  }
}
