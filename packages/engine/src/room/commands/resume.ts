import type { RoomEvent } from '@madang/protocol';
import type { CommandOf } from '../../ports/index.js';
import { type Outcome, refuse } from '../outcome.js';
import type { Rooms } from '../rooms.js';

/**
 * Moves a membership to another link and gives what it missed. The news that the member is back is among the missed
 * events, so that what follows on the link begins with `seq + 1`.
 *
 * Refuses with `membership_ended` and the reason when the membership was ended on purpose meanwhile, and with
 * `resume_expired` an unknown token, a `seq` that was never given, and one whose successors are forgotten.
 */
export function resume(rooms: Rooms, command: CommandOf<'resume'>, now: number): Outcome<'resume'> {
  if (rooms.memberOn(command.link) !== undefined) return refuse('already_joined');
  const member = rooms.memberOf(command.token);
  if (member === undefined) {
    const end = rooms.endOf(command.token);
    return end === undefined ? refuse('resume_expired', 'token') : refuse('membership_ended', end.reason);
  }
  const missed = member.outbox.after(command.seq);
  if (missed === null) return refuse('resume_expired', 'seq');
  const seqBefore = member.outbox.seq;
  rooms.attach(member, command.link, now);
  const events = [...missed, ...(member.outbox.after(seqBefore) ?? [])];
  return {
    ok: true,
    self: member.id,
    room: member.room.state,
    members: member.room.roster(),
    // Messages of a dialect only reach members of that dialect, whose adapter knows to look for them here.
    events: events as RoomEvent[],
    resume: { token: member.token, graceMs: rooms.limits.graceMs },
    seq: member.outbox.seq,
  };
}
