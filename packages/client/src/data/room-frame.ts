/** A message on a lane of the room, as it goes through the media server (docs/data-channels.md). */
export const ROOM_FRAME = {
  BYTES: 2,
  /** What is said to this member is thrown away until `ROOM`. */
  FULL: 16,
  ROOM: 17,
  /** This member is not there, or has no such lane. */
  NOBODY: 18,
  /** Longer than this member takes in one message. */
  TOO_LONG: 19,
} as const;

export interface RoomFrame {
  readonly type: number;
  /** Who says it, or whom the server tells something about. */
  readonly member: string;
  /** A view into what arrived, not a copy. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Room for `payloadBytes` to a member, and where they begin. */
export function roomFrameFor(
  member: string,
  payloadBytes: number,
): { readonly frame: Uint8Array<ArrayBuffer>; readonly at: number } {
  const id = new TextEncoder().encode(member);
  const at = 2 + id.length;
  const frame = new Uint8Array(at + payloadBytes);
  frame[0] = ROOM_FRAME.BYTES;
  frame[1] = id.length;
  frame.set(id, 2);
  return { frame, at };
}

/** Null for what is none. */
export function readRoomFrame(data: ArrayBuffer): RoomFrame | null {
  const bytes = new Uint8Array(data);
  const [type, length] = bytes;
  if (type === undefined || length === undefined || bytes.length < 2 + length) return null;
  return { type, member: new TextDecoder().decode(bytes.subarray(2, 2 + length)), payload: bytes.subarray(2 + length) };
}
