import { REPORT_EVERY_MS } from '../limits.js';
import { DONE, refuse } from '../outcome.js';
import type { MemberCommand } from './member-command.js';

/** Networks bunch up what was sent in time: so much sooner than allowed is no offence. */
const EARLY_MS = 200;

/**
 * Passes on how the member's sending and receiving stand, to the others who understand it. One that comes too soon is
 * refused with `rate_limited`: the member sends its newest one later.
 */
export const report: MemberCommand<'report'> = {
  needs: 'report',
  once: true,
  carryOut({ rooms, room, member, now }, command) {
    if (now - member.reportedAtMs < REPORT_EVERY_MS - EARLY_MS) return refuse('rate_limited', 'report');
    member.reportedAtMs = now;
    const event = { type: 'report', from: member.id, report: command.report } as const;
    rooms.post.broadcast(room, event, now, (other) => other !== member && other.state.dialect === member.state.dialect);
    return DONE;
  },
};
