import { FORM, RX, RX_COLUMNS, type RxTable, TX, TX_COLUMNS, type TxTable } from '@madang/engine';
import type { BindOptions, BoundPort, MediaPlane, MediaPlaneOptions, PlaneSizes } from '@madang/native';

/** A socket at the other end, which knows nothing of planes. */
export interface RigSocket {
  readonly ip: string;
  readonly port: number;
  readonly heard: Buffer[];
  send(bytes: Uint8Array, port: number, ip?: string): void;
}

/** What a contract needs: planes of one kind, plain sockets, and a way to wait. */
export interface Rig {
  open(options: MediaPlaneOptions): MediaPlane;
  socket(ip?: string): Promise<RigSocket>;
  /** Lets everything under way arrive, at least until `isThere`. Rejects when that does not happen. */
  until(isThere: () => boolean): Promise<void>;
  /** Closes what was opened. */
  close(): void;
}

/** A copy of a receive row and its bytes, by name. */
export interface SeenRow {
  readonly bytes: Buffer;
  readonly kind: number;
  readonly slot: number;
  readonly addressIx: number;
  readonly peerIx: number;
  readonly portIx: number;
  readonly ageUs: number;
  readonly ipFlags: number;
}

type Column = keyof typeof TX;

/** A plane with one port that writes down what it sees. */
export class Station {
  readonly plane: MediaPlane;
  readonly seen: SeenRow[] = [];
  batches = 0;
  readonly port: BoundPort;
  /** Called for each batch, after it was written down. */
  onBatch: (rx: RxTable, tx: TxTable) => void = () => {};

  constructor(rig: Rig, sizes: Partial<PlaneSizes> = {}, bind: Partial<BindOptions> = {}) {
    this.plane = rig.open({ sizes, onBatch: (rx, tx) => this.#see(rx, tx) });
    this.port = this.plane.bind({ ip: '127.0.0.1', ...bind });
  }

  /** Fills one row; columns that are not given are 0, the slot is none. */
  row(columns: Partial<Record<Column, number>>, tx: TxTable = this.plane.tx): void {
    const at = tx.count++ * TX_COLUMNS;
    tx.rows.fill(0, at, at + TX_COLUMNS);
    tx.rows[at + TX.SLOT] = -1;
    for (const [name, value] of Object.entries(columns)) tx.rows[at + TX[name as Column]] = value;
  }

  /** Puts bytes into the inline area; returns where. */
  inline(bytes: Uint8Array, tx: TxTable = this.plane.tx): number {
    const at = tx.inlineBytes;
    tx.inline.set(bytes, at);
    tx.inlineBytes += bytes.length;
    return at;
  }

  /** Sends bytes as they are. */
  sendPlain(bytes: Uint8Array, addressIx: number, tx: TxTable = this.plane.tx): void {
    this.row(
      {
        OFFSET: this.inline(bytes, tx),
        LENGTH: bytes.length,
        DESTINATION_IX: addressIx,
        PORT_IX: this.port.portIx,
        FORM: FORM.PLAIN,
      },
      tx,
    );
  }

  addressOf(socket: { readonly ip: string; readonly port: number }): number {
    const addressIx = this.plane.addressIx(socket.ip, socket.port);
    if (addressIx === null) throw new Error('no room for the address');
    return addressIx;
  }

  #see(rx: RxTable, tx: TxTable): void {
    this.batches++;
    for (let row = 0; row < rx.count; row++) this.seen.push(readRow(rx, row));
    this.onBatch(rx, tx);
  }
}

function readRow(rx: RxTable, row: number): SeenRow {
  const column = (name: keyof typeof RX) => rx.rows[row * RX_COLUMNS + RX[name]]!;
  const begin = column('SLOT') * rx.slotBytes;
  return {
    bytes: Buffer.from(rx.slab.subarray(begin, begin + column('LENGTH'))),
    slot: column('SLOT'),
    kind: column('KIND'),
    addressIx: column('ADDRESS_IX'),
    peerIx: column('PEER_IX'),
    portIx: column('PORT_IX'),
    ageUs: column('AGE_US'),
    ipFlags: column('IP_FLAGS'),
  };
}
