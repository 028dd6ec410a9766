import { z } from 'zod';
import type { ProtocolError } from './errors.js';
import type { RoomEvent } from './events.js';
import { Generation } from './generation.js';
import { LIMITS } from './limits.js';
import { PeerSignal, TrackDescription } from './peer-signal.js';
import { Report } from './report.js';
import {
  type ChatMessage,
  ChatText,
  type IceServer,
  MediaState,
  type Member,
  MemberId,
  MemberName,
  Metadata,
  Mode,
  Reaction,
  Role,
  type Room,
  RoomName,
  Source,
} from './room.js';
import { Want } from './want.js';

/**
 * A number that the client gives a request, increasing while it is in the room. A request that is sent again under the
 * number of one already carried out is acknowledged as `{ ok: true, repeated: true }` and does nothing: so a client may
 * repeat after a resume whatever was not acknowledged.
 */
const n = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional();

const Reason = z
  .string()
  .max(LIMITS.reasonChars)
  .transform((text) => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim());

const Sdp = z.string().max(LIMITS.sdpChars);
const AnswerSdp = z.string().max(LIMITS.answerSdpChars);

const Token = z.string().min(1).max(128);

/** Client to server: the payload of every event. Each is acknowledged with a `Reply`. */
export const REQUESTS = {
  join: z.strictObject({
    protocol: z.number().int(),
    room: RoomName,
    name: MemberName,
    /** `viewer` asks to watch only. Who becomes host is the server's to say. */
    role: z.enum(['participant', 'viewer']).optional(),
    /** The mode of the room if this member is the first; ignored otherwise. */
    mode: Mode.optional(),
    /** The modes of rooms that this client can take part in; absent for `p2p` alone. */
    modes: z.array(Mode).max(8).optional(),
    /** Whether this member encrypts its media end to end. Opens the room as such if it is the first, and must fit it. */
    encrypted: z.boolean().optional(),
    media: MediaState.optional(),
    metadata: Metadata.optional(),
    /** The resume token of a membership of one's own that this one takes the place of. One that is over is ignored. */
    replaces: Token.optional(),
  }),
  resume: z.strictObject({
    protocol: z.number().int(),
    token: Token,
    /** The `seq` of the last event handled; 0 when there was none. */
    seq: z.number().int().min(0),
  }),
  leave: z.strictObject({ n }),
  members: z.strictObject({ n }),
  rename: z.strictObject({ n, name: MemberName }),
  metadata: z.strictObject({ n, metadata: Metadata }),
  'room-metadata': z.strictObject({ n, metadata: Metadata }),
  media: z.strictObject({ n, media: MediaState.partial() }),
  hand: z.strictObject({
    n,
    raised: z.boolean(),
    /** A host may lower another member's hand. */
    member: MemberId.optional(),
  }),
  react: z.strictObject({ n, reaction: Reaction }),
  chat: z.strictObject({ n, text: ChatText }),
  'peer-signal': z.strictObject({ n, to: MemberId, signal: PeerSignal }),
  report: z.strictObject({ n, report: Report }),
  publish: z.strictObject({
    n,
    generation: Generation,
    /** An offer of the publishing connection: its first, a later one, or an ICE restart. */
    sdp: Sdp,
    /** What is sent in which media section. */
    tracks: z.array(TrackDescription).max(LIMITS.tracksPerDescription),
  }),
  unpublish: z.strictObject({ n }),
  subscribe: z.strictObject({
    n,
    generation: Generation,
    /** All that the member wants to be sent from now on. */
    tracks: z.array(Want).max(LIMITS.wantsPerSubscription),
    /** Asks for an ICE restart. */
    restart: z.boolean().optional(),
  }),
  answer: z.strictObject({ n, generation: Generation, revision: z.number().int().min(1), sdp: AnswerSdp }),
  unsubscribe: z.strictObject({ n }),
  'ice-servers': z.strictObject({ n }),
  kick: z.strictObject({ n, member: MemberId, reason: Reason.optional() }),
  mute: z.strictObject({ n, member: MemberId, source: Source.exclude(['screen-audio']) }),
  role: z.strictObject({ n, member: MemberId, role: Role }),
  close: z.strictObject({ n }),
} as const;

export type RequestName = keyof typeof REQUESTS;
export const REQUEST_NAMES = Object.keys(REQUESTS) as RequestName[];

/** The payload as the server reads it, after normalising. */
export type Request<N extends RequestName> = z.output<(typeof REQUESTS)[N]>;
/** The payload as a client may write it. */
export type RequestInput<N extends RequestName> = z.input<(typeof REQUESTS)[N]>;

export interface Joined {
  readonly protocol: number;
  /** The id of the member that this connection now is. */
  readonly self: string;
  readonly room: Room;
  /** Everyone in the room, oldest first, `self` included. */
  readonly members: readonly Member[];
  readonly chat: readonly ChatMessage[];
  readonly iceServers: readonly IceServer[];
  /**
   * How long, from now, the credentials in `iceServers` are good for beginning something new: ask `ice-servers` for fresh
   * ones before. What was begun with them goes on. Absent when they do not expire.
   */
  readonly iceServersTtlMs?: number;
  /** With this secret another connection may take over within `graceMs` of a loss. Never log it. */
  readonly resume: { readonly token: string; readonly graceMs: number };
  /** The number of the last event that this state already contains: the next one has `seq + 1`. */
  readonly seq: number;
}

/** As after a join, except that `members` and `room` are as of now and `events` are those missed, to be handled first. */
export interface Resumed extends Omit<Joined, 'chat'> {
  readonly events: readonly RoomEvent[];
}

export interface Results {
  join: Joined;
  resume: Resumed;
  leave: object;
  members: { readonly room: Room; readonly members: readonly Member[] };
  rename: object;
  metadata: object;
  'room-metadata': object;
  media: object;
  hand: object;
  react: object;
  chat: { readonly id: number };
  'peer-signal': object;
  report: object;
  /** The server's answer, with every candidate of its own. */
  publish: { readonly sdp: string };
  unpublish: object;
  subscribe: {
    /** The number of the server's offer, which its answer names. */
    readonly revision: number;
    /** The server's offer; null when nothing is to be negotiated. */
    readonly sdp: string | null;
    /** Which media section each track stands in; those that are gone, or never were, are left out. */
    readonly sections: readonly { readonly mid: string; readonly track: string }[];
  };
  answer: object;
  unsubscribe: object;
  'ice-servers': Pick<Joined, 'iceServers' | 'iceServersTtlMs'>;
  kick: object;
  mute: object;
  role: object;
  close: object;
}

export type Ok<R> = { readonly ok: true } & R;
export interface Repeated {
  readonly ok: true;
  readonly repeated: true;
}
export interface Refused {
  readonly ok: false;
  readonly error: ProtocolError;
}
/** What acknowledges the request `N`. */
export type Reply<N extends RequestName = RequestName> = Ok<Results[N]> | Refused;
