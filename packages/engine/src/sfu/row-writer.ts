import { TX_COLUMNS, type TxTable } from '../ports/index.js';
import { ExtraElements } from './extra-elements.js';
import type { MediaPacket } from './media-packet.js';

/** Fills the transmit table row by row, and has it sent when it is full. One for each thread. */
export class RowWriter {
  readonly extra = new ExtraElements();
  #tx: TxTable | null = null;

  /** The table that rows go to until the next call. */
  begin(tx: TxTable): void {
    this.#tx = tx;
    this.extra.forget();
  }

  get tx(): TxTable {
    return this.#tx!;
  }

  /** The rows that follow are of this packet. */
  beginPacket(_packet: MediaPacket): void {
    this.extra.forget();
  }

  /** Makes a row and returns where in `tx.rows` it begins. Columns hold what stood there before. */
  row(): number {
    const tx = this.#tx!;
    if (tx.count === tx.capacity) this.flush();
    return tx.count++ * TX_COLUMNS;
  }

  /** Makes sure that `bytes` more of the inline area, and a row, can be had. */
  reserve(bytes: number): void {
    const tx = this.#tx!;
    if (tx.count === tx.capacity || tx.inlineBytes + bytes > tx.inline.length) this.flush();
  }

  flush(): void {
    this.#tx!.flush();
    this.extra.forget();
  }
}
