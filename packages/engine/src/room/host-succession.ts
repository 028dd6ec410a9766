import type { Member as MemberState } from '@madang/protocol';

interface Candidate {
  readonly state: Pick<MemberState, 'role' | 'connected'>;
}

/**
 * Who becomes host of a room that may have lost its last one: of the members, longest present first, the first that is
 * connected and no viewer, else simply the first. Null when the room has a host, even one that is away, or is empty.
 */
export function successor<T extends Candidate>(members: Iterable<T>): T | null {
  let oldest: T | null = null;
  let oldestAble: T | null = null;
  for (const member of members) {
    if (member.state.role === 'host') return null;
    oldest ??= member;
    if (member.state.connected && member.state.role !== 'viewer') oldestAble ??= member;
  }
  return oldestAble ?? oldest;
}
