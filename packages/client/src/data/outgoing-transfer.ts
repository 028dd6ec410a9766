import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type ByteReader, blobReader } from './byte-reader.js';
import { CHUNK_HEADER_BYTES, writeChunk } from './chunk.js';
import type { DataLink } from './data-link.js';
import type { DeclineReason } from './frame.js';
import { writeFrame } from './frame.js';
import type { LaneSource } from './send-lane.js';
import { Transfer, type TransferDeps, type TransferFile } from './transfer.js';

/** So far the sender may be ahead of what the receiver has written down: that much the receiver must be able to hold. */
export const WINDOW_BYTES = 16 * 1_048_576;

/** A file that one sends. */
export class OutgoingTransfer extends Transfer implements LaneSource {
  readonly direction = 'outgoing';
  readonly #file: Blob;
  readonly #hash = sha256.create();
  /** The hash has seen the file up to here: what is sent a second time is not hashed a second time. */
  #hashedTo = 0;
  #stream = 0;
  #reader: ByteReader | undefined;
  #offset = 0;
  #confirmed = 0;
  #sha256: string | undefined;

  /** @internal */
  constructor(file: Blob, about: TransferFile, link: DataLink, deps: TransferDeps) {
    super(about, link, deps);
    this.#file = file;
    if (link.isReady) this.offer(link);
  }

  /** What is sent. */
  get file(): Blob {
    return this.#file;
  }

  /** @internal Offers it, or offers it again after a break: the receiver then says from where to go on. */
  offer(link: DataLink): void {
    if (this.isOver) return;
    this.attach(link);
    if (link.hearsOnly) {
      this.failed('forbidden');
      return;
    }
    this.#stream = link.nextStream();
    const { id, name, size, mimeType: mime } = this;
    this.tell({ type: 'offer', id, stream: this.#stream, name, size, mime });
  }

  /** @internal */
  accepted(offset: number): void {
    if (offset > this.#hashedTo) {
      this.fail('bad_frames');
      return;
    }
    if (!this.move('accept') && !this.move('resume')) return;
    this.#offset = offset;
    this.#confirmed = offset;
    this.advanced(offset);
    this.#reader = blobReader(this.#file, {
      from: offset,
      ready: () => this.link?.pumpBulk(),
      failed: (error) => this.fail(reasonOf(error)),
    });
    this.link?.addBulk(this);
  }

  /** @internal The receiver has written so much down. */
  progress(bytes: number): void {
    if (bytes < this.#confirmed || bytes > this.#offset) return;
    this.#confirmed = bytes;
    this.advanced(bytes);
    this.link?.pumpBulk();
  }

  /** @internal The receiver has it whole, and the fingerprints agree. */
  done(): void {
    this.advanced(this.size);
    if (this.move('finish')) this.release();
  }

  /** @internal */
  declined(reason: DeclineReason): void {
    if (reason === 'busy') this.failed('busy');
    else if (this.move('decline')) this.release();
  }

  /** @internal */
  next(maxBytes: number): string | Uint8Array<ArrayBuffer> | undefined | null {
    if (this.#reader === undefined) return null;
    if (this.#offset === this.size) return this.#endFrame();
    const room = Math.min(maxBytes - CHUNK_HEADER_BYTES, this.#confirmed + WINDOW_BYTES - this.#offset);
    if (room < Math.min(maxBytes - CHUNK_HEADER_BYTES, this.size - this.#offset)) return undefined;
    const bytes = this.#reader.take(room);
    if (bytes === undefined) return undefined;
    this.#take(bytes);
    this.move('flow');
    return writeChunk({ stream: this.#stream, offset: this.#offset - bytes.length, bytes });
  }

  protected override halt(): void {
    this.#reader?.stop();
    this.#reader = undefined;
    this.link?.removeBulk(this);
  }

  protected override release(): void {
    this.halt();
    if (this.#sha256 === undefined) this.#hash.destroy();
  }

  #take(bytes: Uint8Array<ArrayBuffer>): void {
    const known = Math.min(this.#hashedTo - this.#offset, bytes.length);
    this.#offset += bytes.length;
    if (known === bytes.length) return;
    this.#hash.update(bytes.subarray(known));
    this.#hashedTo = this.#offset;
  }

  #endFrame(): string {
    this.#reader?.stop();
    this.#reader = undefined;
    this.#sha256 ??= bytesToHex(this.#hash.digest());
    this.move('check');
    return writeFrame({ type: 'end', id: this.id, sha256: this.#sha256 });
  }
}

/** Browsers refuse to read a file that has changed since it was chosen. */
function reasonOf(error: unknown): 'file_changed' | 'unreadable' {
  return error instanceof DOMException && error.name === 'NotReadableError' ? 'file_changed' : 'unreadable';
}
