import type { Clock } from '../clock.js';
import { LANE_BOUNDS, type LaneName } from './data-way.js';
import { PAIR, type PairFrame, type PairKind, pairTopic } from './pair-frame.js';
import type { LaneChannel, LaneSource, SendLane } from './send-lane.js';

/** What may be under way to one member at first, and at least: more of it than that does not stay with the server. */
const FIRST_WINDOW_BYTES = 262_144;
const LEAST_WINDOW_BYTES = 65_536;
/** What has come is confirmed at the latest after so much, or so long. */
const CONFIRM_BYTES = 32_768;
const CONFIRM_FRAMES = 32;
const CONFIRM_MS = 50;
/** So long nothing is confirmed before it is asked for; longer each time in a row. */
const ASK_MS = 5_000;
const MOST_PATIENCE = 8;

export interface PairLaneDeps {
  readonly name: LaneName;
  readonly memberId: string;
  readonly clock: Clock;
  write(kind: PairKind, number: number, bytes?: Uint8Array): Uint8Array<ArrayBuffer>;
  /** The next one of the other side, in order and without holes. */
  deliver(frame: PairFrame): void;
}

/**
 * One lane between two members, through the media server. The server throws away what a slow reader has no room for, and a
 * connection with it may be another one tomorrow; here every frame is kept until the other side has confirmed it, and sent
 * again from the first that is missing. So to who uses it, it is a channel that loses nothing.
 */
export class PairLane implements LaneChannel, LaneSource {
  readonly #deps: PairLaneDeps;
  readonly #mostBytes: number;
  #under: SendLane | undefined;
  #frames: Uint8Array<ArrayBuffer>[] = [];
  /** The number of the first of them, of the one to be sent next, and of the one to come after all of them. */
  #first = 0;
  #next = 0;
  #bytes = 0;
  #underwayBytes = 0;
  #windowBytes = FIRST_WINDOW_BYTES;
  #wasFull = false;
  #isPaused = false;
  #question = 0;
  /** Everything before this one was sent before the last question. */
  #askedAt = 0;
  #patience = 1;
  #askTimer: unknown;
  #expected = 0;
  #unconfirmedBytes = 0;
  #unconfirmedFrames = 0;
  #confirmTimer: unknown;
  readyState: 'open' | 'closed' = 'open';
  bufferedAmountLowThreshold = 0;
  onbufferedamountlow: ((event: never) => void) | null = null;

  constructor(under: SendLane | undefined, deps: PairLaneDeps) {
    this.#deps = deps;
    this.#mostBytes = LANE_BOUNDS[deps.name].highBytes;
    this.#under = under;
    under?.add(this);
  }

  /** Bytes that have not been confirmed, sent or not. */
  get bufferedAmount(): number {
    return this.#bytes;
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    const isText = typeof data === 'string';
    const number = this.#first + this.#frames.length;
    const frame = this.#deps.write(
      isText ? PAIR.TEXT : PAIR.BYTES,
      number,
      isText ? new TextEncoder().encode(data) : data,
    );
    this.#frames.push(frame);
    this.#bytes += frame.length;
    this.#watch();
    this.#under?.pump();
  }

  next(): Uint8Array<ArrayBuffer> | undefined {
    const frame = this.#frames[this.#next - this.#first];
    if (frame === undefined || this.#isPaused) return undefined;
    if (this.#underwayBytes > 0 && this.#underwayBytes + frame.length > this.#windowBytes) return undefined;
    this.#next += 1;
    this.#underwayBytes += frame.length;
    return frame;
  }

  /** From now on it goes by another connection with the server, or by none for a while. */
  moveTo(under: SendLane | undefined): void {
    this.#under?.remove(this);
    this.#under = under;
    this.#isPaused = true;
    under?.add(this);
    this.#ask();
  }

  /** Something of the other side. */
  receive(frame: PairFrame): void {
    switch (frame.kind) {
      case PAIR.TEXT:
      case PAIR.BYTES:
        this.#take(frame);
        break;
      case PAIR.HEARD:
        this.#confirmed(frame.number);
        this.#under?.pump();
        break;
      case PAIR.ASK:
        this.#tell(
          PAIR.TOLD,
          frame.number,
          Uint8Array.from([24, 16, 8, 0], (shift) => this.#expected >>> shift),
        );
        break;
      case PAIR.TOLD:
        if (frame.bytes.length === 4) this.#told(frame);
        break;
    }
  }

  /** The server has no room for more to this member, and has thrown away the last. */
  full(): void {
    this.#windowBytes = Math.max(LEAST_WINDOW_BYTES, this.#windowBytes / 2);
    this.#wasFull = true;
    this.#isPaused = true;
  }

  /** It has room again. */
  room(): void {
    this.#again();
    // What was said about the other side's frames may be among what was thrown away.
    this.#confirm();
  }

  /** The member can't be reached at the moment. */
  nobody(): void {
    if (this.#frames.length > 0) this.#isPaused = true;
  }

  /** The member has come back: what was sent meanwhile may be lost. */
  isHere(): void {
    if (this.#frames.length > 0 || this.#isPaused) this.#ask();
  }

  close(): void {
    this.readyState = 'closed';
    this.#under?.remove(this);
    this.#under = undefined;
    this.#frames = [];
    this.#deps.clock.clearTimeout(this.#askTimer);
    this.#deps.clock.clearTimeout(this.#confirmTimer);
  }

  #take(frame: PairFrame): void {
    // One that came before; or one after a hole, of which the sender is told: it will come again.
    if (frame.number > this.#expected) return;
    if (frame.number === this.#expected) {
      this.#expected += 1;
      this.#deps.deliver(frame);
    }
    if (this.readyState === 'closed') return;
    this.#unconfirmedBytes += frame.bytes.length;
    this.#unconfirmedFrames += 1;
    if (this.#unconfirmedBytes >= CONFIRM_BYTES || this.#unconfirmedFrames >= CONFIRM_FRAMES) this.#confirm();
    else this.#confirmTimer ??= this.#deps.clock.setTimeout(() => this.#confirm(), CONFIRM_MS);
  }

  #confirm(): void {
    this.#deps.clock.clearTimeout(this.#confirmTimer);
    this.#confirmTimer = undefined;
    this.#unconfirmedBytes = 0;
    this.#unconfirmedFrames = 0;
    this.#tell(PAIR.HEARD, this.#expected);
  }

  /** Everything before this number has come to the other side. */
  #confirmed(number: number): void {
    const count = number - this.#first;
    if (count <= 0 || count > this.#frames.length) return;
    let bytes = 0;
    for (const [ix, { length }] of this.#frames.slice(0, count).entries()) {
      bytes += length;
      if (this.#first + ix < this.#next) this.#underwayBytes -= length;
    }
    this.#frames = this.#frames.slice(count);
    this.#first = number;
    this.#next = Math.max(this.#next, number);
    this.#grow(bytes);
    this.#heard();
    const before = this.#bytes;
    this.#bytes -= bytes;
    const low = this.bufferedAmountLowThreshold;
    if (before > low && this.#bytes <= low) this.onbufferedamountlow?.(undefined as never);
  }

  /** What comes next is asked for as soon as ever again. */
  #heard(): void {
    if (this.#patience === 1) return;
    this.#patience = 1;
    this.#deps.clock.clearTimeout(this.#askTimer);
    this.#askTimer = undefined;
    if (this.#frames.length > 0) this.#watch();
  }

  /** Twice as much with each round; once it was too much for the server, a little more. */
  #grow(bytes: number): void {
    const more = this.#wasFull ? (LEAST_WINDOW_BYTES * bytes) / this.#windowBytes : bytes;
    this.#windowBytes = Math.min(this.#mostBytes, this.#windowBytes + more);
  }

  /** Sends again what has not been confirmed. */
  #again(): void {
    this.#isPaused = false;
    this.#next = this.#first;
    this.#underwayBytes = 0;
    this.#under?.pump();
  }

  /** Asks what has come. Questions and frames of a lane keep their order, so the answer tells what is lost. */
  #ask(): void {
    this.#question = (this.#question + 1) >>> 0;
    this.#askedAt = this.#next;
    this.#tell(PAIR.ASK, this.#question);
  }

  #told({ number, bytes }: PairFrame): void {
    if (number !== this.#question) return;
    this.#confirmed(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));
    this.#isPaused = false;
    if (this.#first < this.#askedAt) this.#again();
    else this.#under?.pump();
  }

  #tell(kind: PairKind, number: number, bytes?: Uint8Array): void {
    const { memberId, write } = this.#deps;
    this.#under?.say(write(kind, number, bytes), pairTopic(memberId, kind));
  }

  /** Asks now and then while nothing is confirmed of what waits. */
  #watch(): void {
    if (this.#askTimer !== undefined) return;
    const first = this.#first;
    this.#askTimer = this.#deps.clock.setTimeout(() => {
      this.#askTimer = undefined;
      if (this.#frames.length === 0) return;
      this.#patience = this.#first > first ? 1 : Math.min(this.#patience * 2, MOST_PATIENCE);
      if (this.#first === first) this.#ask();
      this.#watch();
    }, ASK_MS * this.#patience);
  }
}
