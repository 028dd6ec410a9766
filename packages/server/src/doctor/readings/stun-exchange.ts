import { createSocket } from 'node:dgram';
import type { EventEmitter } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { readStunResponse, type StunRequest, type StunResponse, stunLength } from './stun.js';

/** Where a STUN server is asked, and how. */
export interface StunPlace {
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly host: string;
  /** An address of the host. */
  readonly address: string;
  readonly port: number;
}

/** One socket to a server, over which requests are answered one after the other. */
export interface StunExchange {
  /** Null when no answer comes in time. Rejects with what breaks the connection; `ENOTSTUN` for another protocol. */
  ask(request: StunRequest): Promise<StunResponse | null>;
  close(): void;
}

/** How long an answer may take; a UDP request is repeated meanwhile (RFC 8489 §6.2.1). */
export const PATIENCE_MS = 3_000;
const REPEATS_MS = [500, 1_500];

/** Rejects with what keeps a TCP or TLS connection from coming about; `ETIMEDOUT` after the patience. */
export function openExchange(place: StunPlace): Promise<StunExchange> {
  return place.transport === 'udp' ? openUdp(place) : openStream(place);
}

function openUdp({ address, port }: StunPlace): Promise<StunExchange> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, address, () => {
      // Between two requests nobody waits for anything that could fail.
      socket.off('error', reject).on('error', () => {});
      const ask = (request: StunRequest) =>
        answerOf(
          socket,
          'message',
          (bytes: Buffer) => readStunResponse(bytes, request.transaction),
          () => {
            socket.send(request.bytes);
            const timers = REPEATS_MS.map((ms) => setTimeout(() => socket.send(request.bytes), ms));
            return () => {
              for (const timer of timers) clearTimeout(timer);
            };
          },
        );
      resolve({ ask, close: () => socket.close() });
    });
  });
}

async function openStream(place: StunPlace): Promise<StunExchange> {
  const socket = await connected(place);
  let arrived: Buffer = Buffer.alloc(0);
  const ask = (request: StunRequest) => {
    const take = (bytes: Buffer): StunResponse | null => {
      arrived = Buffer.concat([arrived, bytes]);
      const length = stunLength(arrived);
      if (length === 0) throw Object.assign(new Error('no STUN'), { code: 'ENOTSTUN' });
      if (length === undefined || arrived.length < length) return null;
      const response = readStunResponse(arrived.subarray(0, length), request.transaction);
      arrived = arrived.subarray(length);
      return response;
    };
    return answerOf(socket, 'data', take, () => {
      socket.write(request.bytes);
      return () => {};
    });
  };
  return { ask, close: () => socket.destroy() };
}

function connected({ transport, host, address, port }: StunPlace): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const name = host === address ? {} : { servername: host };
    const socket =
      transport === 'tls' ? connectTls({ host: address, port, ...name }) : connectTcp({ host: address, port });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }));
    }, PATIENCE_MS);
    socket.once('error', reject);
    socket.once(transport === 'tls' ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      socket.on('error', () => {});
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(timer));
  });
}

/** Sends by `send`, which returns what ends it, and waits for what `take` makes an answer of. */
function answerOf(
  socket: EventEmitter,
  event: 'message' | 'data',
  take: (bytes: Buffer) => StunResponse | null,
  send: () => () => void,
): Promise<StunResponse | null> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      stop();
      clearTimeout(timer);
      socket.off(event, arrive);
      socket.off('error', fail);
      socket.off('close', closed);
      settle();
    };
    const arrive = (bytes: Buffer) => {
      try {
        const answer = take(bytes);
        if (answer !== null) end(() => resolve(answer));
      } catch (error) {
        end(() => reject(error));
      }
    };
    const fail = (error: Error) => end(() => reject(error));
    const closed = () => end(() => resolve(null));
    const timer = setTimeout(() => end(() => resolve(null)), PATIENCE_MS);
    socket.on(event, arrive);
    socket.on('error', fail);
    socket.on('close', closed);
    const stop = send();
  });
}
