import type { Socket } from 'node:net';
import type { StreamTransport, TurnOptions } from '@madang/engine';
import type { KeyPair } from '../../tls/index.js';
import { listenForStreams, type StreamListener } from './stream-listener.js';
import { TurnLoop } from './turn-loop.js';

export interface TurnServiceOptions {
  readonly turn: TurnOptions;
  /** UDP: a socket for each. */
  readonly udpHosts: readonly string[];
  /** TCP and TLS. */
  readonly streamHosts: readonly string[];
  /** 0: a free one, for UDP and TCP the same. Null: neither of them. */
  readonly port: number | null;
  /** Null: no TLS, and no DTLS on the ports for UDP. */
  readonly tls: { readonly port: number; readonly certificate: KeyPair } | null;
}

export interface TurnAddress {
  readonly transport: 'udp' | StreamTransport;
  readonly address: string;
  readonly port: number;
}

/** A port that could not be opened. `cause` is the error of the system. */
export class TurnListenError extends Error {
  override readonly name = 'TurnListenError';
  readonly where: TurnAddress;
  readonly code: string;

  constructor(where: TurnAddress, cause: Error & { readonly code?: string }) {
    super(`${where.transport} ${where.address} port ${where.port}: ${cause.message}`, { cause });
    this.where = where;
    this.code = cause.code ?? '';
  }
}

/** A port that is free for UDP may be taken for TCP: then another one is tried, so many in all. */
const MOST_FREE_PORTS = 8;

/** A STUN and TURN server with its ports open. */
export class TurnService {
  readonly loop: TurnLoop;
  readonly addresses: readonly TurnAddress[];
  readonly #listeners: readonly StreamListener[];
  #isClosed = false;

  private constructor(loop: TurnLoop, addresses: readonly TurnAddress[], listeners: readonly StreamListener[]) {
    this.loop = loop;
    this.addresses = addresses;
    this.#listeners = listeners;
  }

  /**
   * Opens everything, or nothing. Rejects with `TurnListenError` for a port that can't be opened, with `AddonMissing`
   * when the addon was not built.
   */
  static async open(options: TurnServiceOptions): Promise<TurnService> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await TurnService.#openAll(options);
      } catch (error) {
        if (!wasChosenFree(error, options) || tries === MOST_FREE_PORTS) throw error;
      }
    }
  }

  static async #openAll(options: TurnServiceOptions): Promise<TurnService> {
    const { turn, tls } = options;
    const loop = new TurnLoop({ turn, ...(tls && { dtls: identityOf(tls.certificate) }) });
    const addresses: TurnAddress[] = [];
    const listeners: StreamListener[] = [];
    try {
      const port = openUdp(loop, options, addresses);
      for (const wanted of streamPorts(options, port)) {
        // A free port for TLS is the same on every address too.
        const same = wanted.port === 0 && listeners.find(({ transport }) => transport === wanted.transport);
        listeners.push(await openStreams(loop, options, same ? { ...wanted, port: same.port } : wanted));
      }
      addresses.push(...listeners);
      return new TurnService(loop, addresses, listeners);
    } catch (error) {
      loop.close();
      await Promise.all(listeners.map((listener) => listener.close()));
      throw error;
    }
  }

  /** A connection that somebody else has accepted, and what was read of it, become a client's. */
  take(socket: Socket, transport: StreamTransport, early?: Uint8Array): void {
    this.loop.streams.take(socket, transport, early);
  }

  /** Ends the allocations of a member who has left: its credentials may be good for a while yet. */
  revoke(account: string): void {
    if (!this.#isClosed) this.loop.act((core, now) => core.revoke(account, now));
  }

  useCertificate(pair: KeyPair): void {
    for (const listener of this.#listeners) listener.useCertificate(pair);
    this.loop.dtls?.useCertificate(identityOf(pair));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.loop.close();
    await Promise.all(this.#listeners.map((listener) => listener.close()));
  }
}

function identityOf({ cert, key }: KeyPair) {
  return { certificate: cert, key };
}

/** The port that was opened, the same on every address; null when none was wanted. */
function openUdp(loop: TurnLoop, { udpHosts, port }: TurnServiceOptions, opened: TurnAddress[]): number | null {
  if (port === null) return null;
  let at = port;
  for (const address of udpHosts) {
    try {
      at = loop.listen(address, at).port;
    } catch (error) {
      throw new TurnListenError({ transport: 'udp', address, port: at }, error as Error);
    }
    opened.push({ transport: 'udp', address, port: at });
  }
  return at;
}

/** Whether it is about a port that was to be any free one, and was taken by somebody else on another address or transport. */
function wasChosenFree(error: unknown, { port, tls }: TurnServiceOptions): boolean {
  if (!(error instanceof TurnListenError) || error.code !== 'EADDRINUSE') return false;
  return (error.where.transport === 'tls' ? tls?.port : port) === 0;
}

type StreamPort = TurnAddress & { readonly certificate?: KeyPair };

function streamPorts({ streamHosts, tls }: TurnServiceOptions, port: number | null): StreamPort[] {
  return streamHosts.flatMap((address): StreamPort[] => [
    ...(port === null ? [] : [{ transport: 'tcp' as const, address, port }]),
    ...(tls === null ? [] : [{ transport: 'tls' as const, address, port: tls.port, certificate: tls.certificate }]),
  ]);
}

async function openStreams(loop: TurnLoop, { turn }: TurnServiceOptions, wanted: StreamPort): Promise<StreamListener> {
  const { address, port, certificate } = wanted;
  const { streams: most, streamsPerHost: mostPerHost } = turn.limits;
  const options = { address, port, most, mostPerHost, ...(certificate && { certificate }) };
  try {
    return await listenForStreams(options, (socket, transport) => loop.streams.take(socket, transport));
  } catch (error) {
    throw new TurnListenError(wanted, error as Error);
  }
}
