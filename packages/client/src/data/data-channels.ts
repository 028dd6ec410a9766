import { SendLane } from './send-lane.js';

/** The protocol of the channels: another version is another name, and its channels are not taken. */
export const CHANNEL_PROTOCOL = 'madang.data.1';
const LABELS = ['control', 'bulk'] as const;
export type ChannelName = (typeof LABELS)[number];

/** One frame is at most so long, header included, whatever the other side would take. */
const MOST_FRAME_BYTES = 65_536;
const CONTROL = { highBytes: 262_144, lowBytes: 65_536 };
const BULK = { highBytes: 1_048_576, lowBytes: 524_288 };
/** Less than that in one message is no channel to speak of. */
const LEAST_FRAME_BYTES = 16_384;
/** What the other side has to take at least, where nothing says otherwise (RFC 8841 §6.1). */
const UNSTATED_MESSAGE_BYTES = 65_536;

export interface DataChannelsDeps {
  /** Both channels are open. */
  onOpen(): void;
  onText(text: string): void;
  onBytes(bytes: ArrayBuffer): void;
  /** A channel broke or was closed. Not called for one's own `close`. */
  onEnd(reason: string): void;
}

/**
 * The two channels on one RTCPeerConnection: `control` for what is short, `bulk` for what is long. Who makes the first
 * offer opens them, so that they are in it; who waits for that offer takes them as they come, and needs no negotiation.
 */
export class DataChannels {
  readonly #pc: RTCPeerConnection;
  readonly #deps: DataChannelsDeps;
  readonly #channels = new Map<ChannelName, RTCDataChannel>();
  readonly #lanes = new Map<ChannelName, SendLane>();
  #isOver = false;

  constructor(pc: RTCPeerConnection, deps: DataChannelsDeps) {
    this.#pc = pc;
    this.#deps = deps;
    pc.ondatachannel = ({ channel }) => this.#take(channel);
  }

  open(): void {
    for (const label of LABELS) {
      this.#watch(label, this.#pc.createDataChannel(label, { protocol: CHANNEL_PROTOCOL }));
    }
  }

  lane(name: ChannelName): SendLane | undefined {
    return this.#lanes.get(name);
  }

  get isOpen(): boolean {
    return this.#lanes.size === LABELS.length && !this.#isOver;
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
    const label = LABELS.find((known) => known === channel.label);
    const isOurs = label !== undefined && channel.protocol === CHANNEL_PROTOCOL && channel.ordered !== false;
    if (isOurs && !this.#channels.has(label)) this.#watch(label, channel);
    else channel.close();
  }

  #watch(name: ChannelName, channel: RTCDataChannel): void {
    this.#channels.set(name, channel);
    channel.binaryType = 'arraybuffer';
    channel.onopen = () => this.#onOpen(name, channel);
    channel.onclose = () => this.#end(`the channel ${name} was closed`);
    channel.onerror = (event) =>
      this.#end(`the channel ${name} broke: ${(event as RTCErrorEvent).error?.message ?? ''}`);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') this.#deps.onText(data);
      else if (data instanceof ArrayBuffer) this.#deps.onBytes(data);
    };
    if (channel.readyState === 'open') this.#onOpen(name, channel);
  }

  #onOpen(name: ChannelName, channel: RTCDataChannel): void {
    if (this.#lanes.has(name) || this.#isOver) return;
    const stated = this.#pc.sctp?.maxMessageSize || UNSTATED_MESSAGE_BYTES;
    if (stated < LEAST_FRAME_BYTES) {
      this.#end(`the other side takes ${stated} bytes in a message`);
      return;
    }
    const limits = { maxFrameBytes: Math.min(stated, MOST_FRAME_BYTES), ...(name === 'bulk' ? BULK : CONTROL) };
    this.#lanes.set(name, new SendLane(channel, limits, (error) => this.#end(`sending failed: ${String(error)}`)));
    if (this.isOpen) this.#deps.onOpen();
  }

  #end(reason: string): void {
    if (this.#isOver) return;
    this.close();
    this.#deps.onEnd(reason);
  }
}
