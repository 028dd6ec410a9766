import { DONE, refuse } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

/** Carries a signal to one other member of the room, who may be away: then it waits with the missed events. */
export const peerSignal: MemberCommand<'peer-signal'> = {
  needs: 'peer-signal',
  once: true,
  carryOut({ rooms, room, member, now }, { to, signal }) {
    const target = room.members.get(to);
    if (target === undefined || target === member) return refuse('member_not_found', 'to');
    rooms.post.send(target, { type: 'peer-signal', from: member.id, signal }, now);
    return DONE;
  },
};
