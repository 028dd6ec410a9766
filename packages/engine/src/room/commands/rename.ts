import { DONE } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

export const rename: MemberCommand<'rename'> = {
  needs: 'rename',
  once: true,
  carryOut({ rooms, member, now }, { name }) {
    if (name !== member.state.name) rooms.change(member, { name }, now);
    return DONE;
  },
};
