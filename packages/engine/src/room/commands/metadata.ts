import { DONE } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

export const metadata: MemberCommand<'metadata'> = {
  needs: 'metadata',
  once: true,
  carryOut({ rooms, member, now }, command) {
    rooms.change(member, { metadata: command.metadata }, now);
    return DONE;
  },
};
