import { DONE, refuse } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

/** Silences a source of a member; a shared screen ends. Turning it on again is the member's own choice. */
export const mute: MemberCommand<'mute'> = {
  needs: 'mute',
  once: true,
  carryOut({ rooms, room, member, now }, { target, source }) {
    const muted = room.members.get(target);
    if (muted === undefined) return refuse('member_not_found');
    const after = source === 'screen' ? 'off' : 'muted';
    const { media } = muted.state;
    if (media[source] === 'off' || media[source] === after) return DONE;
    rooms.post.send(muted, { type: 'muted', by: member.id, source }, now);
    rooms.change(muted, { media: { ...media, [source]: after } }, now);
    return DONE;
  },
};
