import { chooseLayer, type LayerWish } from './layer-choice.js';
import type { MediaPacket } from './media-packet.js';
import { OutStream, type OutStreamOptions } from './out-stream.js';
import type { Publication } from './publication.js';
import type { RowWriter } from './row-writer.js';
import type { Source, SourceListener } from './source.js';

const NO_TYPES = new Int8Array(128).fill(-1);

/**
 * A publication as one viewer takes it: which one, which layers of it, and whether at all. All of that may change at any
 * time; what is sent follows at the next packet where it can, and goes on as it is until then.
 */
export class Subscription implements SourceListener {
  readonly out: OutStream;
  #publication: Publication | null = null;
  #payloadTypes: Int8Array = NO_TYPES;
  #wish: LayerWish = {};
  #isPaused = false;
  /** What is sent, or was until it was left. */
  #current: Source | null = null;
  /** What shall be sent; null: nothing. */
  #wanted: Source | null = null;
  /** Whether `#current` is sent: otherwise only what numbers are kept for. */
  #isFlowing = false;

  constructor(options: OutStreamOptions) {
    this.out = new OutStream(options);
  }

  get publication(): Publication | null {
    return this.#publication;
  }

  /** The source whose packets are sent; null while none are. */
  get source(): Source | null {
    return this.#isFlowing ? this.#current : null;
  }

  /** The source that it waits for; null when it has what it wants. */
  get awaited(): Source | null {
    return this.#isFlowing && this.#wanted === this.#current ? null : this.#wanted;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /**
   * Shows another publication from its next keyframe on, or nothing. `payloadTypes` has the viewer's payload type for each
   * of the publisher's 128, -1 for what the viewer can't take.
   */
  watch(publication: Publication | null, payloadTypes: Int8Array = NO_TYPES): void {
    const before = this.#publication?.subscriptions;
    if (before?.includes(this)) before.splice(before.indexOf(this), 1);
    this.#publication = publication;
    this.#payloadTypes = payloadTypes;
    publication?.subscriptions.push(this);
    this.choose();
  }

  /** Asks for layers, at most. */
  want(wish: LayerWish): void {
    this.#wish = wish;
    this.choose();
  }

  /** Stops until `resume`, which goes on with a keyframe. */
  pause(): void {
    this.#isPaused = true;
    this.choose();
  }

  resume(): void {
    this.#isPaused = false;
    this.choose();
  }

  /** Chooses source and layers anew: something has changed that they depend on. */
  choose(): void {
    const publication = this.#publication;
    if (publication === null || this.#isPaused || !publication.isOpen) {
      this.#aim(null);
      return;
    }
    const { source, spatial, temporal } = chooseLayer(publication.sources, this.#wish);
    this.out.cap.want(spatial, temporal);
    this.#aim(source);
  }

  #aim(source: Source | null): void {
    const before = this.#wanted;
    if (source === before) return;
    this.#wanted = source;
    if (before !== this.#current) before?.unlisten(this);
    if (source === null) this.#leave();
    else {
      source.listen(this);
      if (this.awaited !== null) this.askKeyframe();
    }
  }

  /** Nothing is sent any more, but for late packets that numbers are kept for. */
  #leave(): void {
    this.#isFlowing = false;
    if (this.out.ledger.reserved > 0) return;
    this.#current?.unlisten(this);
    this.#current = null;
  }

  /** The viewer can't go on without a keyframe. */
  askKeyframe(): void {
    if (this.#wanted !== null && !this.#wanted.isSound) this.#wanted.keyframes.want();
  }

  /** A packet of a source that is listened to. */
  take(source: Source, packet: MediaPacket, now: number, writer: RowWriter): void {
    const isCurrent = source === this.#current;
    if (isCurrent && packet.extended <= this.out.highestIn) this.out.late(packet, writer);
    else if (isCurrent && this.#isFlowing) this.#takeNext(source, packet, now, writer);
    else if (source === this.#wanted && packet.isEntry && packet.extended > source.highest)
      this.#enter(source, packet, now, writer);
  }

  #takeNext(source: Source, packet: MediaPacket, now: number, writer: RowWriter): void {
    if (this.out.next(packet, now, writer)) {
      if (this.out.cap.needsKeyframe) this.askKeyframe();
      return;
    }
    this.#isFlowing = false;
    if (source === this.#wanted && packet.isEntry) this.#enter(source, packet, now, writer);
    else this.askKeyframe();
  }

  #enter(source: Source, packet: MediaPacket, now: number, writer: RowWriter): void {
    if (this.#current !== source) this.#current?.unlisten(this);
    this.#current = source;
    this.#isFlowing = true;
    this.out.enter(source, packet, this.#payloadTypes, now, writer);
    this.out.next(packet, now, writer);
  }
}
