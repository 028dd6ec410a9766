import type { FakePeerConnection } from './fake-peer-connection.js';

/** What the fakes need of a clock; `VirtualTime` is one. */
export interface FakeTime {
  nowMs(): number;
  after(delayMs: number, run: () => void): () => void;
}

/**
 * The network under all fake connections of a test. Every machine has one address at a time; two machines reach each
 * other unless they are cut off.
 */
export class IceNetwork {
  readonly time: FakeTime;
  /** Milliseconds that an operation of the browser takes, asked anew for each. */
  operationMs: () => number = () => 1;
  /** Of data channels: one way, how much in a millisecond, and what the other side says it takes in one message. */
  dataLatencyMs = 5;
  dataBytesPerMs = 20_000;
  maxMessageSize = 262_144;
  readonly #byUfrag = new Map<string, FakePeerConnection>();
  readonly #addresses = new Map<string, number>();
  readonly #cut = new Set<string>();
  /** Every connection that is not closed. */
  readonly open = new Set<FakePeerConnection>();
  #ufrags = 0;

  constructor(time: FakeTime) {
    this.time = time;
  }

  /** The address of `machine` now. */
  address(machine: string): string {
    return `${machine}.${this.#addresses.get(machine) ?? 1}`;
  }

  /** `machine` goes to another network: what was sent to its old address is lost from now on. */
  move(machine: string): void {
    this.#addresses.set(machine, (this.#addresses.get(machine) ?? 1) + 1);
    this.#check();
  }

  /** No packet to or from `machine` arrives until `mend`. */
  cut(machine: string): void {
    this.#cut.add(machine);
    this.#check();
  }

  mend(machine: string): void {
    this.#cut.delete(machine);
    this.#check();
  }

  reaches(a: string, b: string): boolean {
    return !this.#cut.has(a) && !this.#cut.has(b);
  }

  /** A new one, by which `pc` is found from now on. */
  ufrag(pc: FakePeerConnection): string {
    this.#ufrags += 1;
    const ufrag = `u${this.#ufrags}`;
    this.#byUfrag.set(ufrag, pc);
    return ufrag;
  }

  find(ufrag: string | undefined): FakePeerConnection | undefined {
    return ufrag === undefined ? undefined : this.#byUfrag.get(ufrag);
  }

  #check(): void {
    for (const pc of this.open) pc.checkPath();
  }
}
