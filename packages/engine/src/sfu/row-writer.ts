import { type RxTable, TX_COLUMNS, type TxTable } from '../ports/index.js';
import { ExtensionPlaces, RtpHeader } from '../rtp/index.js';
import { ExtraElements } from './extra-elements.js';
import { MediaPacket } from './media-packet.js';

/** Fills the transmit table row by row, and has it sent when it is full. One for each thread. */
export class RowWriter {
  readonly extra = new ExtraElements();
  /** What is read anew of packets that are sent from their slots later. */
  readonly kept = new MediaPacket(new RtpHeader(), new ExtensionPlaces());
  /** The time of the batch. */
  now = 0;
  #tx: TxTable | null = null;
  /** The last batch, whose slots are those of all. */
  #rx: RxTable | null = null;

  /** The table that rows go to until the next call; `rx`: the batch that has come. */
  begin(tx: TxTable, now: number, rx: RxTable | null = null): void {
    this.now = now;
    this.#tx = tx;
    if (rx !== null) this.#rx = rx;
    this.extra.forget();
  }

  get tx(): TxTable {
    return this.#tx!;
  }

  /** The slots' bytes; some batch has to have come before. */
  get slab(): Uint8Array {
    return this.#rx!.slab;
  }

  get slotBytes(): number {
    return this.#rx!.slotBytes;
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
