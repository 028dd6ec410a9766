import { Ring } from '../bytes/index.js';
import { DATA_FLAG, MOST_FRAGMENT_BYTES } from './chunk.js';
import { Fragment } from './fragment.js';
import { type MessageToSend, OutgoingMessage } from './outgoing-message.js';

const MOST_MESSAGES_PER_STREAM = 65_536;
/** What a message costs besides its bytes, so that many small ones have a bound as well. */
const PER_MESSAGE_BYTES = 64;

interface OutStream {
  readonly id: number;
  readonly waiting: Ring<OutgoingMessage>;
  nextSsn16: number;
  /** It is about to be reset: nothing more is sent on it until then (RFC 6525 §5.1.2). */
  isPaused: boolean;
}

/**
 * Messages that wait to be sent, by stream. Streams take turns, message by message: parts of a message have numbers that
 * follow each other, so one that has begun is finished first (RFC 9260 §6.9).
 */
export class SendQueue {
  readonly #streams = new Map<number, OutStream>();
  /** Streams with something to send, the next one first. */
  readonly #turns: OutStream[] = [];
  #current: OutgoingMessage | null = null;
  #bytes = 0;

  /** What waits, with a little for each message. */
  get bytes(): number {
    return this.#bytes;
  }

  /** False when too many wait on this stream, or it is being reset. */
  add(message: MessageToSend): boolean {
    const stream = this.#stream(message.streamId);
    if (stream.isPaused || stream.waiting.size === MOST_MESSAGES_PER_STREAM) return false;
    stream.waiting.push(new OutgoingMessage(message));
    this.#bytes += message.bytes.length + PER_MESSAGE_BYTES;
    if (stream.waiting.size === 1) this.#turns.push(stream);
    return true;
  }

  /** How many bytes the next part has; 0 when nothing is to be sent. Drops what is too old by now. */
  nextBytes(now: number): number {
    const message = this.#front(now);
    return message === null ? 0 : Math.min(MOST_FRAGMENT_BYTES, message.wanted.bytes.length - message.cutBytes);
  }

  /** Cuts off the next part, of which `nextBytes` has just told the length. */
  take(bytes: number): Fragment {
    const message = this.#begin(this.#current!);
    const offset = message.cutBytes;
    message.cutBytes += bytes;
    this.#bytes -= bytes;
    if (message.isWhole) this.#finish();
    const begins = offset === 0 ? DATA_FLAG.BEGIN : 0;
    const ends = message.isWhole ? DATA_FLAG.END : 0;
    const order = message.wanted.isOrdered ? 0 : DATA_FLAG.UNORDERED;
    return new Fragment(message, offset, bytes, begins | ends | order);
  }

  /** Nothing more is cut off the message; true when a part of it had not been yet. */
  giveUp(message: OutgoingMessage): boolean {
    if (message !== this.#current || message.isWhole) return false;
    this.#drop(message);
    return message.cutBytes > 0;
  }

  /** Drops what waits on a stream and lets nothing more be added. What has begun is finished. */
  pause(streamId: number): void {
    const stream = this.#stream(streamId);
    stream.isPaused = true;
    for (let ix = stream.waiting.size - 1; ix >= 0; ix--) {
      const message = stream.waiting.shift()!;
      if (message === this.#current && message.cutBytes > 0) continue;
      if (message === this.#current) this.#current = null;
      this.#bytes -= message.wanted.bytes.length - message.cutBytes + PER_MESSAGE_BYTES;
    }
    if (this.#current?.wanted.streamId === streamId) stream.waiting.push(this.#current);
    else this.#endTurns(stream);
  }

  /** Whether a message of the stream has begun and is not whole yet. */
  isInside(streamId: number): boolean {
    return this.#current !== null && this.#current.wanted.streamId === streamId;
  }

  /** The stream has been reset: it begins anew. */
  reset(streamId: number): void {
    this.#streams.delete(streamId);
  }

  clear(): void {
    this.#streams.clear();
    this.#turns.length = 0;
    this.#current = null;
    this.#bytes = 0;
  }

  #front(now: number): OutgoingMessage | null {
    while (this.#current === null || (this.#current.cutBytes === 0 && now >= this.#current.wanted.expiresAtMs)) {
      if (this.#current !== null) this.#drop(this.#current);
      const [stream] = this.#turns;
      if (stream === undefined) return null;
      this.#current = stream.waiting.at(0)!;
    }
    return this.#current;
  }

  #begin(message: OutgoingMessage): OutgoingMessage {
    if (message.cutBytes > 0 || !message.wanted.isOrdered) return message;
    const stream = this.#stream(message.wanted.streamId);
    message.ssn16 = stream.nextSsn16;
    stream.nextSsn16 = (stream.nextSsn16 + 1) & 0xffff;
    return message;
  }

  #drop(message: OutgoingMessage): void {
    this.#bytes -= message.wanted.bytes.length - message.cutBytes;
    this.#finish();
  }

  /** The current message is done with; it is the next stream's turn. */
  #finish(): void {
    const stream = this.#stream(this.#current!.wanted.streamId);
    this.#current = null;
    this.#bytes -= PER_MESSAGE_BYTES;
    stream.waiting.shift();
    this.#endTurns(stream);
    if (stream.waiting.size > 0) this.#turns.push(stream);
  }

  #endTurns(stream: OutStream): void {
    const ix = this.#turns.indexOf(stream);
    if (ix >= 0) this.#turns.splice(ix, 1);
  }

  #stream(id: number): OutStream {
    const known = this.#streams.get(id);
    if (known !== undefined) return known;
    const stream = { id, waiting: new Ring<OutgoingMessage>(MOST_MESSAGES_PER_STREAM), nextSsn16: 0, isPaused: false };
    this.#streams.set(id, stream);
    return stream;
  }
}
