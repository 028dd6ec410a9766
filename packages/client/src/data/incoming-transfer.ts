import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type Chunk, LEAST_CHUNK_BYTES } from './chunk.js';
import type { DataLink } from './data-link.js';
import type { FileSink } from './file-sink.js';
import type { FrameOf } from './frame.js';
import { WINDOW_BYTES } from './outgoing-transfer.js';
import { safeFileName } from './safe-file-name.js';
import { Transfer, type TransferDeps } from './transfer.js';

/** Chunks are gathered until there is so much to write at once. */
const WRITE_BYTES = 1_048_576;

/** A file that somebody offers. Nothing of it is taken before `accept`. */
export class IncomingTransfer extends Transfer {
  readonly direction = 'incoming';
  #sink: FileSink | undefined;
  #file: Blob | undefined;
  readonly #hash = sha256.create();
  #stream: number;
  #received = 0;
  #written = 0;
  #gathered: Uint8Array<ArrayBuffer>[] = [];
  #gatheredBytes = 0;
  /** What is being written; the writes follow one another. */
  #writing: Promise<void> = Promise.resolve();

  /** @internal */
  constructor(offer: FrameOf<'offer'>, link: DataLink, deps: TransferDeps) {
    const { id, name, size, mime } = offer;
    super({ id, name: safeFileName(name), size, mimeType: plainType(mime) }, link, deps);
    this.#stream = offer.stream;
    this.attach(link);
  }

  /** The file, when it is done and did not go to a place outside the page. */
  get file(): Blob | undefined {
    return this.#file;
  }

  /** Bytes that have come and are not written down yet. */
  get heldBytes(): number {
    return this.#received - this.#written;
  }

  /** Takes the file, into `sink`. */
  accept(sink: FileSink): void {
    if (!this.move('accept')) {
      sink.abort().catch(() => {});
      return;
    }
    this.#sink = sink;
    // Without a link there is nobody to tell now: the sender offers again, and is told then.
    if (!this.isLinked) this.move('pause');
    else this.#tellAccept();
  }

  /** Says no. */
  decline(): void {
    if (!this.move('decline')) return;
    this.tell({ type: 'decline', id: this.id, reason: 'person' });
    this.release();
  }

  /** @internal The sender offers it again, after a break. */
  offeredAgain({ stream, size }: FrameOf<'offer'>, link: DataLink): void {
    this.attach(link);
    this.#stream = stream;
    if (this.state === 'done') this.tell({ type: 'done', id: this.id });
    else if (this.state === 'declined') this.tell({ type: 'decline', id: this.id, reason: 'person' });
    else if (this.state === 'cancelled') this.tell({ type: 'cancel', id: this.id });
    else if (size !== this.size) this.fail('file_changed');
    else if (this.move('resume')) this.#tellAccept();
  }

  /** @internal */
  takes(stream: number, link: DataLink): boolean {
    return this.#stream === stream && this.belongsTo(link);
  }

  /** @internal A reason if no honest sender sends this. */
  chunk({ offset, bytes }: Chunk): string | undefined {
    if (this.isOver) return undefined;
    if (this.state === 'offered') return 'a file that was not accepted';
    if (offset !== this.#received) return 'a gap in a file';
    if (offset + bytes.length > this.size) return 'more of a file than announced';
    if (bytes.length < LEAST_CHUNK_BYTES && offset + bytes.length < this.size) return 'a tiny chunk';
    if (offset + bytes.length - this.#written > WINDOW_BYTES) return 'more of a file than can be held';
    this.move('flow');
    this.#received += bytes.length;
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
    if (this.#gatheredBytes >= WRITE_BYTES || this.#received === this.size) this.#flush();
    return undefined;
  }

  /** @internal The sender says that this was all, and what it was. */
  end(expected: string): void {
    if (this.isOver) return;
    if (this.#received !== this.size || !this.move('check')) {
      this.fail('bad_frames');
      return;
    }
    this.#writing = this.#writing.then(() => this.#compare(expected)).catch((error) => this.#onWriteFailed(error));
  }

  protected override halt(): void {
    // Gathered bytes are kept: they are part of what has been received.
  }

  protected override release(): void {
    this.#gathered = [];
    const sink = this.#sink;
    this.#sink = undefined;
    if (this.state === 'done' || sink === undefined) return;
    // After the write that is under way: a sink does one thing at a time.
    void this.#writing.then(() => sink.abort()).catch(() => {});
  }

  /** When everything that has come is written down: the sender counts what this side can hold from there on. */
  #tellAccept(): void {
    const { link } = this;
    const tell = (): void => {
      if (!this.isOver && link !== undefined && this.belongsTo(link)) {
        this.tell({ type: 'accept', id: this.id, offset: this.#received });
      }
    };
    if (this.#gatheredBytes > 0) this.#flush();
    if (this.heldBytes === 0) tell();
    else this.#writing = this.#writing.then(tell);
  }

  #flush(): void {
    const bytes = joined(this.#gathered, this.#gatheredBytes);
    this.#gathered = [];
    this.#gatheredBytes = 0;
    const sink = this.#sink;
    this.#writing = this.#writing
      .then(async () => {
        if (this.isOver) return;
        this.#hash.update(bytes);
        await sink?.write(bytes);
        this.#written += bytes.length;
        this.advanced(this.#written);
        this.tell({ type: 'progress', id: this.id, bytes: this.#written });
      })
      .catch((error) => this.#onWriteFailed(error));
  }

  async #compare(expected: string): Promise<void> {
    const sink = this.#sink;
    if (this.isOver || sink === undefined) return;
    if (bytesToHex(this.#hash.clone().digest()) !== expected) {
      this.fail('hash_mismatch');
      return;
    }
    this.#file = await sink.close();
    this.#sink = undefined;
    if (this.move('finish')) this.tell({ type: 'done', id: this.id });
  }

  #onWriteFailed(error: unknown): void {
    const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
    this.fail(isFull ? 'out_of_space' : 'write_failed');
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A media type, or nothing where it is none. */
function plainType(mime: string): string {
  return /^[\w.+-]+\/[\w.+-]+$/.test(mime) ? mime.toLowerCase() : '';
}
