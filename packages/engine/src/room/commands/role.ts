import { ALL_OFF } from '../member.js';
import { DONE, refuse } from '../outcome.js';
import { may } from '../permissions.js';
import type { MemberCommand } from './member-command.js';

/**
 * Gives a member another role. Who may no longer publish has all its sources off and no tracks: its adapter takes
 * them from the media server. A room left without a host gets one by
 * the rule of succession, which may be the one that has just stepped down.
 */
export const role: MemberCommand<'role'> = {
  needs: 'role',
  once: true,
  carryOut({ rooms, room, now }, command) {
    const target = room.members.get(command.target);
    if (target === undefined) return refuse('member_not_found');
    if (target.state.role === command.role) return DONE;
    const silenced = may(command.role, 'publish') ? {} : { media: ALL_OFF, ...(target.state.tracks && { tracks: [] }) };
    rooms.change(target, { role: command.role, ...silenced }, now);
    rooms.ensureHost(room, now);
    return DONE;
  },
};
