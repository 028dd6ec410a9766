import type { IceRestart } from '../../peer/index.js';
import type { MediaCommandOf, MediaReply } from '../../ports/index.js';
import { readFragment, writeFragment } from '../../sdp/index.js';
import { refuse, refusedText } from '../refusals.js';
import type { RouterState } from '../router-state.js';

/**
 * Reads a fragment of trickle ICE (RFC 8840). Candidates are left alone: a lite agent waits for checks. Other credentials
 * than those of the last description are an ICE restart, as of RFC 9725 §4.3.3.
 */
export function trickle(command: MediaCommandOf<'trickle'>, state: RouterState): MediaReply<'trickle'> {
  const connection = state.connections.get(command.connection);
  if (connection === undefined) return refuse('unknown_connection', 'There is no such connection.');
  const read = readFragment(command.fragment);
  if ('fault' in read) return refusedText('fragment', read);
  const { iceUfrag: ufrag, icePwd: pwd } = read;
  if (ufrag === null && pwd === null) return { ok: true, fragment: null };
  if (ufrag === null || pwd === null)
    return refuse('malformed', 'The fragment has only one of a=ice-ufrag and a=ice-pwd.');
  const restart = state.peers.restartIce(connection.peer, { ufrag, pwd });
  return { ok: true, fragment: restart === null ? null : fragmentOf(restart) };
}

/** Candidates stand where the answer had them: in the first section that is open. */
function fragmentOf({ state: { local, sections }, candidates }: IceRestart): string {
  const mid = sections.find(({ type }) => type !== 'closed')?.mid ?? '0';
  return writeFragment({
    iceUfrag: local.ufrag,
    icePwd: local.pwd,
    sections: [{ mid, candidates, endOfCandidates: true }],
  });
}
