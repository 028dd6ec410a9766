import type { MemberId } from '@madang/engine';
import type { Guest } from './guest.js';
import { problem } from './problem.js';

/**
 * The members of the guest's room whom a wish names by id or, failing that, by name: of several of one name all, and the guest
 * is told of whoever has it later. Undefined when nobody is named.
 */
export async function resolveMembers(
  guest: Guest,
  named: string | undefined,
): Promise<readonly MemberId[] | undefined | Response> {
  if (named === undefined) return undefined;
  const members = (await guest.members()).filter(({ id }) => id !== guest.member);
  const isId = members.some(({ id }) => id === named);
  const found = isId ? [named] : members.filter(({ name }) => name === named).map(({ id }) => id);
  if (found.length === 0) return problem('member_not_found', { detail: 'Nobody in the room has this id or name.' });
  if (isId) guest.followNobody();
  else guest.follow(named, found);
  return found;
}
