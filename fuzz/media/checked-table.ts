import { FORM, type RxTable, TX, TX_COLUMNS, type TxTable } from '../../packages/engine/src/ports/index.js';
import { RtcpCursor } from '../../packages/engine/src/rtp/index.js';
import type { SlotHolder } from '../../packages/engine/src/sfu/index.js';
import { SentNumbers } from '../../packages/engine/test/sfu/sent-numbers.js';
import { must } from '../fuzz-run.js';

const SLOTS = 1024;
const SLOT_BYTES = 512;
const ROWS = 64;
const INLINE_BYTES = 16 * 1024;

/**
 * Slots to receive into and a table to send from, of which every row is looked at as the addon would: it names bytes that
 * are there, and numbers that fit.
 */
export class CheckedTable implements SlotHolder {
  readonly rx: RxTable;
  readonly tx: TxTable;
  /** Rows that were sent, in all, and those of them that were not media. */
  sent = 0;
  reports = 0;
  resent = 0;
  /** The number of the last packet of each stream, by SSRC as it stands in the column. */
  readonly lastSeq16 = new Map<number, number>();
  readonly #numbers = new SentNumbers();
  readonly #lengths = new Int32Array(SLOTS);
  readonly #held = new Uint8Array(SLOTS);
  readonly #cursor = new RtcpCursor();
  #heldSlots = 0;
  #next = 0;

  constructor() {
    const slab = new Uint8Array(SLOTS * SLOT_BYTES);
    this.rx = { rows: new Int32Array(8), count: 1, slab, slotBytes: SLOT_BYTES };
    const inline = new Uint8Array(INLINE_BYTES);
    const rows = new Int32Array(ROWS * TX_COLUMNS);
    this.tx = { rows, capacity: ROWS, count: 0, inline, inlineBytes: 0, flush: () => this.#flush() };
  }

  get heldSlots(): number {
    return this.#heldSlots;
  }

  hold(slot: number): void {
    must(this.#held[slot] === 0, () => `slot ${slot} is held already`);
    this.#held[slot] = 1;
    this.#heldSlots++;
  }

  release(slot: number): void {
    must(this.#held[slot] === 1, () => `slot ${slot} is not held`);
    this.#held[slot] = 0;
    this.#heldSlots--;
  }

  /** Puts bytes into a free slot, and returns which. */
  put(bytes: Uint8Array, at: number, length: number): number {
    while (this.#held[this.#next] === 1) this.#next = (this.#next + 1) % SLOTS;
    const slot = this.#next;
    this.#next = (slot + 1) % SLOTS;
    const end = Math.min(length, SLOT_BYTES);
    for (let ix = 0; ix < end; ix++) this.rx.slab[slot * SLOT_BYTES + ix] = bytes[at + ix]!;
    this.#lengths[slot] = end;
    return slot;
  }

  lengthOf(slot: number): number {
    return this.#lengths[slot]!;
  }

  #flush(): void {
    const { tx } = this;
    must(tx.count <= ROWS && tx.inlineBytes <= INLINE_BYTES, () => `${tx.count} rows, ${tx.inlineBytes} bytes`);
    for (let at = 0; at < tx.count * TX_COLUMNS; at += TX_COLUMNS) this.#look(at);
    this.sent += tx.count;
    tx.count = 0;
    tx.inlineBytes = 0;
  }

  #look(at: number): void {
    const { rows, inlineBytes, inline } = this.tx;
    const form = rows[at + TX.FORM]!;
    const [slot, offset, length] = [rows[at + TX.SLOT]!, rows[at + TX.OFFSET]!, rows[at + TX.LENGTH]!];
    must(rows[at + TX.DESTINATION_IX]! >= 0, () => 'a row for nobody');
    if ((form & FORM.PADDING) !== 0) must(length >= 1 && length <= 255, () => `${length} bytes of padding`);
    else {
      const room = slot < 0 ? inlineBytes : this.#lengths[slot]!;
      must(offset >= 0 && length >= 0 && offset + length <= room, () => `${length} bytes at ${offset} of ${room}`);
    }
    if ((form & FORM.EXTRA) !== 0) {
      const end = (rows[at + TX.EXTRA]! >>> 8) + (rows[at + TX.EXTRA]! & 0xff);
      must(end <= inlineBytes, () => `elements to ${end} of ${inlineBytes}`);
    }
    if ((form & FORM.RTCP) !== 0) {
      this.reports++;
      must(slot < 0 && this.#cursor.start(inline, offset, length), () => 'a report that is none');
    } else if ((form & FORM.PLAIN) === 0) this.#lookAtRtp(at, form);
  }

  #lookAtRtp(at: number, form: number): void {
    const { rows } = this.tx;
    const [seq16, type] = [rows[at + TX.SEQ16]!, rows[at + TX.PAYLOAD_TYPE]!];
    must(seq16 >= 0 && seq16 <= 0xffff, () => `number ${seq16}`);
    must(type >= 0 && type <= 0xff, () => `payload type ${type}`);
    if ((form & FORM.PICTURE_ID) !== 0)
      must(rows[at + TX.PICTURE_ID]! >= 0 && rows[at + TX.PICTURE_ID]! <= 0x7fff, () => 'a picture id too long');
    must(this.#numbers.use(rows[at + TX.SSRC]!, seq16), () => `number ${seq16} is sent twice`);
    this.lastSeq16.set(rows[at + TX.SSRC]!, seq16);
    if ((form & FORM.RTX) !== 0) {
      this.resent++;
      must(rows[at + TX.ORIGINAL_SEQ16]! >= 0 && rows[at + TX.ORIGINAL_SEQ16]! <= 0xffff, () => 'repeats no number');
    }
  }
}
