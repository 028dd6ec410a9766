import { DONE } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

export const leave: MemberCommand<'leave'> = {
  needs: 'leave',
  once: true,
  carryOut({ rooms, member, now }) {
    rooms.end(member, 'left', now);
    return DONE;
  },
};
