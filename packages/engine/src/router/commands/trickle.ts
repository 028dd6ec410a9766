import type { IceRestart } from '../../peer/index.js';
import type { MediaCommandOf, MediaReply } from '../../ports/index.js';
import { readFragment, writeFragment } from '../../sdp/index.js';
import { refuse, refusedText } from '../refusals.js';
import type { RouterState } from '../router-state.js';

const CREDENTIALS = /^a=ice-(?:ufrag|pwd):/m;

/**
 * Reads a fragment of trickle ICE (RFC 8840). Candidates are left alone: a lite agent waits for checks. Other credentials
 * than those of the last description are an ICE restart, as of RFC 9725 §4.3.3.
 */
export function trickle(command: MediaCommandOf<'trickle'>, state: RouterState): MediaReply<'trickle'> {
  const connection = state.connections.get(command.connection);
  if (connection === undefined) return refuse('unknown_connection', 'There is no such connection.');
  if (connection.type === 'subscribe') return refuse('direction', 'What this connection is sent is ours to offer.');
  const read = readFragment(command.fragment);
  if ('fault' in read) return refusedText('fragment', read);
  const { iceUfrag: ufrag, icePwd: pwd } = read;
  if (ufrag === null || pwd === null) {
    if (!CREDENTIALS.test(command.fragment)) return { ok: true, fragment: null };
    return refuse('malformed', 'a=ice-ufrag has 4 to 256 characters of ICE, a=ice-pwd 22 to 256, and there are both.');
  }
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
