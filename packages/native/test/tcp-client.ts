import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A datagram with its length in front (RFC 4571 §2). */
export function framed(datagram: Uint8Array): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(datagram.length);
  return Buffer.concat([length, datagram]);
}

/** The other end of a connection to a plane: a socket of Node that writes bytes and reads frames. */
export class TcpClient {
  readonly socket: Socket;
  readonly heard: Buffer[] = [];
  isOver = false;
  #rest = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('close', () => {
      this.isOver = true;
    });
    socket.on('error', () => {});
  }

  static async open(port: number, host = '127.0.0.1'): Promise<TcpClient> {
    const socket = connect({ port, host });
    await once(socket, 'connect');
    return new TcpClient(socket);
  }

  get port(): number {
    return this.socket.localPort!;
  }

  send(...datagrams: readonly Uint8Array[]): void {
    this.socket.write(Buffer.concat(datagrams.map(framed)));
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 2 && this.#rest.length >= 2 + this.#rest.readUInt16BE(0)) {
      const end = 2 + this.#rest.readUInt16BE(0);
      this.heard.push(this.#rest.subarray(2, end));
      this.#rest = this.#rest.subarray(end);
    }
  }
}
