import { DONE } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

/** Carries a message to the other members of the sender's dialect, unread. */
export const dialectSignal: MemberCommand<'dialect-signal'> = {
  needs: 'dialect-signal',
  once: true,
  carryOut({ rooms, room, member, now }, { data }) {
    const { dialect } = member.state;
    rooms.post.broadcast(
      room,
      { type: 'dialect-signal', from: member.id, data },
      now,
      (other) => other !== member && other.state.dialect === dialect,
    );
    return DONE;
  },
};
