import { FORM, TX, TX_COLUMNS, type TxTable } from '../ports/index.js';
import { type PacketOut, SCTP_PACKET_BYTES } from '../sctp/index.js';

/** SCTP packets of a peer as rows of a tx table, written straight into its inline area. One object serves all. */
export class DataRow implements PacketOut {
  #tx: TxTable | null = null;
  #planeIx = -1;

  /** What is written from now on is for this peer. */
  aim(tx: TxTable, planeIx: number): this {
    this.#tx = tx;
    this.#planeIx = planeIx;
    return this;
  }

  get bytes(): Uint8Array {
    return this.#tx!.inline;
  }

  begin(): number {
    const tx = this.#tx!;
    if (!hasRoom(tx)) tx.flush();
    return hasRoom(tx) ? tx.inlineBytes : -1;
  }

  end(length: number): void {
    const tx = this.#tx!;
    const at = tx.count * TX_COLUMNS;
    tx.rows[at + TX.SLOT] = -1;
    tx.rows[at + TX.OFFSET] = tx.inlineBytes;
    tx.rows[at + TX.LENGTH] = length;
    tx.rows[at + TX.DESTINATION_IX] = this.#planeIx;
    tx.rows[at + TX.FORM] = FORM.PEER_DATA;
    tx.count++;
    tx.inlineBytes += length;
  }
}

function hasRoom(tx: TxTable): boolean {
  return tx.count < tx.capacity && tx.inlineBytes + SCTP_PACKET_BYTES <= tx.inline.length;
}
