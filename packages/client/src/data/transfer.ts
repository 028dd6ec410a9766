import type { Clock } from '../clock.js';
import { Emitter } from '../emitter.js';
import type { DataLink } from './data-link.js';
import type { FailReason, Frame } from './frame.js';
import { RateMeter } from './rate-meter.js';
import { isOver, type TransferMove, type TransferState, transferMove } from './transfer-state.js';

/** Why a transfer failed. */
export type TransferFailure =
  | FailReason
  /** The member left the room, or did not come back in time. */
  | 'member_left'
  /** There is no data channel to the member: another program, or channels that broke. */
  | 'no_data_channel'
  /** One may only hear, as a viewer in a room whose media go through the server. */
  | 'forbidden'
  /** The other side has as many transfers as it takes. */
  | 'busy'
  /** One's own room has ended. */
  | 'ended';

/** How often `changed` tells of bytes alone. */
const TELL_EVERY_MS = 200;

export interface TransferDeps {
  readonly clock: Clock;
  changed(transfer: Transfer): void;
}

export interface TransferFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** Its media type, '' if unknown. */
  readonly mimeType: string;
}

/** One file on its way to a member, or from one. */
export abstract class Transfer extends Emitter<{ changed: [] }> {
  abstract readonly direction: 'outgoing' | 'incoming';
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly mimeType: string;
  /** Settles when it is over, however it ended; it never rejects. */
  readonly over: Promise<TransferState>;
  protected readonly clock: Clock;
  protected link: DataLink | undefined;
  readonly #changed: (transfer: Transfer) => void;
  readonly #rate = new RateMeter();
  #state: TransferState = 'offered';
  #memberId: string;
  #bytes = 0;
  #failure: TransferFailure | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;
  #end: (state: TransferState) => void = () => {};

  /** @internal */
  constructor(file: TransferFile, link: DataLink, deps: TransferDeps) {
    super();
    this.id = file.id;
    this.name = file.name;
    this.size = file.size;
    this.mimeType = file.mimeType;
    this.clock = deps.clock;
    this.#changed = deps.changed;
    this.#memberId = link.memberId;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** The other side. Another id if the member had to join anew while it was under way. */
  get memberId(): string {
    return this.#memberId;
  }
  get state(): TransferState {
    return this.#state;
  }
  get failure(): TransferFailure | undefined {
    return this.#failure;
  }
  /** So many bytes have arrived at the receiver and are written down. */
  get bytes(): number {
    return this.#bytes;
  }
  /** Bytes a second, over the last three seconds. */
  get rate(): number {
    return this.#state === 'running' ? this.#rate.perSecond : 0;
  }
  /** Milliseconds until the rest is there at this rate; undefined while that can't be told. */
  get etaMs(): number | undefined {
    return this.rate > 0 ? ((this.size - this.#bytes) / this.rate) * 1_000 : undefined;
  }
  get isOver(): boolean {
    return isOver(this.#state);
  }

  /** Ends it, on both sides. What has been written so far goes. */
  cancel(): void {
    if (!this.move('cancel')) return;
    this.tell({ type: 'cancel', id: this.id });
    this.release();
  }

  /** @internal The channels to the member are gone, perhaps for a while. */
  pause(): void {
    this.link = undefined;
    this.#rate.reset();
    this.halt();
    this.move('pause');
  }

  /** @internal The other side called it off. */
  cancelled(): void {
    if (this.move('cancel')) this.release();
  }

  /** @internal The other side could not go on. */
  failed(reason: TransferFailure): void {
    if (this.isOver) return;
    this.#failure = reason;
    this.move('fail');
    this.release();
  }

  /** @internal This side can't go on. */
  fail(reason: FailReason): void {
    if (this.isOver) return;
    this.tell({ type: 'fail', id: this.id, reason });
    this.failed(reason);
  }

  /** @internal */
  get isLinked(): boolean {
    return this.link !== undefined;
  }

  /** @internal */
  belongsTo(link: DataLink): boolean {
    return this.link === link;
  }

  /** Stops what is going on, to begin again from another place. */
  protected abstract halt(): void;
  /** Lets go of everything: it is over. */
  protected abstract release(): void;

  protected attach(link: DataLink): void {
    this.link = link;
    this.#memberId = link.memberId;
  }

  protected tell(frame: Frame): void {
    this.link?.tell(frame);
  }

  protected move(move: TransferMove): boolean {
    const next = transferMove(this.#state, move);
    if (next === null) return false;
    this.#state = next;
    this.#tellChanged();
    if (this.isOver) this.#end(next);
    return true;
  }

  protected advanced(bytes: number): void {
    const now = this.clock.now();
    this.#bytes = bytes;
    this.#rate.add(bytes, now);
    if (now - this.#toldAt >= TELL_EVERY_MS) this.#tellChanged();
  }

  #tellChanged(): void {
    this.#toldAt = this.clock.now();
    this.emit('changed');
    this.#changed(this);
  }
}
