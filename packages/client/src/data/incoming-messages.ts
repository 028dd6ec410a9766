import { type Chunk, LEAST_CHUNK_BYTES } from './chunk.js';
import type { FrameOf, MessageKind } from './frame.js';
import { type Received, valueFrom } from './payload.js';

/** Messages that one side may have under way at once. */
export const MOST_MESSAGES = 16;
/** Streams remembered as finished, so that a message sent again after a lost acknowledgement is not told twice. */
const REMEMBERED = 256;

export interface Message {
  readonly topic: string | undefined;
  readonly data: Received;
}

/** What a frame led to. `late`: it belongs to something that is over. */
export type Intake =
  | { readonly type: 'more' | 'late' }
  | { readonly type: 'complete'; readonly stream: number; readonly message: Message }
  /** It was told before. */
  | { readonly type: 'again' | 'refused'; readonly stream: number }
  /** No honest sender sends this. */
  | { readonly type: 'bad'; readonly reason: string };

interface Growing {
  readonly kind: MessageKind;
  readonly topic: string | undefined;
  readonly mime: string | undefined;
  readonly size: number;
  readonly parts: Uint8Array<ArrayBuffer>[];
  received: number;
}

/**
 * Puts the messages of one sender together again. Memory grows with what has arrived, not with what is announced, and
 * never past `maxBytes`: an honest sender keeps the sizes of all it has under way below that.
 */
export class IncomingMessages {
  readonly #maxBytes: number;
  readonly #growing = new Map<number, Growing>();
  readonly #finished = new Set<number>();
  #announced = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes held for messages that are not complete. */
  get heldBytes(): number {
    let held = 0;
    for (const { received } of this.#growing.values()) held += received;
    return held;
  }

  head({ stream, kind, size, topic, mime }: FrameOf<'message'>): Intake {
    if (this.#finished.has(stream)) return { type: 'again', stream };
    if (this.#growing.has(stream)) return bad('a stream begun twice');
    if (size > this.#maxBytes) return { type: 'refused', stream };
    if (this.#growing.size >= MOST_MESSAGES) return bad('too many messages at once');
    if (this.#announced + size > this.#maxBytes) return bad('too much at once');
    this.#announced += size;
    this.#growing.set(stream, { kind, size, topic, mime, parts: [], received: 0 });
    return size === 0 ? this.#complete(stream) : { type: 'more' };
  }

  /** Null if the stream is none of a message. */
  chunk({ stream, offset, bytes }: Chunk): Intake | null {
    const growing = this.#growing.get(stream);
    if (growing === undefined) return this.#finished.has(stream) ? { type: 'late' } : null;
    if (offset !== growing.received) return bad('a gap');
    if (offset + bytes.length > growing.size) return bad('more bytes than announced');
    growing.parts.push(bytes);
    growing.received += bytes.length;
    if (growing.received === growing.size) return this.#complete(stream);
    return bytes.length < LEAST_CHUNK_BYTES ? bad('a tiny chunk') : { type: 'more' };
  }

  drop(stream: number): void {
    this.#take(stream);
    this.#finish(stream);
  }

  /** The connection is another one: what was under way will be sent anew. */
  restart(): void {
    this.#growing.clear();
    this.#announced = 0;
  }

  #complete(stream: number): Intake {
    const { kind, topic, mime, parts } = this.#take(stream)!;
    this.#finish(stream);
    const data = valueFrom(kind, mime, parts);
    return data === undefined ? bad(`no ${kind}`) : { type: 'complete', stream, message: { topic, data } };
  }

  #take(stream: number): Growing | undefined {
    const growing = this.#growing.get(stream);
    this.#growing.delete(stream);
    this.#announced -= growing?.size ?? 0;
    return growing;
  }

  #finish(stream: number): void {
    this.#finished.add(stream);
    if (this.#finished.size > REMEMBERED) this.#finished.delete(this.#finished.values().next().value!);
  }
}

function bad(reason: string): Intake {
  return { type: 'bad', reason };
}
