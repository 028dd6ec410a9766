import { refuse } from '../outcome.js';
import { may as roleMay } from '../permissions.js';
import type { MemberCommand } from './member-command.js';

/** Answers whether the member may do something outside of the room's own tables, and in which room; `forbidden` if not. */
export const may: MemberCommand<'may'> = {
  needs: null,
  once: false,
  carryOut({ room, member }, { action }) {
    const { name, mode } = room.state;
    return roleMay(member.state.role, action) ? { ok: true, room: name, mode } : refuse('forbidden', action);
  },
};
