import { DONE, refuse } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

/** Ends another's membership, or one's own, at once: no grace, no resume. */
export const kick: MemberCommand<'kick'> = {
  needs: 'kick',
  once: true,
  carryOut({ rooms, room, member, now }, { target, reason }) {
    const kicked = room.members.get(target);
    if (kicked === undefined) return refuse('member_not_found');
    const note = reason === undefined ? {} : { note: reason };
    rooms.post.send(kicked, { type: 'ended', reason: 'kicked', by: member.id, ...note }, now);
    rooms.end(kicked, 'kicked', now);
    return DONE;
  },
};
