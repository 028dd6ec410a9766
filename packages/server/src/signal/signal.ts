import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { MediaPort, MediaRights, MemberId, RoomPort } from '@madang/engine';
import { Server as Engine, type Socket as EngineSocket } from 'engine.io';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { Server } from 'socket.io';
import * as parser from 'socket.io-parser';
import type { Caller } from '../auth/index.js';
import { Connection, type ConnectionSettings } from './connection.js';
import { Door } from './door.js';
import { JsonEncoder } from './json-encoder.js';
import { MediaDesk } from './media-desk.js';
import { packetGate } from './packet-gate.js';
import type { Surroundings } from './page.js';
import { SparingLog } from './sparing-log.js';
import { Tally } from './tally.js';
import { WriteBatch } from './write-batch.js';

/** The keys of the configuration that the signaling reads. */
export interface SignalConfig {
  readonly basePath: string;
  readonly trustProxy: readonly string[];
  readonly allowOrigin: readonly string[];
  readonly maxConnectionsPerAddress: number;
  readonly messageRate: number;
}

/** Times that a test may shorten. */
export interface SignalTimes {
  readonly pingIntervalMs: number;
  readonly pingTimeoutMs: number;
  /** From the first byte of a connection to its socket.io handshake. */
  readonly connectMs: number;
  /** A connection that is in no room for this long is closed: long enough to sit before a mirror, and no longer. */
  readonly roomlessMs: number;
  readonly closeMs: number;
}

export interface SignalDeps {
  readonly rooms: RoomPort;
  readonly config: SignalConfig;
  readonly iceServersFor: Surroundings['iceServersFor'];
  readonly log: Logger;
  readonly registry: Registry;
  readonly times?: Partial<SignalTimes>;
}

/** The socket.io door. Several HTTP servers may hand it their requests. */
export interface Signal {
  /** Whether the path (without query, base path included) is this door's. */
  handles(path: string): boolean;
  handleRequest(req: IncomingMessage, res: ServerResponse): void;
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** From now on members may have connections with the media server. */
  serve(media: MediaPort): void;
  /** A membership has ended. */
  departed(member: MemberId): void;
  /** Something else of a member may be forwarded than before. */
  heed(rights: MediaRights): void;
  /** How many are open. */
  connections(): number;
  /** Ends every connection; members may be resumed as after any loss. */
  close(): Promise<void>;
}

const TIMES: SignalTimes = {
  pingIntervalMs: 10_000,
  pingTimeoutMs: 8_000,
  connectMs: 10_000,
  roomlessMs: 600_000,
  closeMs: 1_000,
};

/**
 * What a transport takes at most, compressed or not. Well above the 256 KiB of the largest message: what lies between is
 * told so in the acknowledgement, what is larger still ends the connection.
 */
const TRANSPORT_BYTES = 393_216;

export function createSignal({ rooms, config, iceServersFor, log, registry, times: changes }: SignalDeps): Signal {
  const times = { ...TIMES, ...changes };
  const engine = new Engine({
    pingInterval: times.pingIntervalMs,
    pingTimeout: times.pingTimeoutMs,
    maxHttpBufferSize: TRANSPORT_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
  });
  const writes = new WriteBatch();
  engine.on('flush', (connection: EngineSocket) => writes.include(connection));
  const tally = new Tally(registry, () => engine.clientsCount);
  const sparing = new SparingLog(log);
  const door = new Door(engine, {
    ...config,
    refused: (reason, caller, origin) => {
      tally.refusedConnection(reason);
      sparing.warn(reason, { reason, ...described(caller), origin }, 'connection refused');
    },
  });
  const failed = (error: unknown) => sparing.error('failed', { err: error }, 'a request failed');
  const desk = new MediaDesk(rooms, failed);
  const settings: ConnectionSettings = {
    surroundings: { rooms, desk, iceServersFor, wallMs: Date.now },
    tally,
    roomlessMs: times.roomlessMs,
    failed,
  };
  listen(engine, door, settings, times.connectMs, config.messageRate);
  return {
    handles: (path) => door.handles(path),
    handleRequest: (req, res) => door.handleRequest(req, res),
    handleUpgrade: (req, socket, head) => door.handleUpgrade(req, socket, head),
    serve: (media) => desk.serve(media),
    departed: (member) => desk.departed(member),
    heed: (rights) => desk.heed(rights),
    connections: () => engine.clientsCount,
    close: () => {
      engine.close();
      return door.close(times.closeMs);
    },
  };
}

function listen(
  engine: Engine,
  door: Door,
  settings: ConnectionSettings,
  connectTimeout: number,
  messageRate: number,
): void {
  const Decoder = packetGate({ messageRate, nowMs: () => performance.now() });
  const io = new Server({ parser: { ...parser, Encoder: JsonEncoder, Decoder }, connectTimeout, serveClient: false });
  io.bind(engine);
  io.on('connection', (socket) => {
    new Connection(socket, door.hostOf(socket.request), settings);
    releaseRequest(socket.conn, socket.handshake);
  });
}

/** The request that opened a connection would otherwise stay in memory, headers and all, for as long as it lasts. */
function releaseRequest(connection: { request: unknown }, handshake: { headers: object }): void {
  connection.request = null;
  handshake.headers = {};
}

function described({ address, protocol, host }: Caller): { address: string; asked: string } {
  return { address, asked: `${protocol}://${host}` };
}
