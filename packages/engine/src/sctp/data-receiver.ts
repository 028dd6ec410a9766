import { readU16, readU32 } from '../bytes/index.js';
import type { BlockPool } from './block-pool.js';
import { CHUNK, CHUNK_HEADER_BYTES } from './chunk.js';
import { InboundData } from './inbound-data.js';
import { InboundOrder } from './inbound-order.js';
import type { PacketReader } from './packet-reader.js';
import type { PacketWriter } from './packet-writer.js';
import { type InboundMessage, PER_PART_BYTES, Reassembly } from './reassembly.js';
import { ReceivedTsns } from './received-tsns.js';

/** SACKs wait for a second packet at most so long; RFC 9260 §6.2 asks for 200 ms, and allows less. */
const SACK_DELAY_MS = 40;
const NEVER = Number.POSITIVE_INFINITY;

export interface ReceiverLimits {
  /** What is kept of messages that are not whole or not in order: the window that the other side is told. */
  readonly windowBytes: number;
  readonly mostMessageBytes: number;
  readonly inStreams: number;
}

export type DataOutcome =
  | 'taken'
  | 'repeated'
  /** Too far ahead, or no room: as if it had not come. */
  | 'left'
  | 'no_stream'
  | 'no_data'
  | 'malformed'
  /** What the association can't go on after. */
  | 'parts'
  | 'too_long'
  | 'no_memory';

/** The other direction: what comes in, and when it is acknowledged. */
export class DataReceiver {
  /** Whole, in their order, until the caller has taken them. */
  readonly ready: InboundMessage[] = [];
  readonly #limits: ReceiverLimits;
  readonly #tsns: ReceivedTsns;
  readonly #reassembly: Reassembly;
  readonly #order = new InboundOrder();
  readonly #data = new InboundData();
  #sackAtMs = NEVER;
  #unacknowledged = 0;

  constructor(limits: ReceiverLimits, firstTsn: number, pool: BlockPool) {
    this.#limits = limits;
    this.#tsns = new ReceivedTsns(firstTsn);
    this.#reassembly = new Reassembly(limits.mostMessageBytes, pool);
  }

  get sackAtMs(): number {
    return this.#sackAtMs;
  }

  get cumulative(): number {
    return this.#tsns.cumulative;
  }

  /** What is kept of messages that can't be given on. */
  get cost(): number {
    return this.#reassembly.cost + this.#order.cost;
  }

  get windowBytes(): number {
    return Math.max(0, this.#limits.windowBytes - this.cost);
  }

  /** The 32 bits of a TSN as a number that goes on past 2^32. */
  extend(tsn: number): number {
    return this.#tsns.extend(tsn);
  }

  /** Takes the DATA chunk that the reader stands at. */
  receive(reader: PacketReader, now: number): DataOutcome {
    const data = this.#data;
    if (!data.read(reader.bytes, reader.flags, reader.bodyAt, reader.bodyEnd)) return 'malformed';
    if (data.length === 0) return 'no_data';
    const tsn = this.#tsns.extend(data.tsn32);
    const room = this.#room(tsn, data.length);
    if (room !== 'taken') {
      this.acknowledgeSoon(now, true);
      return room;
    }
    const hadGaps = this.#tsns.hasGaps;
    const noted = this.#tsns.add(tsn);
    this.acknowledgeSoon(now, noted !== 'new' || hadGaps || this.#tsns.hasGaps || data.isImmediate);
    if (noted !== 'new') return noted === 'repeated' ? 'repeated' : 'left';
    if (data.streamId >= this.#limits.inStreams) return 'no_stream';
    const done = this.#reassembly.add(tsn, data);
    if (done.type === 'fault') return done.fault;
    if (done.type === 'waiting') return 'taken';
    return this.#order.add(done.message, this.ready) ? 'taken' : 'repeated';
  }

  /** Takes FORWARD TSN (RFC 3758 §3.6); false when it is malformed. */
  forward(reader: PacketReader, now: number): boolean {
    const { bytes, bodyAt, bodyEnd, bodyBytes } = reader;
    if (bodyBytes < 4 || (bodyBytes & 3) !== 0) return false;
    const tsn = this.#tsns.extend(readU32(bytes, bodyAt));
    this.acknowledgeSoon(now, true);
    if (tsn <= this.#tsns.cumulative) return true;
    this.#tsns.forward(tsn);
    this.#reassembly.forward(tsn);
    for (let at = bodyAt + 4; at < bodyEnd; at += 4) {
      const streamId = readU16(bytes, at);
      if (streamId < this.#limits.inStreams) this.#order.skip(streamId, readU16(bytes, at + 2), this.ready);
    }
    return true;
  }

  reset(streamId: number): void {
    this.#order.reset(streamId);
  }

  /** A packet with DATA has been read: every second one is acknowledged at once (RFC 9260 §6.2). */
  packetEnded(now: number): void {
    if (++this.#unacknowledged >= 2) this.#sackAtMs = now;
  }

  acknowledgeSoon(now: number, isUrgent: boolean): void {
    this.#sackAtMs = Math.min(this.#sackAtMs, isUrgent ? now : now + SACK_DELAY_MS);
  }

  /** Adds a SACK to a packet. */
  writeSack(writer: PacketWriter): void {
    const length = this.#tsns.sackBytes(writer.room - CHUNK_HEADER_BYTES);
    const at = writer.add(CHUNK.SACK, 0, length);
    this.#tsns.writeSack(writer.bytes, at, length, this.windowBytes);
    this.#sackAtMs = NEVER;
    this.#unacknowledged = 0;
  }

  /**
   * What fills a gap is taken when the window is full, for else nothing would ever become whole; up to twice the window, and
   * the next one in order up to the end of all patience.
   */
  #room(tsn: number, length: number): 'taken' | 'left' | 'no_memory' {
    const cost = this.cost + length + PER_PART_BYTES;
    const { windowBytes } = this.#limits;
    if (cost <= windowBytes || this.#tsns.has(tsn)) return 'taken';
    if (tsn > this.#tsns.highest && tsn !== this.#tsns.cumulative + 1) return 'left';
    if (cost <= 2 * windowBytes) return 'taken';
    return tsn === this.#tsns.cumulative + 1 ? 'no_memory' : 'left';
  }
}
