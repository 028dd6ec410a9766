import { z } from 'zod';
import { LIMITS } from './limits.js';

/** Letters, digits and a little punctuation of any script; what an address line can carry and a log line can print. */
const ROOM_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M} ._~-]*[\p{L}\p{N}\p{M}_~-])?$/u;
/** Control, format (bidirectional overrides among them), surrogate and private-use characters, and line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
/** As above, but a text may have line breaks and tabs. */
const UNPRINTABLE_IN_TEXT = /[\p{Cs}\u202a-\u202e\u2066-\u2069]|[^\P{Cc}\n\t\r]/u;

export const RoomName = z
  .string()
  .max(LIMITS.roomNameChars * 4)
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(1).max(LIMITS.roomNameChars).regex(ROOM_NAME, 'letters, digits, space and . _ ~ - only'));

export const MemberName = z
  .string()
  .max(LIMITS.memberNameChars * 4)
  .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(LIMITS.memberNameChars)
      .refine((text) => !UNPRINTABLE.test(text), 'no control characters'),
  );

export const ChatText = z
  .string()
  .min(1)
  .max(LIMITS.chatChars)
  .refine((text) => text.trim() !== '' && !UNPRINTABLE_IN_TEXT.test(text), 'printable text only');

export const Reaction = z
  .string()
  .min(1)
  .max(LIMITS.reactionChars)
  .refine((text) => !UNPRINTABLE.test(text) && !/\s/u.test(text), 'one symbol only');

export const MemberId = z.string().min(1).max(64);

export const Role = z.enum(['host', 'participant', 'viewer']);
export type Role = z.infer<typeof Role>;

/** Where a room's media runs: member to member, through the media server, or whichever suits. */
export const Mode = z.enum(['p2p', 'sfu', 'auto']);
export type Mode = z.infer<typeof Mode>;

/** Where a room's media runs at the moment. */
export const MediaPath = z.enum(['p2p', 'sfu']);
export type MediaPath = z.infer<typeof MediaPath>;

/** What a track shows. `screen-audio` is the sound that goes with a shared screen. */
export const Source = z.enum(['microphone', 'camera', 'screen', 'screen-audio']);
export type Source = z.infer<typeof Source>;

/** `off`: nothing is sent, no device is open. `muted`: there is a device, and silence or no picture by choice. */
export const SourceState = z.enum(['on', 'muted', 'off']);
export type SourceState = z.infer<typeof SourceState>;

export const MediaState = z.strictObject({
  microphone: SourceState,
  camera: SourceState,
  screen: SourceState,
});
export type MediaState = z.infer<typeof MediaState>;

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** An object of plain JSON that the server carries and never reads. At most 4 KiB as JSON, 8 levels deep. */
export const Metadata = z
  .custom<Record<string, Json>>((value) => isPlainObject(value) && isShallowJson(value, 8), 'a plain JSON object')
  .refine((value) => utf8Bytes(JSON.stringify(value)) <= LIMITS.metadataBytes, 'at most 4096 bytes as JSON');
export type Metadata = z.infer<typeof Metadata>;

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShallowJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  if (Object.hasOwn(value, '__proto__')) return false;
  return Object.values(value).every((item) => isShallowJson(item, depth - 1));
}

/** Bytes that `text` takes as UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let ix = 0; ix < text.length; ix++) {
    const unit = text.charCodeAt(ix);
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 2;
    else if (unit >= 0x80) bytes += 1;
  }
  return bytes;
}

/** A track that a member gives to the media server. */
export const Track = z.object({
  id: z.string(),
  source: Source,
  /** As in `a=rtpmap`, such as `VP8` or `opus`. */
  codec: z.string(),
  /** How many qualities of it there are to choose from. */
  layers: z.number().int().min(1),
});
export type Track = z.infer<typeof Track>;

export const Member = z.object({
  id: MemberId,
  name: z.string(),
  role: Role,
  media: MediaState,
  /** Wall-clock milliseconds at which the hand went up; null while it is down. Sort by it for the queue. */
  handRaisedWallMs: z.number().nullable(),
  metadata: z.record(z.string(), z.unknown()),
  /** Wall-clock milliseconds of the join. */
  joinedWallMs: z.number(),
  /** False while the member's connection is away and may still be resumed. */
  connected: z.boolean(),
  /** The dialect of the member's adapter. Only `madang` members take part in peer-to-peer calls of this protocol. */
  dialect: z.string(),
  /** What it publishes through the media server; absent or empty while it does not. */
  tracks: z.array(Track).readonly().optional(),
});
export type Member = z.infer<typeof Member>;

export const Room = z.object({
  name: z.string(),
  mode: Mode,
  /** Where its media runs now: in mode `auto` the server decides that anew as members come and go. */
  media: MediaPath,
  /** Its members encrypt their media end to end, with a key that the server never has. Absent: they do not. */
  encrypted: z.boolean().optional(),
  metadata: z.record(z.string(), z.unknown()),
  maxMembers: z.number(),
  createdWallMs: z.number(),
});
export type Room = z.infer<typeof Room>;

export const ChatMessage = z.object({
  /** Unique in the room, increasing. */
  id: z.number().int(),
  /** The member who wrote it; may have left since. */
  from: MemberId,
  /** The writer's name at that time. */
  name: z.string(),
  text: z.string(),
  wallMs: z.number(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** As RTCIceServer of the W3C, urls always a list. */
export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.infer<typeof IceServer>;
