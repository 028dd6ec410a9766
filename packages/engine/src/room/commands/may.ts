import { refuse } from '../outcome.js';
import { may as roleMay } from '../permissions.js';
import type { MemberCommand } from './member-command.js';

/**
 * Answers whether the member may do something outside of the room's own tables, in which room, and what the others are shown
 * that it gives; `forbidden` if not.
 */
export const may: MemberCommand<'may'> = {
  needs: null,
  once: false,
  carryOut({ room, member }, { action }) {
    const { name, mode } = room.state;
    const { role, tracks = [] } = member.state;
    return roleMay(role, action) ? { ok: true, room: name, mode, tracks } : refuse('forbidden', action);
  },
};
