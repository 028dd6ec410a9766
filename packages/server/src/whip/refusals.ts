import type { MediaRefusalCode } from '@madang/engine';
import type { ErrorCode, ProtocolError } from '@madang/protocol';
import { type ProblemCode, problem } from './problem.js';

/** When a server that is full or restarts its media is worth asking again. */
const BUSY_RETRY_S = 5;

const ROOM_PROBLEMS: { readonly [C in ErrorCode]?: ProblemCode } = {
  room_full: 'room_full',
  room_peer_to_peer: 'room_peer_to_peer',
  room_encrypted: 'room_encrypted',
  too_many_rooms: 'busy',
  mode_unavailable: 'no_media',
  shutting_down: 'draining',
  forbidden: 'forbidden',
  member_not_found: 'member_not_found',
  not_joined: 'session_not_found',
};

const OFFER_PROBLEMS: Readonly<Record<MediaRefusalCode, ProblemCode>> = {
  malformed: 'malformed_offer',
  unacceptable: 'offer_unacceptable',
  direction: 'wrong_direction',
  full: 'busy',
  unknown_connection: 'session_not_found',
  connection_exists: 'internal',
  revision: 'internal',
  unavailable: 'no_media',
};

const FRAGMENT_PROBLEMS: Readonly<Record<MediaRefusalCode, ProblemCode>> = {
  ...OFFER_PROBLEMS,
  malformed: 'malformed_fragment',
  unacceptable: 'fragment_unacceptable',
  direction: 'fragment_unacceptable',
};

/** What the room refuses, as an answer. */
export function roomProblem({ code, detail }: ProtocolError): Response {
  return withRetry(ROOM_PROBLEMS[code] ?? 'internal', detail);
}

/** What the media server refuses of an offer. */
export function offerProblem({ code, detail }: { code: MediaRefusalCode; detail: string }): Response {
  return withRetry(OFFER_PROBLEMS[code], detail);
}

/** What it refuses of a fragment, or of a wish. */
export function fragmentProblem({ code, detail }: { code: MediaRefusalCode; detail: string }): Response {
  return withRetry(FRAGMENT_PROBLEMS[code], detail);
}

/** With `Retry-After` where that is all there is to do. */
export function withRetry(code: ProblemCode, detail?: string): Response {
  const passes = code === 'busy' || code === 'no_media' || code === 'draining';
  return problem(code, { detail, ...(passes && { retryAfterS: BUSY_RETRY_S }) });
}
