import type { Reply, Request } from '@madang/protocol';
import type { Seat } from './seat.js';

/** `leave`: once it is carried out nothing more is heard of the room, and the connection may join another. */
export function answerLeave(seat: Seat, payload: Request<'leave'>, answer: (reply: Reply<'leave'>) => void): void {
  const resume = seat.page.pause();
  seat.ask<'leave'>(
    (member) => ({ type: 'leave', member, ...payload }),
    (reply) => {
      if (reply.ok) seat.vacate();
      answer(reply);
      resume();
    },
  );
}
