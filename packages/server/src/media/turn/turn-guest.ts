import type { Socket } from 'node:net';
import { TURN_ALPN } from './stream-listener.js';
import type { TurnService } from './turn-service.js';

/** The two most significant bits of every STUN message are 0, and no method has the next four (RFC 8489 §5). */
const LAST_FIRST_BYTE = 3;

/** A TURN server as the guest of an HTTPS port: what begins as a STUN message does is its own, and no HTTP does so. */
export function turnGuest(service: Pick<TurnService, 'take'>) {
  return {
    alpn: TURN_ALPN,
    begins: (firstByte: number) => firstByte <= LAST_FIRST_BYTE,
    take: (socket: Socket, early: Uint8Array) => service.take(socket, 'tls', early),
  };
}
