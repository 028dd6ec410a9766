import type { SeededRandom } from '@madang/testkit';
import { readU32, writeU16, writeU32 } from '../../packages/engine/src/bytes/index.js';
import { BLOCK_BYTES } from '../../packages/engine/src/sctp/block-pool.js';
import { packetSum } from '../../packages/engine/src/sctp/packet-reader.js';
import { DataStage } from '../../packages/engine/test/sctp/data-stage.js';
import { type FuzzTarget, must } from '../fuzz-run.js';
import { Mutator } from '../mutator.js';
import { variedSeeds } from './packet-seeds.js';

const WINDOW_BYTES = 65_536;
const QUEUE_BYTES = 65_536;
/** A message that is whole may be under way besides. */
const MOST_KEPT_BYTES = 2 * WINDOW_BYTES + 4_096;
const MOST_PACKETS_PER_INPUT = 400;

/** One end that has been set up, and is told anything. When it gives up, there is another one. */
export class AssociationTarget implements FuzzTarget {
  readonly counts = { taken: 0, dropped: 0, messages: 0, opened: 0, written: 0, ended: 0, violated: 0 };
  readonly #random: SeededRandom;
  readonly #mutator: Mutator;
  readonly #out = { bytes: new Uint8Array(2_048), begin: () => 0, end: (length: number) => this.#written(length) };
  #stage!: DataStage;
  #tag = 0;
  #cumulative = 0;
  #now = 0;
  #packets = 0;
  #inputs = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#mutator = new Mutator(random, variedSeeds());
    this.#begin();
  }

  step(): void {
    const { data } = this.#stage.server;
    const mutator = this.#mutator;
    mutator.next();
    this.#repair(mutator);
    const before = sum(data.association.drops);
    this.#packets = 0;
    data.receive(mutator.bytes, mutator.at, mutator.length, this.#now);
    mutator.shake();
    if (this.#random.chance(0.05)) this.#pass();
    data.write(this.#out, this.#now);
    this.#heed();
    const isTaken = sum(data.association.drops) === before;
    this.counts[isTaken ? 'taken' : 'dropped']++;
    if (isTaken && (this.counts.taken & 63) === 0) mutator.keep();
    const { phase } = data.association;
    // One that is shutting down takes little more.
    if (phase === 'over' || ++this.#inputs > (phase === 'established' ? 2_000 : 50)) this.#begin();
  }

  #begin(): void {
    const { association } = this.#stage?.server.data ?? { association: null };
    if (association?.phase === 'over') this.counts.ended++;
    const limits = { windowBytes: WINDOW_BYTES, queueBytes: QUEUE_BYTES, mostMessageBytes: 32_768, streams: 64 };
    const stage = new DataStage(this.#random.uint32(), {}, limits);
    stage.client.keepsSent = true;
    // Some are told anything from the very beginning.
    if (this.#random.chance(0.9)) {
      stage.connect();
      stage.open();
      this.#tag = readU32(stage.client.sent.at(-1)!, 4);
    }
    stage.client.other = null;
    stage.server.other = null;
    this.#stage = stage;
    this.#now = stage.time.nowMs();
    this.#inputs = 0;
  }

  /** What would fail at once is made right: ports, tag, sum, and now and then numbers that are near those awaited. */
  #repair({ bytes, at, length, random }: Mutator): void {
    if (length < 20 || random.chance(0.05)) return;
    writeU32(bytes, at, 0x1388_1388);
    const type = bytes[at + 12]!;
    writeU32(bytes, at + 4, type === 1 ? 0 : this.#tag);
    // One chunk up to the end, or as many as the lengths say.
    if (random.chance(0.6)) writeU16(bytes, at + 14, length - 12);
    if ((type === 0 || type === 192) && random.chance(0.9))
      writeU32(bytes, at + 16, this.#cumulative + random.below(9));
    if (type === 0 && length > 24 && random.chance(0.7)) writeU16(bytes, at + 20, random.below(70));
    if (type === 0 && length > 26 && random.chance(0.7)) writeU16(bytes, at + 22, random.below(5));
    writeU32(bytes, at + 8, 0);
    const right = packetSum(bytes, at, length);
    for (let ix = 0; ix < 4; ix++) bytes[at + 8 + ix] = right >>> (8 * ix);
  }

  #pass(): void {
    const { data } = this.#stage.server;
    this.#now += this.#random.chance(0.9) ? this.#random.below(500) : this.#random.below(40_000);
    data.tick(this.#now);
    const [channel] = data.channels.values();
    if (channel !== undefined && this.#random.chance(0.3)) {
      data.send(channel, new Uint8Array(1 + this.#random.below(5_000)), false, this.#now);
    }
    if (channel !== undefined && this.#random.chance(0.01)) data.close(channel);
  }

  #heed(): void {
    const { data, pool } = this.#stage.server;
    for (const event of data.drain()) {
      if (event.type === 'message') this.counts.messages++;
      else if (event.type === 'open') this.counts.opened++;
      else if (event.type === 'ended' && event.reason === 'violation') this.counts.violated++;
    }
    const { keptBytes, queuedBytes } = data.association;
    must(keptBytes >= 0 && keptBytes <= MOST_KEPT_BYTES, () => `${keptBytes} bytes are kept`);
    must(pool.inUse * BLOCK_BYTES <= 3 * MOST_KEPT_BYTES, () => `${pool.inUse} blocks are in use`);
    must(queuedBytes >= 0 && queuedBytes <= QUEUE_BYTES + 4_096, () => `${queuedBytes} bytes wait`);
    must(data.channels.size <= 64, () => `${data.channels.size} channels`);
    must(this.#packets <= MOST_PACKETS_PER_INPUT, () => `${this.#packets} packets for one`);
  }

  #written(length: number): void {
    const { bytes } = this.#out;
    must(length >= 16 && length <= 1_160, () => `a packet of ${length} bytes`);
    if (bytes[12] === 3) this.#cumulative = readU32(bytes, 16);
    this.#packets++;
    this.counts.written++;
  }
}

function sum(drops: Readonly<Record<string, number>>): number {
  return Object.values(drops).reduce((all, count) => all + count, 0);
}
