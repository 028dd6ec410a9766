import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';

const NAMES: ReadonlySet<string> = new Set(['socket.io.js', 'socket.io.min.js', 'socket.io.esm.min.js']);

interface Script {
  readonly body: Buffer;
  readonly etag: string;
}

const cache = new Map<string, Script>();

/**
 * Serves the browser's side of socket.io, which pages of the classic lesson load from the server they talk to. False
 * when `name` is none of its files. Any page may load it, wherever it comes from: it is public.
 */
export function serveClientScript(name: string, req: IncomingMessage, res: ServerResponse): boolean {
  if (!NAMES.has(name)) return false;
  const { body, etag } = read(name);
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=0, must-revalidate',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
    etag,
  };
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { allow: 'GET, HEAD' }).end();
  } else if (req.headers['if-none-match'] === etag) {
    res.writeHead(304, headers).end();
  } else {
    res.writeHead(200, { ...headers, 'content-length': body.length }).end(req.method === 'HEAD' ? undefined : body);
  }
  return true;
}

function read(name: string): Script {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const root = createRequire(import.meta.url).resolve('socket.io/package.json');
  const body = readFileSync(new URL(`client-dist/${name}`, `file://${root}`));
  const script = { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
  cache.set(name, script);
  return script;
}
