import { DONE, refuse } from '../outcome.js';
import { may } from '../permissions.js';
import type { MemberCommand } from './member-command.js';

/** Raises or lowers the member's own hand; a hand already up keeps its place. A host may lower another's. */
export const hand: MemberCommand<'hand'> = {
  needs: 'hand',
  once: true,
  carryOut({ rooms, room, member, now }, { raised, target, wallMs }) {
    const isOwn = target === undefined || target === member.id;
    if (!isOwn && (raised || !may(member.state.role, 'lower-hand-of-others'))) return refuse('forbidden', 'member');
    const whose = isOwn ? member : room.members.get(target);
    if (whose === undefined) return refuse('member_not_found');
    const isUp = whose.state.handRaisedWallMs !== null;
    if (isUp !== raised) rooms.change(whose, { handRaisedWallMs: raised ? wallMs : null }, now);
    return DONE;
  },
};
