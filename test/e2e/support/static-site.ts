import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Pages from memory, by path, on a free port of loopback. */
export class StaticSite {
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  static async of(pages: Readonly<Record<string, string>>): Promise<StaticSite> {
    const server = createServer((req, res) => {
      const page = pages[new URL(req.url ?? '/', 'http://site').pathname];
      res.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      res.end(page);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new StaticSite(server);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
