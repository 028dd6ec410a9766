import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/**
 * A small reverse proxy as an operator would put in front: it passes what lies under `prefix` on, WebSockets included,
 * says in `X-Forwarded-*` who asked for what, and answers 404 to everything else.
 */
export class PrefixProxy {
  /** Paths outside the prefix that were asked for. */
  readonly strays: string[] = [];
  private readonly sockets = new Set<Socket>();

  private readonly server: Server;
  private readonly prefix: string;
  private passesUpgrades = true;

  private constructor(server: Server, prefix: string) {
    this.server = server;
    this.prefix = prefix;
  }

  /** `added`: headers of its own on every answer, in the place of the server's. */
  static async to(port: number, prefix: string, added: Readonly<Record<string, string>> = {}): Promise<PrefixProxy> {
    const proxy = new PrefixProxy(createServer(), prefix);
    proxy.server.on('request', (req, res) => {
      if (proxy.isStray(req)) {
        res.writeHead(404).end();
        return;
      }
      const onward = request(
        { port, host: '127.0.0.1', path: req.url, method: req.method, headers: forwarded(req) },
        (reply) => {
          res.writeHead(reply.statusCode ?? 502, { ...reply.headers, ...added });
          reply.pipe(res);
        },
      );
      onward.on('error', () => res.destroy());
      req.pipe(onward);
    });
    proxy.server.on('upgrade', (req, caller: Socket, head) => {
      if (proxy.passesUpgrades) proxy.upgrade(req, caller, head, port);
      else caller.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    });
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  /** From now on it does as proxies that know no WebSockets: whoever asks for one gets 403. */
  refuseUpgrades(): void {
    this.passesUpgrades = false;
  }

  /** Without the prefix. */
  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private isStray(req: IncomingMessage): boolean {
    const path = req.url ?? '/';
    const inside = path === this.prefix || path.startsWith(`${this.prefix}/`);
    if (!inside && path !== '/favicon.ico') this.strays.push(path);
    return !inside;
  }

  private upgrade(req: IncomingMessage, caller: Socket, head: Buffer, port: number): void {
    if (this.isStray(req)) {
      caller.destroy();
      return;
    }
    const callee = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    const headers = Object.entries(forwarded(req)).map(([name, value]) => `${name}: ${value}\r\n`);
    callee.write(`${req.method} ${req.url} HTTP/1.1\r\n${headers.join('')}\r\n`);
    callee.write(head);
    callee.pipe(caller);
    caller.pipe(callee);
  }
}

function forwarded(req: IncomingMessage): Record<string, string | string[] | undefined> {
  return {
    ...req.headers,
    'x-forwarded-for': req.socket.remoteAddress,
    'x-forwarded-proto': 'http',
    'x-forwarded-host': req.headers.host,
  };
}
