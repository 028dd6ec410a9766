import type { RX_COLUMNS, RxTable, TX_COLUMNS, TxTable } from '@madang/engine';
import type { PlaneSizes } from './media-plane.js';
import type { RawMemory, RawPlane } from './raw-plane.js';

// The compiler holds these to what engine/ports says.
const rxColumns: typeof RX_COLUMNS = 8;
const txColumns: typeof TX_COLUMNS = 16;

/** The receive table over the addon's memory. */
export class SharedRxTable implements RxTable {
  readonly rows: Int32Array;
  readonly slab: Uint8Array;
  readonly slotBytes: number;
  count = 0;

  constructor({ buffer, rxRowsAt, slabAt }: RawMemory, sizes: PlaneSizes) {
    this.rows = new Int32Array(buffer, rxRowsAt, sizes.rxRows * rxColumns);
    this.slab = new Uint8Array(buffer, slabAt, sizes.slots * sizes.slotBytes);
    this.slotBytes = sizes.slotBytes;
  }
}

/** The transmit table over the addon's memory. `count` and `inlineBytes` stay here until they are handed over. */
export class SharedTxTable implements TxTable {
  readonly rows: Int32Array;
  readonly capacity: number;
  readonly inline: Uint8Array;
  count = 0;
  inlineBytes = 0;
  readonly #head: Int32Array;
  readonly #raw: RawPlane;

  constructor(raw: RawPlane, { buffer, txRowsAt, txHeadAt, inlineAt }: RawMemory, sizes: PlaneSizes) {
    this.#raw = raw;
    this.capacity = sizes.txRows;
    this.rows = new Int32Array(buffer, txRowsAt, sizes.txRows * txColumns);
    this.inline = new Uint8Array(buffer, inlineAt, sizes.inlineBytes);
    this.#head = new Int32Array(buffer, txHeadAt, 2);
  }

  /** Puts the counts where the addon reads them, and empties the table. */
  handOver(): void {
    this.#head[0] = this.count;
    this.#head[1] = this.inlineBytes;
    this.count = 0;
    this.inlineBytes = 0;
  }

  flush(): void {
    this.handOver();
    this.#raw.flush();
  }

  /** Forgets what is filled. */
  discard(): void {
    this.count = 0;
    this.inlineBytes = 0;
  }
}
