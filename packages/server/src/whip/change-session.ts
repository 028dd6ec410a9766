import type { Workings } from './call.js';
import type { Guest } from './guest.js';
import { MERGE_PATCH, mediaTypeOf, SDP_FRAGMENT } from './media-type.js';
import { PATCHES } from './open-session.js';
import { problem } from './problem.js';
import { readBody } from './read-body.js';
import { fragmentProblem } from './refusals.js';
import { resolveMembers } from './resolve-members.js';
import { newEtag, type Session } from './sessions.js';
import { faultOf, viewWishOf, WishChange } from './wish.js';

/** `PATCH`: candidates and ICE restarts, and for a viewer its wishes. */
export async function changeSession(workings: Workings, session: Session, request: Request): Promise<Response> {
  const type = mediaTypeOf(request.headers.get('content-type'));
  if (type === SDP_FRAGMENT) return takeFragment(workings, session, request);
  if (type === MERGE_PATCH && session.door === 'whep') return takeWish(workings, session, request);
  const types = PATCHES[session.door];
  return problem('unsupported_type', { detail: `Send ${types}.`, headers: { 'Accept-Patch': types } });
}

/**
 * A fragment for the ICE session that `If-Match` names, or with `*` for whichever there is, as a restart is told to be
 * (RFC 9725 §4.3.1). 204 when it only brought candidates; 200 with our side and another ETag when it restarted ICE.
 */
async function takeFragment({ media }: Workings, session: Session, request: Request): Promise<Response> {
  const wanted = request.headers.get('if-match');
  if (wanted === null) return problem('etag_required', { detail: 'Send If-Match with the ETag, or * to restart ICE.' });
  if (!matches(wanted, session.etag)) return problem('etag_mismatch', { headers: { ETag: session.etag } });
  const fragment = await readBody(request);
  if (fragment === null) return problem('too_large');
  const reply = await media.command<'trickle'>({ type: 'trickle', connection: session.connection, fragment });
  if (!reply.ok) return fragmentProblem(reply);
  if (reply.fragment === null) return new Response(null, { status: 204, headers: { ETag: session.etag } });
  session.etag = newEtag();
  return new Response(reply.fragment, { status: 200, headers: { 'Content-Type': SDP_FRAGMENT, ETag: session.etag } });
}

/** Strong comparison (RFC 9110 §13.1.1): a weak tag matches nothing. */
function matches(header: string, etag: string): boolean {
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim() === etag);
}

async function takeWish({ media }: Workings, session: Session, request: Request): Promise<Response> {
  const change = await readChange(request);
  if (change instanceof Response) return change;
  const { guest, connection } = session;
  if (guest === null) return problem('session_not_found');
  const wish = await resolved(guest, change);
  if (wish instanceof Response) return wish;
  const reply = await media.command<'wish'>({ type: 'wish', connection, wish });
  return reply.ok ? new Response(null, { status: 204 }) : fragmentProblem(reply);
}

async function readChange(request: Request): Promise<WishChange | Response> {
  const text = await readBody(request);
  if (text === null) return problem('too_large');
  try {
    const read = WishChange.safeParse(JSON.parse(text));
    return read.success ? read.data : problem('malformed_wish', { detail: faultOf(read.error) });
  } catch {
    return problem('malformed_wish', { detail: 'It is no JSON.' });
  }
}

async function resolved(guest: Guest, change: WishChange) {
  const same = viewWishOf<null>(change);
  if (change.member === undefined) return same;
  if (change.member === null) {
    guest.followNobody();
    return { ...same, members: null };
  }
  const members = await resolveMembers(guest, change.member);
  return members instanceof Response ? members : { ...same, members };
}
