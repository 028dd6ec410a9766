import { TX_COLUMNS, type TxTable } from '@madang/engine';
import type { PlaneSizes } from '@madang/native';

/** A transmit table of JavaScript's own. `send` gets the rows that are filled and their inline bytes, for as long as it runs. */
export class FakeTxTable implements TxTable {
  readonly rows: Int32Array;
  readonly capacity: number;
  readonly inline: Uint8Array;
  count = 0;
  inlineBytes = 0;
  readonly #send: (rows: readonly Int32Array[], inline: Uint8Array) => void;

  constructor(
    sizes: Pick<PlaneSizes, 'txRows' | 'inlineBytes'>,
    send: (rows: readonly Int32Array[], inline: Uint8Array) => void,
  ) {
    this.capacity = sizes.txRows;
    this.rows = new Int32Array(sizes.txRows * TX_COLUMNS);
    this.inline = new Uint8Array(sizes.inlineBytes);
    this.#send = send;
  }

  flush(): void {
    const count = Math.min(Math.max(this.count, 0), this.capacity);
    const inlineBytes = Math.min(Math.max(this.inlineBytes, 0), this.inline.length);
    this.count = 0;
    this.inlineBytes = 0;
    const rows = Array.from({ length: count }, (_, ix) => this.rows.subarray(ix * TX_COLUMNS, (ix + 1) * TX_COLUMNS));
    this.#send(rows, this.inline.subarray(0, inlineBytes));
  }
}
