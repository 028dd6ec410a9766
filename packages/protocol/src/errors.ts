import { z } from 'zod';

interface CatalogueRow {
  /** The HTTP status an HTTP door answers with. */
  readonly status: number;
  /** One sentence for the person who reads it. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * Every error that leaves the server. Codes are stable, sentences are not. `docs/errors.md` is bound to this table by a
 * test; adapters turn a row into an acknowledgement, an HTTP status or a number of their own dialect.
 */
export const ERRORS = {
  bad_request: {
    status: 400,
    message: 'The message does not have the form that the protocol asks for.',
    remedy: 'Compare it with docs/protocol.md; `detail` names the field.',
  },
  unknown_event: {
    status: 404,
    message: 'There is no event of this name.',
    remedy: 'Compare the name with docs/protocol.md.',
  },
  message_too_large: {
    status: 413,
    message: 'The message is larger than its kind may be.',
    remedy: 'Send less at once; files belong on a data channel.',
  },
  rate_limited: {
    status: 429,
    message: 'Too many messages in a short time.',
    remedy: 'Wait for `retryAfterMs`, then go on more slowly.',
  },
  too_many_connections: {
    status: 429,
    message: 'Too many connections from this address.',
    remedy: 'Close some, or raise --max-connections-per-address.',
  },
  origin_refused: {
    status: 403,
    message: 'Pages of this origin may not connect.',
    remedy: 'Allow the origin with --allow-origin.',
  },
  protocol_mismatch: {
    status: 400,
    message: 'Client and server speak different versions of the protocol.',
    remedy: 'Reload the page, or update the client.',
  },
  not_joined: {
    status: 409,
    message: 'This connection is in no room.',
    remedy: 'Send `join` first.',
  },
  already_joined: {
    status: 409,
    message: 'This connection is in a room already.',
    remedy: 'Leave that room first, or open a second connection.',
  },
  room_full: {
    status: 409,
    message: 'This room is full.',
    remedy: 'Wait until somebody leaves, or open another room. A peer-to-peer room holds four.',
  },
  too_many_rooms: {
    status: 503,
    message: 'This server holds as many rooms as it may.',
    remedy: 'Try again later, or raise --max-rooms.',
  },
  mode_unavailable: {
    status: 501,
    message: 'A room of this mode cannot be opened here, or not by this kind of client.',
    remedy: 'Ask for mode `p2p`.',
  },
  room_through_server: {
    status: 409,
    message: 'The media of this room goes through the server, and this client cannot take part in that.',
    remedy: 'Name the mode in `modes` of `join`, watch the room at /watch/ROOM, or open another room.',
  },
  room_peer_to_peer: {
    status: 409,
    message: 'The members of this room send to each other, without the server.',
    remedy: 'Take a room of another name for what goes through the server.',
  },
  media_unavailable: {
    status: 503,
    message: 'The media server cannot be reached.',
    remedy: 'Try again in a moment; without a media port there is none at all.',
  },
  media_full: {
    status: 503,
    message: 'The media server has as many connections as it may have.',
    remedy: 'Try again later, or start more media threads.',
  },
  media_refused: {
    status: 400,
    message: 'No connection can come of this description.',
    remedy: 'Compare it with docs/protocol.md; `detail` says why.',
  },
  media_outdated: {
    status: 409,
    message: 'There is another connection, or another offer, in the place of this one.',
    remedy: 'Ask `subscribe` again, or begin under a higher generation.',
  },
  room_encrypted: {
    status: 409,
    message: 'This room is encrypted end to end, and this client has no key for it.',
    remedy: 'Open the whole link, with what stands behind its `#`, in a browser that can encrypt.',
  },
  room_not_encrypted: {
    status: 409,
    message: 'This room is open already, and not encrypted end to end.',
    remedy: 'Take a room of another name for an encrypted call.',
  },
  forbidden: {
    status: 403,
    message: 'Your role in this room does not allow that.',
    remedy: 'Ask a host of the room.',
  },
  member_not_found: {
    status: 404,
    message: 'There is no such member in this room.',
    remedy: 'The member has left; ask for `members`.',
  },
  resume_expired: {
    status: 410,
    message: 'The session can no longer be resumed.',
    remedy: 'Join again.',
  },
  membership_ended: {
    status: 410,
    message: 'This membership has ended.',
    remedy: 'Do not resume or join by itself: `detail` says why it ended, and the person decides.',
  },
  shutting_down: {
    status: 503,
    message: 'This server is shutting down and takes no new members.',
    remedy: 'Try again in a moment.',
  },
  not_found: {
    status: 404,
    message: 'There is nothing at this address.',
    remedy: 'Check the address.',
  },
  internal: {
    status: 500,
    message: 'The server made a mistake.',
    remedy: 'Try again; the operator finds the cause in the log.',
  },
} as const satisfies Record<string, CatalogueRow>;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** The error of an acknowledgement or of an HTTP body. */
export const ProtocolError = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  /** Which field, which limit: for developers. */
  detail: z.string().optional(),
  retryAfterMs: z.number().optional(),
});
export type ProtocolError = z.infer<typeof ProtocolError>;

/** The row of the catalogue as a value to send, with an optional detail. */
export function protocolError(code: ErrorCode, extra: { detail?: string; retryAfterMs?: number } = {}): ProtocolError {
  return { code, message: ERRORS[code].message, ...extra };
}
