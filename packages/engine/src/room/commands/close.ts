import { DONE } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

/** Ends the room for everyone, whoever closes it included, and forgets its chat. */
export const close: MemberCommand<'close'> = {
  needs: 'close',
  once: true,
  carryOut({ rooms, room, member, now }) {
    rooms.post.broadcast(room, { type: 'ended', reason: 'closed', by: member.id }, now);
    rooms.dissolve(room, now);
    return DONE;
  },
};
