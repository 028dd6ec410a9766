import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { ERRORS, type ErrorCode, protocolError } from '@madang/protocol';
import type { Server as Engine, Socket as EngineSocket } from 'engine.io';
import { AddressCounts, addressGroup, type Caller, callerOf, judgeOrigin, proxyTrust } from '../auth/index.js';
import { serveClientScript } from './client-script.js';

export interface DoorSettings {
  readonly basePath: string;
  readonly trustProxy: readonly string[];
  readonly allowOrigin: readonly string[];
  readonly maxConnectionsPerAddress: number;
  readonly refused: (reason: ErrorCode, caller: Caller, origin: string | undefined) => void;
}

type Entrance = { readonly kind: 'in'; readonly caller: Caller; readonly crossOrigin: string | undefined } | Refusal;
type Refusal = { readonly kind: 'refused'; readonly code: ErrorCode };

/**
 * The HTTP side of the signaling: who may open a connection at all, by polling or by WebSocket. Every polling request
 * is judged anew, not only the first of a connection.
 */
export class Door {
  readonly #engine: Engine;
  readonly #settings: DoorSettings;
  readonly #trusts: ReturnType<typeof proxyTrust>;
  readonly #path: string;
  readonly #counts = new AddressCounts();
  readonly #callers = new WeakMap<IncomingMessage, Caller>();
  readonly #upgraded = new Set<Duplex>();

  constructor(engine: Engine, settings: DoorSettings) {
    this.#engine = engine;
    this.#settings = settings;
    this.#trusts = proxyTrust(settings.trustProxy);
    this.#path = `${settings.basePath}/socket.io`;
    engine.on('connection', (connection: EngineSocket) => this.#count(connection));
  }

  /** `path` without its query. */
  handles(path: string): boolean {
    return path === this.#path || path.startsWith(`${this.#path}/`);
  }

  handleRequest(req: IncomingMessage, res: ServerResponse): void {
    const name = this.#fileOf(req);
    if (name !== '') {
      if (!serveClientScript(name, req, res)) answer(res, 'not_found');
      return;
    }
    const entrance = this.#judge(req);
    if (entrance.kind === 'refused') return void answer(res, entrance.code);
    if (entrance.crossOrigin !== undefined) allow(res, entrance.crossOrigin);
    if (req.method === 'OPTIONS') {
      res.writeHead(204).end();
      return;
    }
    try {
      this.#engine.handleRequest(req as Parameters<Engine['handleRequest']>[0], res);
    } catch {
      if (!res.headersSent) answer(res, 'bad_request');
    }
  }

  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const entrance: Entrance = this.#fileOf(req) === '' ? this.#judge(req) : { kind: 'refused', code: 'not_found' };
    if (entrance.kind === 'refused') return void answerUpgrade(socket, entrance.code);
    this.#upgraded.add(socket);
    socket.once('close', () => this.#upgraded.delete(socket));
    try {
      this.#engine.handleUpgrade(req as Parameters<Engine['handleUpgrade']>[0], socket, head);
    } catch {
      answerUpgrade(socket, 'bad_request');
    }
  }

  /** What the caller of the request that opened a connection calls this server. */
  hostOf(req: IncomingMessage): string {
    return this.#callers.get(req)?.host ?? '';
  }

  /** Resolves when no socket is left; those that have not said goodbye after `withinMs` are cut. */
  async close(withinMs: number): Promise<void> {
    const closed = [...this.#upgraded].map((socket) => new Promise<void>((done) => socket.once('close', () => done())));
    const cut = setTimeout(() => {
      for (const socket of this.#upgraded) socket.destroy();
    }, withinMs);
    await Promise.all(closed);
    clearTimeout(cut);
  }

  #judge(req: IncomingMessage): Entrance {
    const caller = callerOf(req as Parameters<typeof callerOf>[0], this.#trusts);
    const { allowOrigin, maxConnectionsPerAddress, refused } = this.#settings;
    const verdict = judgeOrigin(req.headers, caller, allowOrigin);
    const refuse = (code: ErrorCode): Refusal => {
      refused(code, caller, req.headers.origin);
      return { kind: 'refused', code };
    };
    if (verdict === 'refused') return refuse('origin_refused');
    const opens = req.method === 'GET' && !/[?&]sid=/.test(req.url ?? '');
    if (opens && this.#counts.of(addressGroup(caller.address)) >= maxConnectionsPerAddress) {
      return refuse('too_many_connections');
    }
    this.#callers.set(req, caller);
    return { kind: 'in', caller, crossOrigin: verdict === 'allowed' ? req.headers.origin : undefined };
  }

  #count(connection: EngineSocket): void {
    const group = addressGroup(this.#callers.get(connection.request)?.address ?? '');
    this.#counts.add(group);
    connection.once('close', () => this.#counts.remove(group));
  }

  /** What follows our path: empty for a connection, else the name of a file. */
  #fileOf(req: IncomingMessage): string {
    const path = (req.url ?? '').split('?', 1)[0] ?? '';
    return path.slice(this.#path.length).replace(/^\//, '');
  }
}

function allow(res: ServerResponse, origin: string): void {
  res.setHeader('access-control-allow-origin', origin);
  res.setHeader('access-control-allow-methods', 'GET, POST');
  res.setHeader('access-control-allow-headers', 'content-type');
  res.setHeader('access-control-max-age', '7200');
  res.appendHeader('vary', 'Origin');
}

function bodyOf(code: ErrorCode): string {
  return JSON.stringify({ ok: false, error: protocolError(code) });
}

function answer(res: ServerResponse, code: ErrorCode): void {
  const body = bodyOf(code);
  res.writeHead(ERRORS[code].status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body);
}

function answerUpgrade(socket: Duplex, code: ErrorCode): void {
  const body = bodyOf(code);
  const lines = [
    `HTTP/1.1 ${ERRORS[code].status} Refused`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  if (socket.writable) socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  else socket.destroy();
}
