import type { Clock } from '../clock.js';
import {
  type DataWay,
  LANE_BOUNDS,
  LANE_NAMES,
  type LaneName,
  MOST_FRAME_BYTES,
  type PairWayEvents,
} from './data-way.js';
import { PAIR, type PairFrame, type PairKind, writePairFrame } from './pair-frame.js';
import { PairLane } from './pair-lane.js';
import { ROOM_FRAME } from './room-frame.js';
import type { RoomLanes } from './room-lanes.js';
import { SendLane } from './send-lane.js';

/** What the other side takes in one message at least (RFC 8841 §6.1), less what every frame has around it on its way. */
const MOST_PAIR_FRAME_BYTES = MOST_FRAME_BYTES - 512;

export interface PairWayDeps {
  readonly clock: Clock;
  readonly memberId: string;
  readonly hearsOnly: boolean;
  readonly isOnlyHeardBy: boolean;
  /** The numbers that both sides have agreed on. */
  readonly own: number;
  readonly other: number;
  /** It was closed from this side. */
  onClose(): void;
}

/** What two members have agreed on: frames between them through the media server, over as many connections as it takes. */
export class PairWay implements DataWay {
  readonly #deps: PairWayDeps;
  readonly #lanes: Readonly<Record<LaneName, PairLane>>;
  readonly #out: Readonly<Record<LaneName, SendLane>>;
  #events: PairWayEvents | undefined;
  isOpen = true;

  constructor(lanes: RoomLanes | undefined, deps: PairWayDeps) {
    this.#deps = deps;
    this.#lanes = { control: this.#lane('control', lanes), bulk: this.#lane('bulk', lanes) };
    this.#out = { control: this.#sendLane('control'), bulk: this.#sendLane('bulk') };
  }

  get hearsOnly(): boolean {
    return this.#deps.hearsOnly;
  }
  get isOnlyHeardBy(): boolean {
    return this.#deps.isOnlyHeardBy;
  }
  get own(): number {
    return this.#deps.own;
  }
  get other(): number {
    return this.#deps.other;
  }

  /** Who listens. To be called before anything is sent. */
  tell(events: PairWayEvents): void {
    this.#events = events;
  }

  lane(name: LaneName): SendLane | undefined {
    return this.isOpen ? this.#out[name] : undefined;
  }

  moveTo(lanes: RoomLanes | undefined): void {
    for (const name of LANE_NAMES) this.#lanes[name].moveTo(lanes?.lane(name));
  }

  receive(name: LaneName, frame: PairFrame): void {
    if (this.isOpen) this.#lanes[name].receive(frame);
  }

  /** What the server says about the member. */
  heed(name: LaneName, notice: number): void {
    const lane = this.#lanes[name];
    if (notice === ROOM_FRAME.FULL) lane.full();
    else if (notice === ROOM_FRAME.ROOM) lane.room();
    else if (notice === ROOM_FRAME.NOBODY) lane.nobody();
    // Said again by another agreement it would be no shorter.
    else if (notice === ROOM_FRAME.TOO_LONG) this.#events?.onBroken('the other side takes no message of this length');
  }

  isHere(): void {
    for (const name of LANE_NAMES) this.#lanes[name].isHere();
  }

  close(): void {
    if (this.#shut()) this.#deps.onClose();
  }

  /** It came to an end that this side did not ask for. */
  end(reason: string): void {
    if (this.#shut()) this.#events?.onEnd(reason);
  }

  #shut(): boolean {
    const wasOpen = this.isOpen;
    this.isOpen = false;
    for (const name of LANE_NAMES) this.#lanes[name].close();
    return wasOpen;
  }

  #lane(name: LaneName, lanes: RoomLanes | undefined): PairLane {
    const { clock, memberId, own, other } = this.#deps;
    return new PairLane(lanes?.lane(name), {
      name,
      memberId,
      clock,
      write: (kind: PairKind, number, bytes) => writePairFrame(memberId, { kind, own, other, number }, bytes),
      deliver: ({ kind, bytes }) => {
        if (kind === PAIR.TEXT) this.#events?.onText(new TextDecoder().decode(bytes));
        else this.#events?.onBytes(bytes);
      },
    });
  }

  #sendLane(name: LaneName): SendLane {
    const limits = { maxFrameBytes: MOST_PAIR_FRAME_BYTES, ...LANE_BOUNDS[name] };
    return new SendLane(this.#lanes[name], limits, (error) => this.end(`sending failed: ${String(error)}`));
  }
}
