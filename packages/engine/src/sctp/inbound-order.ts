import { distance16 } from '../bytes/index.js';
import type { InboundMessage } from './reassembly.js';

interface InStream {
  nextSsn16: number;
  /** Whole messages that came before those they follow. */
  readonly waiting: Map<number, InboundMessage>;
}

/** Gives the messages of each stream in their order (RFC 9260 §6.5, §6.6). A stream takes memory from its first message on. */
export class InboundOrder {
  readonly #streams = new Map<number, InStream>();
  #cost = 0;

  /** What the messages that wait for others take. */
  get cost(): number {
    return this.#cost;
  }

  /** Appends to `ready` what may be given on now. False when a message of this number had come before. */
  add(message: InboundMessage, ready: InboundMessage[]): boolean {
    if (!message.isOrdered) {
      ready.push(message);
      return true;
    }
    const stream = this.#stream(message.streamId);
    const ahead = distance16(stream.nextSsn16, message.ssn16);
    if (ahead < 0 || stream.waiting.has(message.ssn16)) return false;
    if (ahead > 0) {
      stream.waiting.set(message.ssn16, message);
      this.#cost += message.cost;
      return true;
    }
    ready.push(message);
    stream.nextSsn16 = (stream.nextSsn16 + 1) & 0xffff;
    this.#release(stream, ready);
    return true;
  }

  /** Messages of the stream up to this number will not come any more (RFC 3758 §3.6). */
  skip(streamId: number, ssn16: number, ready: InboundMessage[]): void {
    const stream = this.#stream(streamId);
    if (distance16(stream.nextSsn16, ssn16) < 0) return;
    const skipped = [...stream.waiting.keys()].filter((waiting) => distance16(waiting, ssn16) >= 0);
    skipped.sort((a, b) => distance16(b, a));
    for (const number of skipped) ready.push(this.#take(stream, number));
    stream.nextSsn16 = (ssn16 + 1) & 0xffff;
    this.#release(stream, ready);
  }

  /** The stream begins anew (RFC 6525 §5.2.2). */
  reset(streamId: number): void {
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return;
    for (const { cost } of stream.waiting.values()) this.#cost -= cost;
    this.#streams.delete(streamId);
  }

  #release(stream: InStream, ready: InboundMessage[]): void {
    while (stream.waiting.has(stream.nextSsn16)) {
      ready.push(this.#take(stream, stream.nextSsn16));
      stream.nextSsn16 = (stream.nextSsn16 + 1) & 0xffff;
    }
  }

  #take(stream: InStream, ssn16: number): InboundMessage {
    const message = stream.waiting.get(ssn16)!;
    stream.waiting.delete(ssn16);
    this.#cost -= message.cost;
    return message;
  }

  #stream(id: number): InStream {
    const known = this.#streams.get(id);
    if (known !== undefined) return known;
    const stream = { nextSsn16: 0, waiting: new Map<number, InboundMessage>() };
    this.#streams.set(id, stream);
    return stream;
  }
}
