import { distance16, ExtendedSequence } from '../../src/bytes/index.js';
import { writeNack } from '../../src/rtp/index.js';
import { NackRegister } from '../../src/stream/index.js';
import { compound } from '../peer/reports.js';

const MOST_MISSING = 512;
const RTX_PREFIX = 2;

interface Picture {
  readonly ssrc: number;
  readonly sequence: ExtendedSequence;
  readonly nacks: NackRegister;
}

/** Asks for what it lacks of pictures as browsers do, and takes it by the SSRCs for retransmissions of an answer. */
export class AskingViewer {
  readonly #pictures = new Map<number, Picture>();
  readonly #originals = new Map<number, Picture>();
  readonly #lost = new Uint16Array(MOST_MISSING);
  readonly #roundTripMs: number;

  constructor(answer: string, roundTripMs: number) {
    this.#roundTripMs = roundTripMs;
    for (const [, ssrc, rtxSsrc] of answer.matchAll(/^a=ssrc-group:FID (\d+) (\d+)/gm)) {
      const nacks = new NackRegister(MOST_MISSING);
      const picture = { ssrc: Number(ssrc), sequence: new ExtendedSequence(), nacks };
      this.#pictures.set(Number(ssrc), picture);
      this.#originals.set(Number(rtxSsrc), picture);
    }
  }

  /** How many packets came after all, and how many never did. */
  get repaired(): readonly [recovered: number, givenUp: number] {
    const all = [...this.#pictures.values()].map(({ nacks }) => nacks);
    const sum = (of: (nacks: NackRegister) => number) => all.reduce((total, nacks) => total + of(nacks), 0);
    return [sum(({ recovered }) => recovered), sum(({ givenUp }) => givenUp)];
  }

  received(packet: Buffer, now: number): void {
    const ssrc = packet.readUInt32BE(8);
    const extended = this.#pictures.get(ssrc)?.sequence.extend(packet.readUInt16BE(2)) ?? -1;
    if (extended >= 0) this.#pictures.get(ssrc)!.nacks.received(extended, now);
    const original = this.#originals.get(ssrc);
    const isPadding = (packet[0]! & 0x20) !== 0;
    if (original === undefined || isPadding) return;
    const { highest } = original.sequence;
    const at = 16 + 4 * packet.readUInt16BE(14);
    if (packet.length < at + RTX_PREFIX) throw new Error('a retransmission without a number');
    original.nacks.received(highest + distance16(highest & 0xffff, packet.readUInt16BE(at)), now);
  }

  /** Feedback that is due. */
  asks(now: number): Uint8Array[] {
    return [...this.#pictures.values()].flatMap(({ ssrc, nacks }) => {
      const count = nacks.due(now, this.#roundTripMs, this.#lost);
      return count === 0 ? [] : [compound((writer) => writeNack(writer, 1, ssrc, this.#lost, count))];
    });
  }
}
