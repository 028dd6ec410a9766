import type { MediaPath, Member as MemberState, Mode } from '@madang/protocol';

/** How many can talk to each other without the server before it takes over. */
const MOST_ALONE = 2;
/** Whose members send to each other. */
const PEER_TO_PEER_DIALECT = 'madang';

/** Where the media of a new room runs. */
export function firstPath(mode: Mode): MediaPath {
  return mode === 'sfu' ? 'sfu' : 'p2p';
}

/** Whether these cannot, or should not, send to each other without the server. */
export function needServer(members: readonly MemberState[]): boolean {
  return members.length > MOST_ALONE || members.some(({ dialect }) => dialect !== PEER_TO_PEER_DIALECT);
}
