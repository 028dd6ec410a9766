import { isIP } from 'node:net';
import type { RemoteAddress } from '@madang/native';

interface Entry extends RemoteAddress {
  readonly key: string;
  keepers: number;
  wasSeen: boolean;
  peerIx: number;
}

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The bounded table of addresses: second chance, and an index that is never given to another address. */
export class FakeAddresses {
  readonly #byIx = new Map<number, Entry>();
  readonly #ixByKey = new Map<string, number>();
  readonly #capacity: number;
  #nextIx = 0;
  evicted = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#byIx.size;
  }

  /** -1 when every entry is kept; throws on what is no address. */
  see(text: string, port: number): number {
    const ip = MAPPED.exec(text)?.[1] ?? text;
    if (isIP(ip) === 0) throw new TypeError(`${text} is no numeric IP address`);
    const key = `${ip} ${port}`;
    const known = this.#ixByKey.get(key);
    if (known !== undefined) {
      this.#byIx.get(known)!.wasSeen = true;
      return known;
    }
    if (this.size === this.#capacity && !this.#makeRoom()) return -1;
    const addressIx = this.#nextIx++;
    this.#byIx.set(addressIx, { ip, port, key, keepers: 0, wasSeen: true, peerIx: -1 });
    this.#ixByKey.set(key, addressIx);
    return addressIx;
  }

  get(addressIx: number): Entry | undefined {
    return this.#byIx.get(addressIx);
  }

  keep(addressIx: number): boolean {
    const entry = this.get(addressIx);
    if (entry !== undefined) entry.keepers++;
    return entry !== undefined;
  }

  release(addressIx: number): boolean {
    const entry = this.get(addressIx);
    if (entry === undefined || entry.keepers === 0) return false;
    entry.keepers--;
    return true;
  }

  /** A map keeps the order of insertion: an address that gets its second chance goes to the end. */
  #makeRoom(): boolean {
    for (const mayBeSeen of [false, true]) {
      for (const [addressIx, entry] of [...this.#byIx]) {
        if (entry.keepers > 0) continue;
        if (entry.wasSeen && !mayBeSeen) {
          entry.wasSeen = false;
          continue;
        }
        this.#byIx.delete(addressIx);
        this.#ixByKey.delete(entry.key);
        this.evicted++;
        return true;
      }
    }
    return false;
  }
}
