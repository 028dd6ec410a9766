import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Files from memory, by path, on a free port of loopback. Whatever is no script and no style sheet is HTML. */
export class StaticSite {
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  static async of(files: Readonly<Record<string, string>>): Promise<StaticSite> {
    const server = createServer((req, res) => {
      const path = new URL(req.url ?? '/', 'http://site').pathname;
      const type = TYPES[extname(path)] ?? 'text/html';
      res.writeHead(files[path] === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` });
      res.end(files[path]);
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
