import { PacketCounts } from './packet-counts.js';
import { packetKind } from './packet-kind.js';
import {
  type CommandOf,
  type CommandType,
  type Delivery,
  type MediaRights,
  type MemberId,
  type Random,
  RX,
  RX_COLUMNS,
  type RxTable,
  type TxTable,
} from './ports/index.js';
import { carryOut, type Outcome, type RoomCounts, type RoomLimits, Rooms } from './room/index.js';

export interface EngineOptions {
  readonly limits: RoomLimits;
  readonly random: Random;
}

export interface EngineCounts extends RoomCounts {
  readonly packets: ReturnType<PacketCounts['snapshot']>;
}

/**
 * The brain behind its four doors: `packets`, `tick`, `command`, `drain`. It knows no clock: `now` is monotonic
 * milliseconds with fraction, and never goes back from one call to the next.
 */
export class Engine {
  readonly #rooms: Rooms;
  readonly #packets = new PacketCounts();

  constructor(options: EngineOptions) {
    this.#rooms = new Rooms(options.limits, options.random);
  }

  /**
   * Takes a batch of datagrams. So far no endpoint exists that one could belong to: each is counted by kind and dropped
   * as `no_endpoint`, a row that names bytes outside the slab as `malformed`. Never throws.
   */
  packets(rx: RxTable, _now: number, _tx: TxTable): void {
    const rows = Math.min(rx.count, Math.floor(rx.rows.length / RX_COLUMNS));
    for (let row = 0; row < rows; row++) {
      const at = row * RX_COLUMNS;
      const begin = firstByteIx(rx, rx.rows[at + RX.SLOT]!, rx.rows[at + RX.LENGTH]!);
      if (begin < 0) {
        this.#packets.dropped('malformed');
        continue;
      }
      this.#packets.received(packetKind(rx.slab[begin]!));
      this.#packets.dropped('no_endpoint');
    }
  }

  /** Does what has come due. Call it at `nextAt()`; earlier or later does no harm. */
  tick(now: number, _tx?: TxTable): void {
    this.#rooms.expire(now);
  }

  /** Carries one command out, and gives its result or the reason why nothing has changed. */
  command<T extends CommandType>(command: CommandOf<T>, now: number): Outcome<T> {
    return carryOut(this.#rooms, command, now);
  }

  /** Whose memberships have ended since the last `drain`: to be asked for before it. */
  departed(): readonly MemberId[] {
    return this.#rooms.post.departed();
  }

  /** What else may be forwarded of whom since the last `drain`: to be asked for before it. */
  rights(): readonly MediaRights[] {
    return this.#rooms.post.rights();
  }

  /** What links shall hear of everything since the last call, in order. Call it after each of the other doors. */
  drain(): Delivery[] {
    return this.#rooms.post.drain();
  }

  /** When `tick` has something to do; null when nothing is pending. */
  nextAt(): number | null {
    return this.#rooms.nextAt();
  }

  counts(): EngineCounts {
    return { ...this.#rooms.counts(), packets: this.#packets.snapshot() };
  }
}

/** Where the datagram of a row begins in the slab; -1 when any of its bytes would lie outside its slot or the slab. */
function firstByteIx(rx: RxTable, slot: number, length: number): number {
  if (slot < 0 || length < 1 || length > rx.slotBytes) return -1;
  const begin = slot * rx.slotBytes;
  return begin + length <= rx.slab.length ? begin : -1;
}
