import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { SeededRandom } from '@madang/testkit';

const HOST = '127.0.0.1';

/** A place between a guest and the server that passes datagrams on in both directions, but for those that it loses. */
export class LossyRelay {
  /** How likely a datagram is lost; change it at any time. */
  loss = 0;
  readonly counts = { passed: 0, lost: 0 };
  readonly #random: SeededRandom;
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #serverPort: number;
  #guest: RemoteInfo | null = null;

  private constructor(serverPort: number, seed: number, near: Socket, far: Socket) {
    this.#serverPort = serverPort;
    this.#random = new SeededRandom(seed);
    this.#near = near;
    this.#far = far;
    near.on('message', (datagram, from) => {
      this.#guest = from;
      if (this.#passes()) far.send(datagram, this.#serverPort, HOST);
    });
    far.on('message', (datagram) => {
      if (this.#guest !== null && this.#passes()) near.send(datagram, this.#guest.port, this.#guest.address);
    });
  }

  static async before(serverPort: number, seed: number): Promise<LossyRelay> {
    const sockets = [createSocket('udp4'), createSocket('udp4')] as const;
    for (const socket of sockets) {
      socket.bind(0, HOST);
      await once(socket, 'listening');
    }
    return new LossyRelay(serverPort, seed, ...sockets);
  }

  /** The server's description with this place in the stead of the server's own port. */
  stepIn(description: string): string {
    const { port } = this.#near.address();
    return description.replaceAll(` ${HOST} ${this.#serverPort} `, ` ${HOST} ${port} `);
  }

  close(): void {
    this.#near.close();
    this.#far.close();
  }

  #passes(): boolean {
    const passes = !this.#random.chance(this.loss);
    this.counts[passes ? 'passed' : 'lost']++;
    return passes;
  }
}
