import { ADDRESS, ADDRESS_COLUMNS, type AddressBook, parseHost } from '@madang/engine';
import type { MediaPlane } from '@madang/native';
import { hostText } from './host-text.js';

type Addresses = Pick<MediaPlane, 'address' | 'addressIx' | 'keepAddress' | 'releaseAddress'>;

/**
 * The engine's book of addresses over those of a plane. What an index stands for is asked of the plane once and kept, so
 * that a packet costs no call into it. An index is never another address's, so what is kept stays true.
 */
export class PlaneAddresses implements AddressBook {
  readonly rows: Int32Array;
  readonly #plane: Addresses;
  /** Whose columns stand in each row. */
  readonly #ixOfRow: Int32Array;
  /** Addresses that had to make room before they could be held, and how often they were to be. */
  readonly #missed = new Map<number, number>();

  /** `capacity`: a power of two. With that of the plane no two addresses share a row. */
  constructor(plane: Addresses, capacity: number) {
    this.#plane = plane;
    this.rows = new Int32Array(capacity * ADDRESS_COLUMNS);
    this.#ixOfRow = new Int32Array(capacity).fill(-1);
  }

  rowOf(ix: number): number {
    const row = ix & (this.#ixOfRow.length - 1);
    return this.#ixOfRow[row] === ix || this.#read(ix, row) ? row * ADDRESS_COLUMNS : -1;
  }

  enter(family: number, port: number, word0: number, word1: number, word2: number, word3: number): number {
    const host = new Uint8Array(family === 4 ? 4 : 16);
    const view = new DataView(host.buffer);
    view.setInt32(0, word0);
    if (family === 6) {
      view.setInt32(4, word1);
      view.setInt32(8, word2);
      view.setInt32(12, word3);
    }
    return this.#plane.addressIx(hostText(host), port) ?? -1;
  }

  hold(ix: number): void {
    if (ix >= 0 && this.#plane.address(ix) !== null) this.#plane.keepAddress(ix);
    else this.#missed.set(ix, (this.#missed.get(ix) ?? 0) + 1);
  }

  release(ix: number): void {
    const missed = this.#missed.get(ix);
    if (missed === undefined) this.#plane.releaseAddress(ix);
    else if (missed > 1) this.#missed.set(ix, missed - 1);
    else this.#missed.delete(ix);
  }

  #read(ix: number, row: number): boolean {
    const address = ix < 0 ? null : this.#plane.address(ix);
    const host = address === null ? null : parseHost(address.ip);
    if (address === null || host === null) return false;
    const view = new DataView(host.buffer, host.byteOffset, host.byteLength);
    const word = (at: number) => (at < host.length ? view.getInt32(at) : 0);
    const columns = [host.length === 4 ? 4 : 6, address.port, word(0), word(4), word(8), word(12)];
    this.rows.set(columns, row * ADDRESS_COLUMNS + ADDRESS.FAMILY);
    this.#ixOfRow[row] = ix;
    return true;
  }
}
