import type { MediaReply, ViewWish } from '@madang/engine';
import { MemberName } from '@madang/protocol';
import { addressGroup } from '../auth/index.js';
import { hostName } from '../media/index.js';
import type { Call, Workings } from './call.js';
import { type DoorKind, sessionPath } from './door-place.js';
import { Guest } from './guest.js';
import { iceLinks } from './ice-links.js';
import { accepts, MERGE_PATCH, mediaTypeOf, SDP, SDP_FRAGMENT } from './media-type.js';
import { problem } from './problem.js';
import { readBody } from './read-body.js';
import { offerProblem, roomProblem } from './refusals.js';
import { resolveMembers } from './resolve-members.js';
import type { Session } from './sessions.js';
import { viewWishOf, type Wish, wishOf } from './wish.js';

const NAMES: Readonly<Record<DoorKind, string>> = { whip: 'WHIP publisher', whep: 'WHEP viewer' };

/** What a session changes by: fragments, and for a viewer its wishes. */
export const PATCHES: Readonly<Record<DoorKind, string>> = {
  whip: SDP_FRAGMENT,
  whep: `${SDP_FRAGMENT}, ${MERGE_PATCH}`,
};

/** What the request asks for, besides its offer. */
interface Asked {
  readonly name: string;
  readonly wish: Wish;
  readonly offer: string;
  /** What the guest calls this server. */
  readonly reachedAs: string;
}

/** `POST` (RFC 9725 §4.2): a guest joins the room, its offer goes to the media server, and the answer comes back. */
export async function openSession(workings: Workings, call: Call): Promise<Response> {
  const asked = await readAsked(call);
  if (asked instanceof Response) return asked;
  const { sessions, maxSessionsPerAddress } = workings;
  const group = addressGroup(call.caller.address);
  if (sessions.of(group) >= maxSessionsPerAddress) {
    const detail = `There are ${maxSessionsPerAddress}; end some, or raise --max-connections-per-address.`;
    return problem('too_many_sessions', { detail, retryAfterS: 30 });
  }
  const { door, room } = call.place;
  const session = sessions.open({ door, room, holder: call.holder, group });
  try {
    const answered = await carry(workings, session, asked);
    if (!(answered instanceof Response)) return created(workings, call, session, answered.answer);
    sessions.end(session);
    return answered;
  } catch (error) {
    sessions.end(session);
    throw error;
  }
}

async function readAsked({ request, query, place, caller }: Call): Promise<Asked | Response> {
  if (mediaTypeOf(request.headers.get('content-type')) !== SDP) {
    return problem('unsupported_type', { detail: `Send ${SDP}.`, headers: { 'Accept-Post': SDP } });
  }
  if (!accepts(request.headers.get('accept'), SDP)) return problem('not_acceptable', { detail: `Accept ${SDP}.` });
  const name = MemberName.safeParse(query.get('name') ?? NAMES[place.door]);
  if (!name.success) return problem('bad_query', { detail: 'name: 1 to 64 printable characters.' });
  const wish = place.door === 'whep' ? wishOf(query) : {};
  if (typeof wish === 'string') return problem('bad_query', { detail: wish });
  const offer = await readBody(request);
  if (offer === null) return problem('too_large');
  return { name: name.data, wish, offer, reachedAs: hostName(caller.host) };
}

async function carry(
  workings: Workings,
  session: Session,
  asked: Asked,
): Promise<{ readonly answer: string } | Response> {
  const { rooms, sessions } = workings;
  const { door, room } = session;
  const guest = await Guest.enter(rooms, {
    door,
    room,
    name: asked.name,
    wallMs: workings.wallMs(),
    onOut: () => sessions.end(session),
    onNamed: (members) => sessions.show(session, members),
  });
  if (!(guest instanceof Guest)) return roomProblem(guest.error);
  session.guest = guest;
  if (session.isOver) {
    guest.leave();
    return putOut();
  }
  const reply = await (door === 'whip'
    ? publish(workings, session, guest, asked)
    : view(workings, session, guest, asked));
  if (reply instanceof Response) return reply;
  if (!reply.ok) return offerProblem(reply);
  if (!session.isOver) return reply;
  // When the session ended there may have been nothing to hang up yet.
  sessions.hangUp(session);
  return putOut();
}

function putOut(): Response {
  return problem('forbidden', { detail: 'The room has put the guest out meanwhile.' });
}

async function publish(
  { media }: Workings,
  { connection, room }: Session,
  guest: Guest,
  { offer, reachedAs }: Asked,
): Promise<MediaReply<'publish'>> {
  const member = guest.member;
  const reply = await media.command<'publish'>({ type: 'publish', connection, room, member, offer, reachedAs });
  if (reply.ok && guest.isIn) await guest.publish(reply.tracks);
  return reply;
}

async function view(
  { media }: Workings,
  { connection, room }: Session,
  guest: Guest,
  { offer, reachedAs, wish }: Asked,
): Promise<MediaReply<'view'> | Response> {
  const found = await resolveMembers(guest, wish.member);
  if (found instanceof Response) return found;
  const seen: ViewWish = { ...viewWishOf<undefined>(wish), ...(found !== undefined && { members: found }) };
  const about = { connection, room, member: guest.member, offer, reachedAs };
  return media.command<'view'>({ type: 'view', ...about, wish: seen });
}

function created({ basePath, iceServersFor }: Workings, call: Call, session: Session, answer: string): Response {
  const links = iceLinks(iceServersFor(session.guest?.member ?? '', call.caller.host).iceServers);
  return new Response(answer, {
    status: 201,
    headers: {
      'Content-Type': SDP,
      Location: sessionPath(basePath, { ...call.place, session: session.id }),
      ETag: session.etag,
      'Accept-Patch': PATCHES[session.door],
      ...(links !== '' && { Link: links }),
      'Cache-Control': 'no-store',
    },
  });
}
