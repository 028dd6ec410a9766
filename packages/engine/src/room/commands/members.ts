import type { MemberCommand } from './member-command.js';

export const members: MemberCommand<'members'> = {
  needs: 'members',
  once: false,
  carryOut({ room }) {
    return { ok: true, room: room.state, members: room.roster() };
  },
};
