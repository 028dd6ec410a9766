import { type FakeChannelCarrier, FakeDataChannel, type Message, sizeOf } from './fake-data-channel.js';
import type { IceNetwork } from './ice-network.js';

/** How often a sender that has no way to the other side tries again. */
const RETRY_MS = 20;

interface Ends {
  /** The association at the other end, while the two connections belong together. */
  peer(): FakeSctp | undefined;
  /** Packets get through now. */
  works(): boolean;
  /** Both descriptions have a section for data. */
  isAgreed(): boolean;
  /** The other side opened a channel. */
  onChannel(channel: FakeDataChannel): void;
}

/**
 * The SCTP association of one fake connection. Messages leave one at a time, the channels taking turns, at the rate of
 * the network; what is on its way when the way is lost arrives later, and never if the connection is closed.
 */
export class FakeSctp implements FakeChannelCarrier {
  readonly #network: IceNetwork;
  readonly #ends: Ends;
  /** Every channel there ever was, from either side. */
  readonly channels: FakeDataChannel[] = [];
  /** The other side's channel of each of ours. */
  readonly #twins = new Map<FakeDataChannel, FakeDataChannel>();
  readonly #onItsWay: { readonly twin: FakeDataChannel | undefined; readonly message: Message }[] = [];
  #isUp = false;
  #isBusy = false;
  #isClosed = false;
  #turn = 0;

  constructor(network: IceNetwork, ends: Ends) {
    this.#network = network;
    this.#ends = ends;
  }

  get maxMessageSize(): number {
    return this.#network.maxMessageSize;
  }

  /** A channel was made here, so the descriptions need a section for data. */
  get isWanted(): boolean {
    return this.channels.length > 0;
  }

  create(label: string, protocol: string): FakeDataChannel {
    const channel = new FakeDataChannel(this, label, protocol);
    this.channels.push(channel);
    if (this.#isUp) this.#later(0, () => this.#announce(channel));
    return channel;
  }

  /** Descriptions or the way changed: where both are there, the channels open. */
  consider(): void {
    if (this.#isUp || this.#isClosed || !this.#ends.works() || !this.#ends.isAgreed()) return;
    this.#isUp = true;
    for (const channel of [...this.channels]) this.#announce(channel);
  }

  queued(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#later(0, () => this.#carry());
  }

  /** What is in the buffer is still sent. */
  closing(channel: FakeDataChannel): void {
    this.#later(this.#network.dataLatencyMs + 1, () => {
      if (channel.bufferedAmount > 0 && this.#ends.works()) {
        this.closing(channel);
        return;
      }
      channel.ended(true);
      this.#twins.get(channel)?.ended(true);
    });
  }

  /** One's own connection was closed: no event here, one at the other side if it can still be told. */
  close(): void {
    if (this.#isClosed) return;
    const tells = this.#isUp && this.#ends.works();
    this.#isClosed = true;
    for (const channel of this.channels) channel.ended(false);
    if (!tells) return;
    const twins = [...this.#twins.values()];
    this.#network.time.after(this.#network.dataLatencyMs, () => {
      for (const twin of twins) twin.ended(true);
    });
  }

  /** RFC 8832: the other side learns of the channel by a message in the channel itself. */
  #announce(channel: FakeDataChannel): void {
    const peer = this.#ends.peer();
    if (peer === undefined || this.#twins.has(channel)) return;
    const twin = peer.#adopt(channel, this);
    this.#twins.set(channel, twin);
    channel.opened();
    this.#later(this.#network.dataLatencyMs, () => peer.#open(twin));
  }

  #adopt({ label, protocol }: FakeDataChannel, from: FakeSctp): FakeDataChannel {
    const twin = new FakeDataChannel(this, label, protocol);
    this.#twins.set(twin, [...from.channels].find((channel) => channel.label === label)!);
    this.channels.push(twin);
    return twin;
  }

  #open(channel: FakeDataChannel): void {
    if (this.#isClosed) return;
    this.#isUp = true;
    channel.readyState = 'open';
    this.#ends.onChannel(channel);
    channel.onopen?.();
  }

  #carry(): void {
    if (!this.#ends.works()) {
      this.#again(RETRY_MS);
      return;
    }
    for (let tried = 0; tried < this.channels.length; tried += 1) {
      this.#turn = (this.#turn + 1) % this.channels.length;
      const channel = this.channels[this.#turn]!;
      const message = channel.take();
      if (message === undefined) continue;
      this.#onItsWay.push({ twin: this.#twins.get(channel), message });
      this.#arrive();
      this.#again(sizeOf(message) / this.#network.dataBytesPerMs);
      return;
    }
    this.#isBusy = false;
  }

  #arrive(): void {
    this.#later(this.#network.dataLatencyMs, () => {
      // Sent again until it gets through: SCTP is reliable, and nothing behind it overtakes.
      if (!this.#ends.works()) {
        this.#arrive();
        return;
      }
      const { twin, message } = this.#onItsWay.shift()!;
      twin?.arrived(message);
    });
  }

  #again(delayMs: number): void {
    this.#later(delayMs, () => this.#carry());
  }

  #later(delayMs: number, run: () => void): void {
    this.#network.time.after(delayMs, () => {
      if (!this.#isClosed) run();
    });
  }
}
