import { LANE_BOUNDS, LANE_NAMES, type LaneName, MOST_FRAME_BYTES } from './data-way.js';
import { type PairFrame, readPairFrame } from './pair-frame.js';
import { ROOM_FRAME, readRoomFrame } from './room-frame.js';
import { SendLane } from './send-lane.js';

/** Channels of this protocol are lanes of the room: what is said on one goes to the same lane of other members. */
export const ROOM_PROTOCOL = 'madang.room.1';

export interface RoomLanesDeps {
  /** All lanes are open. */
  onOpen(): void;
  onFrame(memberId: string, name: LaneName, frame: PairFrame): void;
  /** The server says what became of something that was said to this member. */
  onNotice(memberId: string, name: LaneName, notice: number): void;
  /** A lane broke or was closed. Not called for one's own `close`. */
  onEnd(): void;
}

/** The lanes of the room on a connection with the media server. */
export class RoomLanes {
  readonly #deps: RoomLanesDeps;
  readonly #channels: RTCDataChannel[] = [];
  readonly #lanes = new Map<LaneName, SendLane>();
  #isOver = false;

  /** To be called before the first offer of the connection. */
  constructor(pc: RTCPeerConnection, deps: RoomLanesDeps) {
    this.#deps = deps;
    for (const name of LANE_NAMES) this.#watch(name, pc.createDataChannel(name, { protocol: ROOM_PROTOCOL }));
  }

  get isOpen(): boolean {
    return this.#lanes.size === LANE_NAMES.length && !this.#isOver;
  }

  lane(name: LaneName): SendLane | undefined {
    return this.#isOver ? undefined : this.#lanes.get(name);
  }

  close(): void {
    this.#isOver = true;
    for (const channel of this.#channels) {
      channel.onopen = channel.onclose = channel.onerror = channel.onmessage = channel.onbufferedamountlow = null;
      channel.close();
    }
  }

  #watch(name: LaneName, channel: RTCDataChannel): void {
    this.#channels.push(channel);
    channel.binaryType = 'arraybuffer';
    channel.onopen = () => this.#onOpen(name, channel);
    channel.onclose = channel.onerror = () => this.#end();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) this.#onMessage(name, data);
    };
  }

  #onOpen(name: LaneName, channel: RTCDataChannel): void {
    if (this.#isOver || this.#lanes.has(name)) return;
    const limits = { maxFrameBytes: MOST_FRAME_BYTES, ...LANE_BOUNDS[name] };
    this.#lanes.set(name, new SendLane(channel, limits, () => this.#end()));
    if (this.isOpen) this.#deps.onOpen();
  }

  #onMessage(name: LaneName, data: ArrayBuffer): void {
    const message = readRoomFrame(data);
    if (message === null) return;
    const { type, member, payload } = message;
    if (type >= ROOM_FRAME.FULL) this.#deps.onNotice(member, name, type);
    const frame = type === ROOM_FRAME.BYTES ? readPairFrame(payload) : null;
    if (frame !== null) this.#deps.onFrame(member, name, frame);
  }

  #end(): void {
    if (this.#isOver) return;
    this.close();
    this.#deps.onEnd();
  }
}
