import type { FakeMediaPlane } from '@madang/testkit';
import { ADDRESS_COLUMNS, type AddressBook } from '../../src/ports/index.js';

/** The address book of a fake plane; of IPv4 alone. */
export class PlaneBook implements AddressBook {
  rows = new Int32Array(ADDRESS_COLUMNS);
  /** How many holds have not been released. */
  held = 0;
  readonly #plane: () => FakeMediaPlane;

  constructor(plane: () => FakeMediaPlane) {
    this.#plane = plane;
  }

  rowOf(ix: number): number {
    const address = this.#plane().address(ix);
    if (address === null) return -1;
    const host = address.ip.split('.').reduce((word, part) => (word << 8) | Number(part), 0);
    this.rows.set([4, address.port, host, 0, 0, 0]);
    return 0;
  }

  enter(_family: number, port: number, host: number): number {
    const ip = [24, 16, 8, 0].map((shift) => (host >>> shift) & 255).join('.');
    return this.#plane().addressIx(ip, port) ?? -1;
  }

  hold(ix: number): void {
    this.held++;
    this.#plane().keepAddress(ix);
  }

  release(ix: number): void {
    this.held--;
    this.#plane().releaseAddress(ix);
  }
}
