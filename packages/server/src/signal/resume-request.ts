import { PROTOCOL_VERSION, type Reply, type Request } from '@madang/protocol';
import type { Seat } from './seat.js';

/** `resume`: takes over a membership by its token; the missed events are in the reply. */
export function answerResume(seat: Seat, payload: Request<'resume'>, answer: (reply: Reply<'resume'>) => void): void {
  const { token, seq } = payload;
  seat.enter<'resume'>(
    (link) => ({ type: 'resume', link, token, seq }),
    (reply) => answer(reply.ok ? { ...reply, protocol: PROTOCOL_VERSION, ...seat.iceServers(reply.self) } : reply),
  );
}
