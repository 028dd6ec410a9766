type State = 'connecting' | 'open' | 'closing' | 'closed';
type Sent = string | ArrayBuffer | ArrayBufferView<ArrayBuffer>;
export type Message = string | ArrayBuffer;

/** What a browser keeps for one channel before it refuses more (Chromium). */
const BUFFER_BYTES = 16 * 1024 * 1024;

/** The association that carries a channel. */
export interface FakeChannelCarrier {
  readonly maxMessageSize: number;
  /** There is something to carry. */
  queued(): void;
  closing(channel: FakeDataChannel): void;
}

/** An RTCDataChannel: ordered and reliable, with a buffer that drains as fast as the network of the test allows. */
export class FakeDataChannel {
  binaryType = 'arraybuffer';
  bufferedAmountLowThreshold = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: ((event: { error: { message: string } }) => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  onmessage: ((event: { data: Message }) => void) | null = null;
  readyState: State = 'connecting';
  readonly label: string;
  readonly protocol: string;
  readonly #carrier: FakeChannelCarrier;
  readonly #queue: Message[] = [];
  #buffered = 0;

  constructor(carrier: FakeChannelCarrier, label: string, protocol: string) {
    this.#carrier = carrier;
    this.label = label;
    this.protocol = protocol;
  }

  get bufferedAmount(): number {
    return this.#buffered;
  }

  /** Refuses as W3C WebRTC §6.2 "send() algorithm" says: not open, too large for the other side, buffer full. */
  send(data: Sent): void {
    if (this.readyState !== 'open') throw new DOMException('not open', 'InvalidStateError');
    const message = copyOf(data);
    const size = sizeOf(message);
    if (size > this.#carrier.maxMessageSize) throw new TypeError('message too large');
    if (this.#buffered + size > BUFFER_BYTES) throw new DOMException('send queue is full', 'OperationError');
    this.#queue.push(message);
    this.#buffered += size;
    this.#carrier.queued();
  }

  close(): void {
    if (this.readyState === 'closing' || this.readyState === 'closed') return;
    this.readyState = 'closing';
    this.#carrier.closing(this);
  }

  /** @internal The next message has been handed to the network. */
  take(): Message | undefined {
    const message = this.#queue.shift();
    if (message === undefined) return undefined;
    const before = this.#buffered;
    this.#buffered -= sizeOf(message);
    const { bufferedAmountLowThreshold: low } = this;
    if (before > low && this.#buffered <= low) this.onbufferedamountlow?.();
    return message;
  }

  /** @internal */
  opened(): void {
    if (this.readyState !== 'connecting') return;
    this.readyState = 'open';
    this.onopen?.();
  }

  /** @internal */
  arrived(data: Message): void {
    if (this.readyState === 'open') this.onmessage?.({ data });
  }

  /** @internal `told`: with the event, as when the other side closed it; not when one's own connection was closed. */
  ended(told: boolean): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    if (told) this.onclose?.();
  }
}

function copyOf(data: Sent): Message {
  if (typeof data === 'string') return data;
  if (data instanceof ArrayBuffer) return data.slice(0);
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
}

export function sizeOf(message: Message): number {
  return typeof message === 'string' ? new TextEncoder().encode(message).length : message.byteLength;
}
