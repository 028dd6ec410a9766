import { OVERHEAD_BYTES } from '../bwe/index.js';
import type { Leg } from './leg.js';
import type { MediaPacket } from './media-packet.js';
import { LEDGER, WAITS } from './out-ledger.js';
import type { OutStream } from './out-stream.js';
import type { RowWriter } from './row-writer.js';
import { writeKept } from './write-kept.js';
import { toldTargets } from './write-packet.js';

/**
 * The packets of one stream that wait until the viewer's line has room. They have their numbers already: a row of the ledger
 * each, with the bit `WAITS`; their bytes are in the history of the source. So one that waits costs no memory.
 */
export class HeldPackets {
  count = 0;
  readonly #stream: OutStream;
  #bytes = 0;
  /** The number of the oldest. */
  #from = 0;

  constructor(stream: OutStream) {
    this.#stream = stream;
  }

  /** Takes the newest packet, whose ledger row at `at` is filled, unless it may go at once. Whether it was taken. */
  take(packet: MediaPacket, at: number, leg: Leg, writer: RowWriter): boolean {
    const { ledger, viewer } = this.#stream;
    const { pace, sent } = viewer.sending.bandwidth;
    if (pace.waiting === 0 && pace.mayGo(sent.bytes, writer.now)) return false;
    // What can't be made again later goes now, before those that wait.
    if (leg.source?.keeps(writer.now) !== true || toldTargets(this.#stream, packet) !== 0) return false;
    if (this.count > 0 && ledger.next - this.#from >= ledger.capacity) this.letGo(writer);
    if (this.count === 0) this.#from = ledger.next - 1;
    ledger.rows[at + LEDGER.PAYLOAD_TYPE]! |= WAITS;
    const bytes = packet.header.payloadBytes + OVERHEAD_BYTES;
    this.count++;
    this.#bytes += bytes;
    pace.wait(bytes, writer.now);
    return true;
  }

  /** Sends the oldest. One whose bytes are not kept any more is lost, as on the way. */
  letGo(writer: RowWriter): void {
    const { ledger, viewer } = this.#stream;
    this.#from = Math.max(this.#from, ledger.oldest);
    while (this.#from < ledger.next) {
      const at = ledger.at(this.#from++);
      const type = ledger.rows[at + LEDGER.PAYLOAD_TYPE]!;
      if (type < 0 || (type & WAITS) === 0) continue;
      ledger.rows[at + LEDGER.PAYLOAD_TYPE] = type & ~WAITS;
      const before = viewer.sending.bandwidth.sent.bytes;
      writeKept(this.#stream, at, writer);
      const bytes =
        this.count === 1 ? this.#bytes : Math.min(this.#bytes, viewer.sending.bandwidth.sent.bytes - before);
      this.#gone(1, bytes);
      return;
    }
    // Their rows were needed for others.
    this.clear();
  }

  /** Forgets all. */
  clear(): void {
    if (this.count > 0) this.#gone(this.count, this.#bytes);
  }

  #gone(packets: number, bytes: number): void {
    this.count -= packets;
    this.#bytes -= bytes;
    this.#stream.viewer.sending.bandwidth.pace.gone(packets, bytes);
  }
}
