import {
  type DataWay,
  type DataWayEvents,
  LANE_BOUNDS,
  LANE_NAMES,
  type LaneName,
  MOST_FRAME_BYTES,
} from './data-way.js';
import { SendLane } from './send-lane.js';

/** The protocol of the channels: another version is another name, and its channels are not taken. */
export const CHANNEL_PROTOCOL = 'madang.data.1';

/** Less than that in one message is no channel to speak of. */
const LEAST_FRAME_BYTES = 16_384;
/** What the other side has to take at least, where nothing says otherwise (RFC 8841 §6.1). */
const UNSTATED_MESSAGE_BYTES = 65_536;

export interface DataChannelsDeps extends DataWayEvents {
  /** Both channels are open. */
  onOpen(): void;
}

/**
 * The two channels on one RTCPeerConnection: `control` for what is short, `bulk` for what is long. Who makes the first
 * offer opens them, so that they are in it; who waits for that offer takes them as they come, and needs no negotiation.
 */
export class DataChannels implements DataWay {
  readonly hearsOnly = false;
  readonly isOnlyHeardBy = false;
  readonly #pc: RTCPeerConnection;
  readonly #deps: DataChannelsDeps;
  readonly #channels = new Map<LaneName, RTCDataChannel>();
  readonly #lanes = new Map<LaneName, SendLane>();
  #isOver = false;

  constructor(pc: RTCPeerConnection, deps: DataChannelsDeps) {
    this.#pc = pc;
    this.#deps = deps;
    pc.ondatachannel = ({ channel }) => this.#take(channel);
  }

  open(): void {
    for (const label of LANE_NAMES) {
      this.#watch(label, this.#pc.createDataChannel(label, { protocol: CHANNEL_PROTOCOL }));
    }
  }

  lane(name: LaneName): SendLane | undefined {
    return this.#lanes.get(name);
  }

  get isOpen(): boolean {
    return this.#lanes.size === LANE_NAMES.length && !this.#isOver;
  }

  close(): void {
    this.#isOver = true;
    this.#pc.ondatachannel = null;
    for (const channel of this.#channels.values()) {
      channel.onopen = channel.onclose = channel.onerror = channel.onmessage = channel.onbufferedamountlow = null;
      channel.close();
    }
  }

  /** Only the two channels that belong to this protocol, once each; any other is closed again. */
  #take(channel: RTCDataChannel): void {
    const label = LANE_NAMES.find((known) => known === channel.label);
    const isOurs = label !== undefined && channel.protocol === CHANNEL_PROTOCOL && channel.ordered !== false;
    if (isOurs && !this.#channels.has(label)) this.#watch(label, channel);
    else channel.close();
  }

  #watch(name: LaneName, channel: RTCDataChannel): void {
    this.#channels.set(name, channel);
    channel.binaryType = 'arraybuffer';
    channel.onopen = () => this.#onOpen(name, channel);
    channel.onclose = () => this.#end(`the channel ${name} was closed`);
    channel.onerror = (event) =>
      this.#end(`the channel ${name} broke: ${(event as RTCErrorEvent).error?.message ?? ''}`);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') this.#deps.onText(data);
      else if (data instanceof ArrayBuffer) this.#deps.onBytes(new Uint8Array(data));
    };
    if (channel.readyState === 'open') this.#onOpen(name, channel);
  }

  #onOpen(name: LaneName, channel: RTCDataChannel): void {
    if (this.#lanes.has(name) || this.#isOver) return;
    const stated = this.#pc.sctp?.maxMessageSize || UNSTATED_MESSAGE_BYTES;
    if (stated < LEAST_FRAME_BYTES) {
      this.#end(`the other side takes ${stated} bytes in a message`);
      return;
    }
    const limits = { maxFrameBytes: Math.min(stated, MOST_FRAME_BYTES), ...LANE_BOUNDS[name] };
    this.#lanes.set(name, new SendLane(channel, limits, (error) => this.#end(`sending failed: ${String(error)}`)));
    if (this.isOpen) this.#deps.onOpen();
  }

  #end(reason: string): void {
    if (this.#isOver) return;
    this.close();
    this.#deps.onEnd(reason);
  }
}
