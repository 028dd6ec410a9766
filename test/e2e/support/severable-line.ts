import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP relay on loopback that can be cut like a network cable and mended again. */
export class SeverableLine {
  private readonly sockets = new Set<Socket>();
  private whole = true;

  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  /** A line to `port` on loopback. */
  static async to(port: number): Promise<SeverableLine> {
    const line = new SeverableLine(createServer((caller) => line.carry(caller, port)));
    line.server.listen(0, '127.0.0.1');
    await once(line.server, 'listening');
    return line;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Breaks every connection, and refuses new ones until it is mended. */
  cut(): void {
    this.whole = false;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.whole = true;
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private carry(caller: Socket, port: number): void {
    if (!this.whole) {
      caller.destroy();
      return;
    }
    const callee = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }
}
