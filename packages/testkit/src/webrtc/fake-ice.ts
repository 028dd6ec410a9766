import type { FakePeerConnection } from './fake-peer-connection.js';
import type { IceNetwork } from './ice-network.js';

const CHECK_MS = 5;
const DISCONNECTED_MS = 3_000;
const FAILED_MS = 12_000;

type State = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed';

/** Whether one fake connection finds its way to the other, and when it notices that the way is lost. */
export class FakeIce {
  state: State = 'new';
  readonly #network: IceNetwork;
  readonly #machine: string;
  readonly #changed: (state: State) => void;
  /** The addresses of the pair that was selected. */
  #selected: { readonly local: string; readonly remote: string; readonly peerMachine: string } | undefined;
  #cancelCheck: (() => void) | undefined;
  #cancelLoss: (() => void) | undefined;

  constructor(network: IceNetwork, machine: string, changed: (state: State) => void) {
    this.#network = network;
    this.#machine = machine;
    this.#changed = changed;
  }

  get pair(): { readonly local: string; readonly remote: string } | undefined {
    return this.#selected;
  }

  /** Descriptions or candidates changed: a better pair may be there soon. */
  consider(findPeer: () => FakePeerConnection | undefined, addresses: () => readonly string[]): void {
    if (this.state === 'new' && findPeer() !== undefined) this.#enter('connecting');
    this.#cancelCheck ??= this.#network.time.after(CHECK_MS, () => {
      this.#cancelCheck = undefined;
      const peer = findPeer();
      if (peer === undefined || !this.#network.reaches(this.#machine, peer.machine)) return this.#watch();
      const remote = this.#network.address(peer.machine);
      if (!addresses().includes(remote)) return this.#watch();
      const local = this.#network.address(this.#machine);
      const isNews = this.state !== 'connected' || !this.works;
      this.#selected = { local, remote, peerMachine: peer.machine };
      this.#enter('connected');
      // Its checks reach the other side, which learns of the pair from them.
      if (isNews) peer.hearCheck();
    });
  }

  /** Looks whether the selected pair still works. */
  check(): void {
    if (this.#selected === undefined) return;
    if (!this.works) this.#watch();
    else if (this.state === 'disconnected') this.#enter('connected');
  }

  close(): void {
    this.#cancelCheck?.();
    this.#cancelLoss?.();
  }

  /** Packets get through by the selected pair now. */
  get works(): boolean {
    const pair = this.#selected;
    if (pair === undefined) return false;
    const there =
      this.#network.address(this.#machine) === pair.local && this.#network.address(pair.peerMachine) === pair.remote;
    return there && this.#network.reaches(this.#machine, pair.peerMachine);
  }

  #watch(): void {
    if (this.works) return;
    const { time } = this.#network;
    this.#cancelLoss ??= time.after(DISCONNECTED_MS, () => {
      if (this.state === 'connected') this.#enter('disconnected');
      this.#cancelLoss = time.after(FAILED_MS - DISCONNECTED_MS, () => this.#enter('failed'));
    });
  }

  #enter(state: State): void {
    if (state === 'connected') {
      this.#cancelLoss?.();
      this.#cancelLoss = undefined;
    }
    if (this.state === state) return;
    this.state = state;
    this.#changed(state);
  }
}
