import type { MediaPath, Member as MemberState, Mode } from '@madang/protocol';
import type { CommandOf } from '../ports/index.js';

/** How many can talk to each other without the server before it takes over. */
const MOST_ALONE = 2;
/** Whose members send to each other. */
const PEER_TO_PEER_DIALECT = 'madang';
/** Whose members send to each other by signals of their own, and to nobody else. */
const CLASSIC_DIALECT = 'classic';

/** Where the media of a new room runs. */
export function firstPath(mode: Mode): MediaPath {
  return mode === 'sfu' ? 'sfu' : 'p2p';
}

/** Whether these cannot, or should not, send to each other without the server. */
export function needServer(members: readonly MemberState[]): boolean {
  const concerned = members.filter(({ dialect }) => dialect !== CLASSIC_DIALECT);
  return concerned.length > MOST_ALONE || concerned.some(({ dialect }) => dialect !== PEER_TO_PEER_DIALECT);
}

/** Whether one who joins can send to others without the server, and not by it. */
export function needsDirect({ able = ['p2p'] }: Pick<CommandOf<'join'>, 'able'>): boolean {
  return able.includes('p2p') && !able.includes('auto');
}
