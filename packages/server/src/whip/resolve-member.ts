import type { MemberId } from '@madang/engine';
import type { Guest } from './guest.js';
import { problem } from './problem.js';

/**
 * The member of the guest's room whom a wish names by id or, failing that, by name: of several of one name, who is there
 * longest. Undefined when nobody is named.
 */
export async function resolveMember(guest: Guest, named: string | undefined): Promise<MemberId | undefined | Response> {
  if (named === undefined) return undefined;
  const members = (await guest.members()).filter(({ id }) => id !== guest.member);
  const found = members.find(({ id }) => id === named) ?? members.find(({ name }) => name === named);
  if (found !== undefined) return found.id;
  return problem('member_not_found', { detail: 'Nobody in the room has this id or name.' });
}
