import type { ByteReader } from './byte-reader.js';
import { CHUNK_HEADER_BYTES, writeChunk } from './chunk.js';
import { writeFrame } from './frame.js';
import type { Payload } from './payload.js';
import type { LaneSource } from './send-lane.js';

export interface MessageSourceDeps {
  readonly stream: number;
  readonly topic: string | undefined;
  readonly payload: Payload;
  /** So many bytes have been handed to the browser. */
  progress(bytes: number): void;
  ready(): void;
  failed(error: unknown): void;
}

/** One message as frames: its head, then its bytes. */
export class MessageSource implements LaneSource {
  readonly #deps: MessageSourceDeps;
  #reader: ByteReader | undefined;
  #offset = 0;

  constructor(deps: MessageSourceDeps) {
    this.#deps = deps;
  }

  next(maxBytes: number): string | Uint8Array<ArrayBuffer> | undefined | null {
    const { stream, payload, progress } = this.#deps;
    if (this.#reader === undefined) return this.#head();
    if (this.#offset === payload.size) return null;
    const bytes = this.#reader.take(maxBytes - CHUNK_HEADER_BYTES);
    if (bytes === undefined) return undefined;
    const frame = writeChunk({ stream, offset: this.#offset, bytes });
    this.#offset += bytes.length;
    progress(this.#offset);
    return frame;
  }

  stop(): void {
    this.#reader?.stop();
  }

  #head(): string {
    const { stream, topic, payload, ready, failed } = this.#deps;
    const { kind, size, mime } = payload;
    this.#reader = payload.read(ready, failed);
    return writeFrame({
      type: 'message',
      stream,
      kind,
      size,
      ...(topic === undefined ? {} : { topic }),
      ...(mime === undefined ? {} : { mime }),
    });
  }
}
