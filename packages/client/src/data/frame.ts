/** The version of the framing (docs/data.md). It is part of the channels' protocol name, so another one never meets it. */
export const DATA_VERSION = 1;

/** The longest frame of text that is read, in UTF-16 units. */
export const MOST_TEXT = 16_384;

export type MessageKind = 'text' | 'json' | 'binary' | 'blob';
export type DeclineReason = 'person' | 'busy';
/** `forbidden`: whoever sends it may only hear. */
export type RefuseCode = 'data_too_large' | 'forbidden';
/** Why a transfer came to nothing, as the two sides tell each other. */
export type FailReason =
  | 'hash_mismatch'
  | 'file_changed'
  | 'unreadable'
  | 'write_failed'
  | 'out_of_space'
  | 'bad_frames'
  | 'unknown_transfer';

/** What the two ends of a data channel tell each other in text. `stream` names what the chunks of bytes belong to. */
export type Frame =
  | { readonly type: 'hello'; readonly version: number; readonly maxMessageBytes: number }
  | {
      readonly type: 'message';
      readonly stream: number;
      readonly kind: MessageKind;
      readonly size: number;
      readonly topic?: string;
      readonly mime?: string;
    }
  | { readonly type: 'ack'; readonly stream: number }
  | { readonly type: 'refuse'; readonly stream: number; readonly code: RefuseCode }
  | { readonly type: 'drop'; readonly stream: number }
  | {
      readonly type: 'offer';
      readonly id: string;
      readonly stream: number;
      readonly name: string;
      readonly size: number;
      readonly mime: string;
    }
  | { readonly type: 'accept'; readonly id: string; readonly offset: number }
  | { readonly type: 'decline'; readonly id: string; readonly reason: DeclineReason }
  | { readonly type: 'progress'; readonly id: string; readonly bytes: number }
  | { readonly type: 'end'; readonly id: string; readonly sha256: string }
  | { readonly type: 'done'; readonly id: string }
  | { readonly type: 'cancel'; readonly id: string }
  | { readonly type: 'fail'; readonly id: string; readonly reason: FailReason }
  | { readonly type: 'want'; readonly digests: readonly string[] }
  | { readonly type: 'bye'; readonly reason: string };

export type FrameOf<T extends Frame['type']> = Extract<Frame, { type: T }>;
export type TransferFrame = Extract<Frame, { id: string }> | FrameOf<'want'>;

type Check = (value: unknown) => boolean;

const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const text =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= longest;
const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const bytes: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const stream: Check = (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 0xffff_ffff;
const id = matching(/^[0-9a-f]{32}$/);
const sha256 = matching(/^[0-9a-f]{64}$/);
const digests: Check = (value) => Array.isArray(value) && value.length <= 64 && value.every(sha256);

const SHAPES: { readonly [T in Frame['type']]: Readonly<Record<string, Check>> } = {
  hello: { version: bytes, maxMessageBytes: bytes },
  message: {
    stream,
    kind: oneOf('text', 'json', 'binary', 'blob'),
    size: bytes,
    topic: optional(text(128)),
    mime: optional(text(128)),
  },
  ack: { stream },
  refuse: { stream, code: oneOf('data_too_large', 'forbidden') },
  drop: { stream },
  offer: { id, stream, name: text(1_024), size: bytes, mime: text(128) },
  accept: { id, offset: bytes },
  decline: { id, reason: oneOf('person', 'busy') },
  progress: { id, bytes },
  end: { id, sha256 },
  done: { id },
  cancel: { id },
  fail: {
    id,
    reason: oneOf(
      'hash_mismatch',
      'file_changed',
      'unreadable',
      'write_failed',
      'out_of_space',
      'bad_frames',
      'unknown_transfer',
    ),
  },
  want: { digests },
  bye: { reason: text(256) },
};

export function writeFrame(frame: Frame): string {
  return JSON.stringify(frame);
}

/** Reads a frame of text: `unknown` for a type of a later version, undefined for what is no frame. Never throws. */
export function readFrame(source: string): Frame | 'unknown' | undefined {
  const value = source.length > MOST_TEXT ? undefined : parsed(source);
  if (typeof value !== 'object' || value === null) return undefined;
  const { type } = value as { type?: unknown };
  if (typeof type !== 'string') return undefined;
  if (!Object.hasOwn(SHAPES, type)) return 'unknown';
  const shape = SHAPES[type as Frame['type']];
  const frame: Record<string, unknown> = { type };
  for (const [name, check] of Object.entries(shape)) {
    const field = (value as Record<string, unknown>)[name];
    if (!check(field)) return undefined;
    if (field !== undefined) frame[name] = field;
  }
  return frame as Frame;
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
