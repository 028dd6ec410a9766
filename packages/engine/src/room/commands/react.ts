import { DONE } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

export const react: MemberCommand<'react'> = {
  needs: 'react',
  once: true,
  carryOut({ rooms, room, member, now }, { reaction }) {
    rooms.post.broadcast(room, { type: 'reaction', from: member.id, reaction }, now);
    return DONE;
  },
};
