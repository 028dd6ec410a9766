import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type RequestListener,
  STATUS_CODES,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { KeyPair } from '../tls/index.js';
import type { Door } from './door.js';
import { HTTP_ALPN, shareTls, type TlsGuest } from './tls-guest.js';

/** What every listener does with what arrives. */
export interface Traffic {
  /** Answers requests that no door handles. */
  readonly app: RequestListener;
  readonly doors: readonly Door[];
  /** Whether one more TCP connection from this address is welcome; called back when it has closed. */
  readonly admits: (address: string, closed: (done: () => void) => void) => boolean;
  readonly log: Logger;
  /** Who shares the port of HTTPS. */
  readonly guest?: TlsGuest;
}

/** One open port on one address. */
export interface Listener {
  readonly scheme: 'http' | 'https';
  readonly address: string;
  readonly port: number;
  /** From now on new connections get this certificate. Only for HTTPS. */
  useCertificate(pair: KeyPair): void;
  /** Takes no more connections, then ends those that are left, upgraded ones too. */
  close(): Promise<void>;
}

/** Times that a client may take, in milliseconds; a slow one is cut off (408) and holds nothing (CWE-400). */
const HEADERS_TIMEOUT_MS = 10_000;
/**
 * Who asks again on a connection that is closed in this moment gets no answer. So the other side has to be the one that gives
 * up first: proxies keep idle connections for 60 s. How many one address may hold is bounded by the cap on connections.
 */
const KEEP_ALIVE_MS = 75_000;
const LIMITS = {
  requestTimeout: 30_000,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
} as const;
const IDLE_MS = 60_000;
const HANDSHAKE_MS = 10_000;

export interface ListenOptions {
  readonly address: string;
  readonly port: number;
  /** With it the listener speaks HTTPS. */
  readonly certificate?: KeyPair;
  /** How long a client may take over its headers. */
  readonly headersTimeoutMs?: number;
}

/** Opens a port. Rejects with the error of the system call, `EADDRINUSE` for one. */
export async function listen(options: ListenOptions, traffic: Traffic): Promise<Listener> {
  const { certificate, headersTimeoutMs = HEADERS_TIMEOUT_MS } = options;
  const limits = { ...LIMITS, headersTimeout: headersTimeoutMs };
  const ALPNProtocols = [HTTP_ALPN, ...(traffic.guest?.alpn ?? [])];
  const secure =
    certificate &&
    createHttpsServer({ ...limits, ...tlsOf(certificate), ALPNProtocols, handshakeTimeout: HANDSHAKE_MS });
  if (secure && traffic.guest) shareTls(secure, traffic.guest, headersTimeoutMs);
  const server: HttpServer | HttpsServer = secure ?? createHttpServer(limits);
  server.timeout = IDLE_MS;
  const sockets = trackSockets(server, traffic);
  route(server, traffic);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.address, port: options.port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (error) => traffic.log.error({ err: error }, 'a listener failed'));
  const { port } = server.address() as AddressInfo;
  return {
    scheme: secure ? 'https' : 'http',
    address: options.address,
    port,
    useCertificate: (pair) => secure?.setSecureContext(tlsOf(pair)),
    close: () => closeServer(server, sockets),
  };
}

function tlsOf(pair: KeyPair) {
  return { cert: pair.cert, key: pair.key, minVersion: 'TLSv1.2' as const };
}

function route(server: HttpServer | HttpsServer, traffic: Traffic): void {
  const doorFor = (request: IncomingMessage) => {
    const path = (request.url ?? '/').replace(/[?#].*$/s, '');
    return traffic.doors.find((door) => door.handles(path));
  };
  server.on('request', (request, response) => {
    // A connection that breaks off in the middle is no error of ours.
    request.on('error', () => {});
    response.on('error', () => {});
    const door = doorFor(request);
    if (door) door.handleRequest(request, response);
    else traffic.app(request, response);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const door = doorFor(request);
    if (door) door.handleUpgrade(request, socket, head);
    else refuse(socket, 404);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') refuse(socket, 408);
    else refuse(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400);
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
}

function refuse(socket: Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy();
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  );
}

function trackSockets(server: HttpServer | HttpsServer, traffic: Traffic): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const welcome = traffic.admits(socket.remoteAddress ?? '', (done) => socket.once('close', done));
    if (!welcome) socket.destroy();
  });
  return sockets;
}

/** Idle connections end at once, the others when they are answered; what is left after a second is cut. */
function closeServer(server: HttpServer | HttpsServer, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, 1_000);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
