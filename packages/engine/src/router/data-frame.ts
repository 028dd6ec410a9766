import { utf8Bytes, utf8Text } from '../bytes/index.js';

/** The first byte of a message on a lane (docs/data-channels.md). */
export const FRAME = {
  TEXT: 1,
  BYTES: 2,
  /** To a sender: what it says to this member is thrown away until `ROOM`. */
  FULL: 16,
  ROOM: 17,
  /** To a sender: this member is not there, or has no such lane. */
  NOBODY: 18,
  /** To a sender: longer than this member takes in one message. */
  TOO_LONG: 19,
} as const;

export type Notice = Exclude<(typeof FRAME)[keyof typeof FRAME], 1 | 2>;

/** What a member says: to one, or with an empty id to all. */
export interface DataFrame {
  readonly type: 1 | 2;
  readonly to: string;
  readonly payload: Uint8Array;
}

/**
 * ```
 * | type (1) | n (1) | id of a member, n bytes of UTF-8 | payload |
 * ```
 *
 * Null for what is no frame, or none that a member may say.
 */
export function readDataFrame(bytes: Uint8Array): DataFrame | null {
  const [type, length] = bytes;
  if (type !== FRAME.TEXT && type !== FRAME.BYTES) return null;
  if (length === undefined || bytes.length < 2 + length) return null;
  const to = utf8Text(bytes.subarray(2, 2 + length));
  return to === null ? null : { type, to, payload: bytes.subarray(2 + length) };
}

/** The same with the id of whoever says it; ids are shorter than 256 bytes. */
export function writeDataFrame(type: number, member: string, payload: Uint8Array): Uint8Array {
  const id = utf8Bytes(member);
  const bytes = new Uint8Array(2 + id.length + payload.length);
  bytes[0] = type;
  bytes[1] = id.length;
  bytes.set(id, 2);
  bytes.set(payload, 2 + id.length);
  return bytes;
}
