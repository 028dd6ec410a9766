/**
 * Everything that a WHIP or WHEP request can be told is wrong with it, by a code that stays. `docs/whip.md` is bound to this
 * table by a test.
 */
export const PROBLEMS = {
  bad_room_name: { status: 400, title: 'There can be no room of this name.' },
  bad_query: { status: 400, title: 'The query asks for something that there is not.' },
  malformed_offer: { status: 400, title: 'The body is not the SDP of an offer.' },
  malformed_fragment: { status: 400, title: 'The body is not an SDP fragment.' },
  malformed_wish: { status: 400, title: 'The body is not a JSON object of wishes.' },
  token_missing: { status: 401, title: 'This door asks for a token.' },
  token_unknown: { status: 401, title: 'The token opens nothing here.' },
  token_of_other_door: { status: 403, title: 'The token is good for the other of WHIP and WHEP.' },
  token_of_other_session: { status: 403, title: 'The session was opened with another token.' },
  https_required: { status: 403, title: 'A token is taken over HTTPS only.' },
  origin_refused: { status: 403, title: 'Pages of this origin may not connect.' },
  forbidden: { status: 403, title: 'The room does not allow that.' },
  session_not_found: { status: 404, title: 'There is no such session, or no longer.' },
  member_not_found: { status: 404, title: 'There is no such member in this room.' },
  method_not_allowed: { status: 405, title: 'There is no such method here.' },
  not_acceptable: { status: 406, title: 'The answer is SDP, which the request does not accept.' },
  room_full: { status: 409, title: 'The room is full.' },
  room_peer_to_peer: { status: 409, title: 'The members of this room send to each other, without the server.' },
  room_encrypted: {
    status: 409,
    title: 'The room is encrypted end to end, and what is published here would be clear.',
  },
  etag_mismatch: { status: 412, title: 'The ICE session has another ETag by now.' },
  too_large: { status: 413, title: 'The body is larger than 256 KiB.' },
  unsupported_type: { status: 415, title: 'The body is of a type that is not taken here.' },
  offer_unacceptable: { status: 422, title: 'No connection can come of this offer.' },
  wrong_direction: { status: 422, title: 'The offer sends where it should receive, or the other way round.' },
  fragment_unacceptable: { status: 422, title: 'The fragment cannot be carried out; the session goes on as before.' },
  etag_required: { status: 428, title: 'The request does not say which ICE session it is for.' },
  too_many_requests: { status: 429, title: 'Too many requests in a short time.' },
  too_many_sessions: { status: 429, title: 'Too many sessions from this address.' },
  internal: { status: 500, title: 'The server made a mistake.' },
  no_media: { status: 503, title: 'The media server is not there at the moment.' },
  busy: { status: 503, title: 'This server has as many connections or rooms as it may.' },
  draining: { status: 503, title: 'This server is shutting down and takes no new members.' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemExtra {
  /** What is wrong in this case, as a sentence. */
  readonly detail?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** After so many seconds trying again makes sense. */
  readonly retryAfterS?: number;
}

/** The answer to a request that is refused: problem details (RFC 9457) with the code as `type` and as `code`. */
export function problem(code: ProblemCode, { detail, headers, retryAfterS }: ProblemExtra = {}): Response {
  const { status, title } = PROBLEMS[code];
  const body = { type: `urn:madang:problem:${code}`, title, status, code, ...(detail !== undefined && { detail }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...headers,
      ...(retryAfterS !== undefined && { 'Retry-After': String(retryAfterS) }),
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
    },
  });
}
