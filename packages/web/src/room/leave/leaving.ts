import type { MemberView } from '../../state/room-view.js';

type Present = Pick<MemberView, 'isSelf' | 'role' | 'connected'>;

/** Whether somebody who leaves now takes the only host away from others: then it is asked how to leave. */
export function hasToChooseHow(members: readonly Present[]): boolean {
  const hosts = members.filter(({ role }) => role === 'host');
  return members.length > 1 && hosts.length === 1 && hosts[0]?.isSelf === true;
}

/** Those whom a host can hand the room over to: present, and no mere viewers. */
export function heirsOf<T extends Present>(members: readonly T[]): readonly T[] {
  return members.filter(({ isSelf, role, connected }) => !isSelf && connected && role !== 'viewer');
}
