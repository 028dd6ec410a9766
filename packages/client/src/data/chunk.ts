/**
 * A frame of bytes: a piece of one stream.
 *
 *     0       1               5                               13
 *     +-------+---------------+-------------------------------+------- … -------+
 *     | 1     | stream, u32   | offset in the stream, u64     | bytes           |
 *     +-------+---------------+-------------------------------+------- … -------+
 */
export interface Chunk {
  readonly stream: number;
  readonly offset: number;
  /** A view into what arrived, not a copy. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const CHUNK_HEADER_BYTES = 13;
/** A chunk that does not end its stream has at least so many bytes, so that nobody is buried under tiny ones. */
export const LEAST_CHUNK_BYTES = 1_024;

const KIND = 1;

export function writeChunk({ stream, offset, bytes }: Chunk): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(CHUNK_HEADER_BYTES + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, KIND);
  view.setUint32(1, stream);
  view.setUint32(5, Math.floor(offset / 2 ** 32));
  view.setUint32(9, offset >>> 0);
  frame.set(bytes, CHUNK_HEADER_BYTES);
  return frame;
}

/** Null on anything else. */
export function readChunk(frame: Uint8Array<ArrayBuffer>): Chunk | null {
  if (frame.length <= CHUNK_HEADER_BYTES) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (view.getUint8(0) !== KIND) return null;
  const offset = view.getUint32(5) * 2 ** 32 + view.getUint32(9);
  if (!Number.isSafeInteger(offset)) return null;
  return { stream: view.getUint32(1), offset, bytes: frame.subarray(CHUNK_HEADER_BYTES) };
}
