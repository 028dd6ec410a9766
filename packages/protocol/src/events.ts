import { z } from 'zod';
import { Forwarding, MediaEnd, WantedEncodings } from './forwarding.js';
import { Generation } from './generation.js';
import { PeerSignal } from './peer-signal.js';
import { Report } from './report.js';
import { ChatMessage, Member, MemberId, Room, Source } from './room.js';

/** Why a member is no longer in the room. `lost`: the connection was away for longer than the grace time. */
export const LeaveReason = z.enum(['left', 'kicked', 'lost', 'closed']);
export type LeaveReason = z.infer<typeof LeaveReason>;

/** Every event by its `type`, without the number it travels under. */
export const EVENTS = {
  'member-joined': z.object({ type: z.literal('member-joined'), member: Member }),
  'member-left': z.object({ type: z.literal('member-left'), member: MemberId, reason: LeaveReason }),
  'member-changed': z.object({ type: z.literal('member-changed'), member: Member }),
  'room-changed': z.object({ type: z.literal('room-changed'), room: Room }),
  chat: z.object({ type: z.literal('chat'), message: ChatMessage }),
  reaction: z.object({ type: z.literal('reaction'), from: MemberId, reaction: z.string() }),
  'peer-signal': z.object({ type: z.literal('peer-signal'), from: MemberId, signal: PeerSignal }),
  /** How a member's sending and receiving stand now. Replaces that member's report before. */
  report: z.object({ type: z.literal('report'), from: MemberId, report: Report }),
  /** A host muted one of the receiver's sources: stop sending it. */
  muted: z.object({ type: z.literal('muted'), by: MemberId, source: Source.exclude(['screen-audio']) }),
  /** The last event of a membership: nothing follows, and it can't be resumed. */
  ended: z.object({
    type: z.literal('ended'),
    reason: z.enum(['kicked', 'closed']),
    by: MemberId.optional(),
    note: z.string().optional(),
  }),
  /** A connection with the media server is no more: open a new one, under a higher generation. */
  'media-ended': z.object({
    type: z.literal('media-ended'),
    connection: z.enum(['publish', 'subscribe']),
    generation: Generation,
    reason: MediaEnd,
  }),
  /** Who speaks, where the media runs through the server; null when the one who spoke last is gone. */
  speaker: z.object({ type: z.literal('speaker'), member: MemberId.nullable() }),
  /** How tracks that the receiver wants are sent from now on, and why so. At most twice a second. */
  forwarding: z.object({ type: z.literal('forwarding'), changes: z.array(Forwarding) }),
  /** What the server takes the line to the receiver for: bits a second, wait in queues, loss from 0 to 1. At most every two seconds. */
  line: z.object({
    type: z.literal('line'),
    bps: z.number().nonnegative(),
    queueMs: z.number().nonnegative(),
    loss: z.number().min(0).max(1),
  }),
  /** Which encodings of the receiver's own tracks anybody is to be sent: the others need not be sent here. */
  wanted: z.object({ type: z.literal('wanted'), changes: z.array(WantedEncodings) }),
  /** The server stops within the time given. A peer-to-peer call goes on; join again when the server is back. */
  draining: z.object({ type: z.literal('draining'), withinMs: z.number() }),
} as const;

export type EventType = keyof typeof EVENTS;
export const EVENT_TYPES = Object.keys(EVENTS) as EventType[];
export type EventBody<T extends EventType = EventType> = { [K in T]: z.infer<(typeof EVENTS)[K]> }[T];

/**
 * Server to client: the payload of the socket.io event `event`. `seq` counts the events of one membership from 1
 * without a gap, so that a client knows after a resume which it has handled.
 */
export type RoomEvent<T extends EventType = EventType> = EventBody<T> & { readonly seq: number };
