import { FORM, TX, TX_COLUMNS, type TxTable } from '../ports/index.js';
import { RtcpWriter } from '../rtp/index.js';

/** Bytes of a compound, so that it passes any path with what SRTCP adds. */
const MOST_BYTES = 1_150;

/** One RTCP compound for a peer, written straight into the inline area of a tx table. One object serves all. */
export class ReportRow {
  readonly writer = new RtcpWriter();
  #tx: TxTable | null = null;

  /** Begins one; sends what the table holds when there is no room for it. False when even an empty one is too small. */
  begin(tx: TxTable): boolean {
    if (!hasRoom(tx)) tx.flush();
    if (!hasRoom(tx)) return false;
    this.#tx = tx;
    this.writer.begin(tx.inline, tx.inlineBytes, MOST_BYTES);
    return true;
  }

  /** Makes it a row, unless nothing was written. */
  end(peerIx: number): void {
    const { length } = this.writer;
    const tx = this.#tx;
    this.#tx = null;
    if (tx === null || length === 0) return;
    const at = tx.count * TX_COLUMNS;
    tx.rows[at + TX.SLOT] = -1;
    tx.rows[at + TX.OFFSET] = tx.inlineBytes;
    tx.rows[at + TX.LENGTH] = length;
    tx.rows[at + TX.DESTINATION_IX] = peerIx;
    tx.rows[at + TX.FORM] = FORM.RTCP;
    tx.count++;
    tx.inlineBytes += length;
  }
}

function hasRoom(tx: TxTable): boolean {
  return tx.count < tx.capacity && tx.inlineBytes + MOST_BYTES <= tx.inline.length;
}
