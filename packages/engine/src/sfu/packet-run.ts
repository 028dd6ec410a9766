import { ExtensionPlaces, RtpHeader } from '../rtp/index.js';
import { MediaPacket } from './media-packet.js';
import type { RowWriter } from './row-writer.js';
import type { Source } from './source.js';

/** More become several runs. */
const MOST_PACKETS = 64;

/**
 * Packets of one source that came one behind the other in a batch, as those of a picture do. They are forwarded together, as
 * soon as anything else comes that may change who is sent what. One for each thread.
 */
export class PacketRun {
  readonly #writer: RowWriter;
  readonly #packets: readonly MediaPacket[] = Array.from(
    { length: MOST_PACKETS },
    () => new MediaPacket(new RtpHeader(), new ExtensionPlaces()),
  );
  #source: Source | null = null;
  #count = 0;
  /** So many of them have been forwarded. */
  #done = 0;

  /** Rows go to `writer`, at the time of its batch. */
  constructor(writer: RowWriter) {
    this.#writer = writer;
  }

  /** A batch has come. One that an error has broken off leaves nothing behind: its slots are no more. */
  begin(): void {
    this.#source = null;
    this.#count = 0;
    this.#done = 0;
  }

  /** What the next packet, of `source`, is to be filled into; `add` follows. */
  next(source: Source): MediaPacket {
    if (source !== this.#source || this.#count === MOST_PACKETS) this.end();
    this.#source = source;
    return this.#packets[this.#count]!;
  }

  /** The packet that `next` has given is complete. */
  add(): void {
    const source = this.#source!;
    const packet = this.#packets[this.#count]!;
    source.read(packet, this.#writer.now);
    if (packet.isEntry && !source.isSound) {
      // Whoever needs a keyframe because of those before is not to ask for this one.
      this.#forward();
      source.entered(packet);
    }
    this.#count++;
  }

  /** Forwards what has not been. */
  end(): void {
    this.#forward();
    this.begin();
  }

  #forward(): void {
    if (this.#done < this.#count)
      this.#source!.forward(this.#packets, this.#done, this.#count, this.#writer.now, this.#writer);
    this.#done = this.#count;
  }
}
