import { PROTOCOL_VERSION, type Reply, type Request } from '@madang/protocol';
import type { Seat } from './seat.js';

/** `join`: what the rooms answer, with what only this door knows added. */
export function answerJoin(seat: Seat, payload: Request<'join'>, answer: (reply: Reply<'join'>) => void): void {
  const { protocol: _, modes: able, ...wanted } = payload;
  const { wallMs } = seat.page.surroundings;
  seat.enter<'join'>(
    (link) => ({ type: 'join', link, dialect: 'madang', able, ...wanted, wallMs: wallMs() }),
    (reply) => answer(reply.ok ? { ...reply, protocol: PROTOCOL_VERSION, ...seat.iceServers(reply.self) } : reply),
  );
}
