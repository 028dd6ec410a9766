import { type Clock, every } from '../clock.js';
import { Emitter } from '../emitter.js';
import { type Flow, flow, flowSeen, LOOK_MS } from './flow.js';
import type { PeerState } from './member.js';
import { newestArrival } from './newest-arrival.js';
import {
  connectionChanged,
  flowCeased,
  flowResumed,
  networkChanged,
  offerTaken,
  type Recovery,
  type RecoveryStep,
  recovery,
  recoveryDue,
  signalsPass,
} from './recovery.js';

/** How soon to look again whether the other side can be reached, while it can't. */
const UNREACHABLE_MS = 1_000;

export interface PathKeeperDeps {
  readonly clock: Clock;
  readonly polite: boolean;
  /** Whether a signal would arrive soon. */
  reachable(): boolean;
  /** Something has to be agreed with the other side, and the server says that it is away: is that still so? */
  stranded(): void;
  /** Whether the other side says that it sends sound or picture all the time. */
  expectsMedia(): boolean;
  restartIce(): void;
  startOver(): void;
}

/** Keeps the way to one member open: notices that it is lost, has it looked for anew, and says how long it was away. */
export class PathKeeper extends Emitter<{
  /** Media are away, or back. */
  interrupted: [];
  /** Packets that came steadily have ceased. */
  ceased: [];
  /** Media are back after so many milliseconds. */
  recovered: [afterMs: number];
}> {
  readonly #deps: PathKeeperDeps;
  #pc: RTCPeerConnection | undefined;
  #recovery: Recovery;
  #flow: Flow;
  /** Of the last packet before the media went away. */
  #awaySince: number | undefined;
  #timer: unknown;
  #stopLooking: (() => void) | undefined;

  constructor(deps: PathKeeperDeps, awaitsOffer: boolean) {
    super();
    this.#deps = deps;
    const now = deps.clock.now();
    this.#flow = flow(now);
    this.#recovery = recovery({ awaitsOffer, polite: deps.polite }, now);
    this.#arm();
  }

  /** Whether media that came once stay away. */
  get isInterrupted(): boolean {
    return this.#awaySince !== undefined;
  }

  /** Another connection is begun in place of the last. */
  renew(): void {
    this.#unwatch();
    this.#recovery = recovery({ awaitsOffer: false, polite: this.#deps.polite }, this.#deps.clock.now());
    this.#arm();
  }

  /** The state of the connection changed. */
  connectionChanged(pc: RTCPeerConnection, state: PeerState): void {
    const now = this.#deps.clock.now();
    if (state === 'connected') this.#onConnected(pc);
    else if (this.#recovery.connection === 'connected') {
      this.#onAway(this.#lastHeardAt);
    }
    this.#take(connectionChanged(this.#recovery, state, now));
  }

  /** The other side has let go of the connection. */
  letGo(): void {
    if (this.#recovery.connection === 'connected') this.#onAway(this.#lastHeardAt);
  }

  /** The network of this machine changed. */
  networkChanged(): void {
    this.#take(networkChanged(this.#recovery, this.#deps.clock.now()));
  }

  /** An offer of the other side was answered. */
  offerTaken(): void {
    this.#take(offerTaken(this.#recovery, this.#deps.clock.now()));
  }

  /** Signals reach the other side again. */
  signalsPass(): void {
    this.#take(signalsPass(this.#recovery, this.#deps.clock.now()));
  }

  close(): void {
    this.#unwatch();
    this.#deps.clock.clearTimeout(this.#timer);
  }

  get #lastHeardAt(): number {
    return this.#flow.at === 'unsteady' ? this.#deps.clock.now() : this.#flow.arrivedAt;
  }

  #onConnected(pc: RTCPeerConnection): void {
    if (this.#pc !== pc) this.#watch(pc);
    // Where packets can be counted they decide; else the connection is believed.
    if (!this.#deps.expectsMedia() || newestArrival(pc, 0) === undefined) this.#onBack();
  }

  #watch(pc: RTCPeerConnection): void {
    const { clock } = this.#deps;
    this.#unwatch();
    this.#pc = pc;
    this.#flow = flow(clock.now());
    this.#stopLooking = every(clock, LOOK_MS, () => this.#look(pc));
  }

  #unwatch(): void {
    this.#stopLooking?.();
    this.#pc = undefined;
  }

  #look(pc: RTCPeerConnection): void {
    const { clock, expectsMedia } = this.#deps;
    const before = this.#flow;
    const [newest, expected] = [newestArrival(pc, before.newest), expectsMedia()];
    this.#flow = flowSeen(before, newest, expected, clock.now());
    if (this.#flow.at === 'ceased' && before.at === 'flowing') {
      this.#onAway(this.#flow.arrivedAt);
      this.#take(flowCeased(this.#recovery, clock.now()));
      this.emit('ceased');
    } else if (newest === undefined || !expected || newest > before.newest) {
      if (this.#recovery.connection === 'connected') this.#onBack();
      if (this.#recovery.stalled) this.#take(flowResumed(this.#recovery));
    }
  }

  #onAway(sinceMs: number): void {
    if (this.#awaySince !== undefined) return;
    this.#awaySince = sinceMs;
    this.emit('interrupted');
  }

  #onBack(): void {
    if (this.#awaySince === undefined) return;
    const afterMs = this.#deps.clock.now() - this.#awaySince;
    this.#awaySince = undefined;
    this.emit('interrupted');
    this.emit('recovered', afterMs);
  }

  #take({ state, action }: RecoveryStep): void {
    this.#recovery = state;
    if (action === 'restart') this.#deps.restartIce();
    else if (action === 'start-over') this.#deps.startOver();
    this.#arm();
  }

  #arm(): void {
    const { clock } = this.#deps;
    clock.clearTimeout(this.#timer);
    if (!Number.isFinite(this.#recovery.dueAt)) return;
    this.#timer = clock.setTimeout(() => this.#onDue(), Math.max(0, this.#recovery.dueAt - clock.now()));
  }

  #onDue(): void {
    const { clock, reachable, stranded } = this.#deps;
    if (reachable()) {
      this.#take(recoveryDue(this.#recovery, clock.now()));
      return;
    }
    stranded();
    this.#timer = clock.setTimeout(() => this.#onDue(), UNREACHABLE_MS);
  }
}
