import type { Shortcut } from '@madang/engine';
import type { FakeAddresses } from './fake-addresses.js';

interface Path {
  readonly portIx: number;
  readonly addressIx: number;
}

type Ports = ReadonlyMap<number, { readonly forPeers: boolean }>;
type Open = Shortcut & { readonly endsAtMs: number };

const TALLIES = 4;
const HEADER_BYTES = 4;

/** The shortcuts of a fake plane. Its indices of ports never come again. */
export class FakeShortcuts {
  readonly shortened = new Float64Array(2 * TALLIES);
  readonly #open = new Map<number, Open>();
  readonly #capacity: number;
  readonly #ports: Ports;
  readonly #addresses: FakeAddresses;
  /** Sources that the batch has a row of. */
  readonly #awaited = new Set<number>();
  #nextIx = 0;

  constructor(capacity: number, ports: Ports, addresses: FakeAddresses) {
    this.#capacity = capacity;
    this.#ports = ports;
    this.#addresses = addresses;
  }

  open(shortcut: Shortcut): number | null {
    const { fromPortIx, fromAddressIx, toPortIx, toAddressIx, takesNumber, tally } = shortcut;
    const hasPorts = this.#ports.get(fromPortIx)?.forPeers === false && this.#ports.has(toPortIx);
    const hasAddresses = [fromAddressIx, toAddressIx].every((ix) => this.#addresses.get(ix) !== undefined);
    const isKnown = this.#find({ portIx: fromPortIx, addressIx: fromAddressIx }, takesNumber) !== undefined;
    if (!hasPorts || !hasAddresses || isKnown || this.#open.size >= this.#capacity || tally < 0 || tally >= TALLIES)
      return null;
    this.#addresses.keep(fromAddressIx);
    this.#addresses.keep(toAddressIx);
    this.#open.set(this.#nextIx, { ...shortcut, endsAtMs: performance.now() + shortcut.forMs });
    return this.#nextIx++;
  }

  close(shortcutIx: number): boolean {
    const shortcut = this.#open.get(shortcutIx);
    if (shortcut === undefined) return false;
    this.#addresses.release(shortcut.fromAddressIx);
    this.#addresses.release(shortcut.toAddressIx);
    return this.#open.delete(shortcutIx);
  }

  /** What goes on and where, when a shortcut is there for the datagram; else it is to become a row. */
  take(bytes: Uint8Array, path: Path): { readonly bytes: Uint8Array; readonly path: Path } | null {
    const found = this.#awaited.has(path.addressIx) ? undefined : this.#findFor(bytes, path);
    if (found === undefined) {
      this.#awaited.add(path.addressIx);
      return null;
    }
    const { takesNumber, putsNumber, tally, toPortIx, toAddressIx } = found;
    const data = takesNumber < 0 ? bytes : bytes.subarray(HEADER_BYTES, HEADER_BYTES + lengthOf(bytes));
    const header = putsNumber < 0 ? [] : [putsNumber >> 8, putsNumber & 255, data.length >> 8, data.length & 255];
    this.shortened[2 * tally]! += 1;
    this.shortened[2 * tally + 1]! += data.length;
    return { bytes: Uint8Array.from([...header, ...data]), path: { portIx: toPortIx, addressIx: toAddressIx } };
  }

  /** The rows that were not taken have been seen. */
  endBatch(): void {
    this.#awaited.clear();
  }

  #findFor(bytes: Uint8Array, path: Path): Open | undefined {
    const hasHeader =
      bytes.length > HEADER_BYTES && lengthOf(bytes) > 0 && HEADER_BYTES + lengthOf(bytes) <= bytes.length;
    const numbered = hasHeader ? this.#find(path, (bytes[0]! << 8) | bytes[1]!) : undefined;
    const found = numbered ?? this.#find(path, -1);
    const holds = found !== undefined && performance.now() < found.endsAtMs && this.#ports.has(found.toPortIx);
    return holds ? found : undefined;
  }

  #find({ portIx, addressIx }: Path, number: number): Open | undefined {
    return [...this.#open.values()].find(
      (each) => each.fromPortIx === portIx && each.fromAddressIx === addressIx && each.takesNumber === number,
    );
  }
}

function lengthOf(bytes: Uint8Array): number {
  return (bytes[2]! << 8) | bytes[3]!;
}
