/** As much of an RTCDataChannel as sending takes. */
export interface LaneChannel {
  readonly readyState: string;
  readonly bufferedAmount: number;
  bufferedAmountLowThreshold: number;
  onbufferedamountlow: ((event: never) => void) | null;
  send(data: string | Uint8Array<ArrayBuffer>): void;
}

/** Something to send, a frame at a time. */
export interface LaneSource {
  /** The next frame, of at most `maxBytes`; undefined: nothing at the moment; null: that was all. */
  next(maxBytes: number): string | Uint8Array<ArrayBuffer> | undefined | null;
}

export interface LaneLimits {
  readonly maxFrameBytes: number;
  /** No more is handed to the browser while it holds so much. */
  readonly highBytes: number;
  /** Below that it is handed more. */
  readonly lowBytes: number;
}

/** Short frames kept for a channel that is full: more than any honest other side is told in that time. */
const MOST_SAID = 4_096;

/**
 * The way out through one channel. Its sources take turns, a frame each, so that none waits behind all of another; and the
 * browser gets only as much as it can send soon.
 */
export class SendLane {
  readonly #channel: LaneChannel;
  readonly #limits: LaneLimits;
  readonly #failed: (error: unknown) => void;
  readonly #sources: LaneSource[] = [];
  /** In the order said, each under what takes its place. */
  readonly #said = new Map<unknown, string | Uint8Array<ArrayBuffer>>();
  #turn = 0;
  #isPumping = false;

  /** `failed`: the browser refused a frame, and nothing more can be sent. */
  constructor(channel: LaneChannel, limits: LaneLimits, failed: (error: unknown) => void) {
    this.#channel = channel;
    this.#limits = limits;
    this.#failed = failed;
    channel.bufferedAmountLowThreshold = limits.lowBytes;
    channel.onbufferedamountlow = () => this.pump();
  }

  /**
   * Sends a short frame, before anything of the sources and in the order said. Of those with the same `topic` only the last
   * waits: it says all that the others would have said.
   */
  say(frame: string | Uint8Array<ArrayBuffer>, topic: unknown = Symbol('its own')): void {
    this.#said.delete(topic);
    this.#said.set(topic, frame);
    this.pump();
    if (this.#said.size > MOST_SAID) this.#fail(new Error('too many frames wait'));
  }

  add(source: LaneSource): void {
    this.#sources.push(source);
    this.pump();
  }

  remove(source: LaneSource): void {
    const ix = this.#sources.indexOf(source);
    if (ix !== -1) this.#sources.splice(ix, 1);
  }

  /** Sends what can be sent now. To be called when a source that had nothing has something again. */
  pump(): void {
    // A source may call back from within `next`.
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (this.#hasRoom() && this.#sendOne());
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isPumping = false;
    }
  }

  #fail(error: unknown): void {
    this.#sources.length = 0;
    this.#said.clear();
    this.#failed(error);
  }

  #hasRoom(): boolean {
    return this.#channel.readyState === 'open' && this.#channel.bufferedAmount < this.#limits.highBytes;
  }

  /** What is said, or one frame of the next source that has one. */
  #sendOne(): boolean {
    const [said] = this.#said;
    if (said !== undefined) {
      const [topic, frame] = said;
      this.#said.delete(topic);
      this.#channel.send(frame);
      return true;
    }
    let tries = this.#sources.length;
    while (tries > 0) {
      tries -= 1;
      this.#turn = this.#turn < this.#sources.length ? this.#turn : 0;
      const source = this.#sources[this.#turn]!;
      const frame = source.next(this.#limits.maxFrameBytes);
      if (frame === null) {
        this.remove(source);
        continue;
      }
      this.#turn += 1;
      if (frame === undefined) continue;
      this.#channel.send(frame);
      return true;
    }
    return false;
  }
}
