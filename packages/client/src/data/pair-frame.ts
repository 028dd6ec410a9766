import { roomFrameFor } from './room-frame.js';

/**
 * What two members say to each other through the media server:
 *
 *     0       1               5               9               13
 *     +-------+---------------+---------------+---------------+--- … ---+
 *     | kind  | of the sender | of the other  | number, u32   | bytes   |
 *     +-------+---------------+---------------+---------------+--- … ---+
 *
 * `of the sender` and `of the other` are the random numbers by which both know what they have agreed on; 0: not known yet.
 */
export const PAIR = {
  /** On `control`: here I am, with this number. */
  CALL: 0,
  /** On `control`: so am I. */
  ANSWER: 1,
  /** A frame of text, or a chunk, that is the `number`th on its lane. */
  TEXT: 2,
  BYTES: 3,
  /** Everything before the `number`th has come. */
  HEARD: 4,
  /** The `number`th question on this lane: what has come? */
  ASK: 5,
  /** The answer to it; the bytes are the number of the next, u32. */
  TOLD: 6,
  /** It is over between the two, by this way. */
  BYE: 7,
} as const;

export type PairKind = (typeof PAIR)[keyof typeof PAIR];

const HEAD_BYTES = 13;

export interface PairFrame {
  readonly kind: number;
  readonly own: number;
  readonly other: number;
  readonly number: number;
  /** A view into what arrived, not a copy. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type PairHead = Pick<PairFrame, 'own' | 'other' | 'number'> & { readonly kind: PairKind };

/** A whole message for a lane, to `member`. */
export function writePairFrame(member: string, head: PairHead, bytes?: Uint8Array): Uint8Array<ArrayBuffer> {
  const { frame, at } = roomFrameFor(member, HEAD_BYTES + (bytes?.length ?? 0));
  const view = new DataView(frame.buffer);
  view.setUint8(at, head.kind);
  view.setUint32(at + 1, head.own);
  view.setUint32(at + 5, head.other);
  view.setUint32(at + 9, head.number);
  if (bytes !== undefined) frame.set(bytes, at + HEAD_BYTES);
  return frame;
}

/**
 * What a frame that is no part of what is sent takes the place of while both wait: nobody is to fill a lane that all others
 * share by asking again and again.
 */
export function pairTopic(member: string, kind: PairKind): string {
  return `${kind} ${member}`;
}

/** Null for what is none. */
export function readPairFrame(payload: Uint8Array<ArrayBuffer>): PairFrame | null {
  if (payload.length < HEAD_BYTES) return null;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  return {
    kind: view.getUint8(0),
    own: view.getUint32(1),
    other: view.getUint32(5),
    number: view.getUint32(9),
    bytes: payload.subarray(HEAD_BYTES),
  };
}
