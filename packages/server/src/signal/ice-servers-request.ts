import { protocolError, type Reply, type Request } from '@madang/protocol';
import type { Seat } from './seat.js';

/** `ice-servers`: a fresh list for a call that goes on for long. Members only: it may hold credentials. */
export function answerIceServers(
  seat: Seat,
  _payload: Request<'ice-servers'>,
  answer: (reply: Reply<'ice-servers'>) => void,
): void {
  if (!seat.inside) return void answer({ ok: false, error: protocolError('not_joined') });
  answer({ ok: true, iceServers: seat.page.surroundings.iceServers });
}
