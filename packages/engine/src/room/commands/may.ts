import { DONE, refuse } from '../outcome.js';
import { may as roleMay } from '../permissions.js';
import type { MemberCommand } from './member-command.js';

/** Answers whether the member may do something outside of the room's own tables; refuses with `forbidden` if not. */
export const may: MemberCommand<'may'> = {
  needs: null,
  once: false,
  carryOut({ member }, { action }) {
    return roleMay(member.state.role, action) ? DONE : refuse('forbidden', action);
  },
};
