import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { StreamTransport } from '@madang/engine';
import type { KeyPair } from '../../tls/index.js';
import { HostCount } from './host-count.js';

/** An open port for clients over TCP or TLS. */
export interface StreamListener {
  readonly transport: StreamTransport;
  readonly address: string;
  readonly port: number;
  /** From now on new connections get this certificate. Only for TLS. */
  useCertificate(pair: KeyPair): void;
  /** Takes no more connections, and cuts those that are in a handshake. */
  close(): Promise<void>;
}

export interface StreamListenOptions {
  readonly address: string;
  readonly port: number;
  /** With it the port speaks TLS. */
  readonly certificate?: KeyPair;
  /** Connections, those in a handshake included: of one address (of one /64 in IPv6), and in all. */
  readonly mostPerHost: number;
  readonly most: number;
}

const HANDSHAKE_MS = 10_000;

/** Opens a port and hands every connection to `take`. Rejects with the error of the system call. */
export async function listenForStreams(
  options: StreamListenOptions,
  take: (socket: Socket, transport: StreamTransport) => void,
): Promise<StreamListener> {
  const { certificate, address, port, most, mostPerHost } = options;
  const secure =
    certificate &&
    createTlsServer({ ...tlsOf(certificate), handshakeTimeout: HANDSHAKE_MS, ALPNProtocols: [...TURN_ALPN] });
  const server: Server | TlsServer = secure ?? createTcpServer();
  server.maxConnections = most;
  const open = capConnections(server, mostPerHost);
  if (secure === undefined) server.on('connection', (socket) => take(socket, 'tcp'));
  else {
    secure.on('secureConnection', (socket) => take(socket, 'tls'));
    secure.on('tlsClientError', (_error, socket) => socket.destroy());
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // Such as too many open files when a connection comes: the next may be taken again.
  server.on('error', () => {});
  return {
    transport: secure ? 'tls' : 'tcp',
    address,
    port: (server.address() as AddressInfo).port,
    useCertificate: (pair) => secure?.setSecureContext(tlsOf(pair)),
    close: () => closeServer(server, open),
  };
}

/** RFC 7443 §3: clients may say that they want TURN, or STUN. */
export const TURN_ALPN: readonly string[] = ['stun.turn', 'stun.nat-discovery'];

function tlsOf({ cert, key }: KeyPair) {
  return { cert, key, minVersion: 'TLSv1.2' as const };
}

/** Destroys what is too much of one address, before anything is spent on a handshake. */
function capConnections(server: Server, mostPerHost: number): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  const hosts = new HostCount(mostPerHost);
  server.prependListener('connection', (socket: Socket) => {
    const leave = hosts.enter(socket.remoteAddress ?? '');
    if (leave === null) return void socket.destroy();
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      leave();
    });
  });
  return open;
}

function closeServer(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });
}
