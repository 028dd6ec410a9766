import type { Clock } from '../clock.js';
import { localError } from '../madang-error.js';
import { DataLink } from './data-link.js';
import type { IncomingTransfer } from './incoming-transfer.js';
import type { SendProgress } from './outgoing-messages.js';
import type { OutgoingTransfer } from './outgoing-transfer.js';
import { payloadOf, type Received, type Sendable } from './payload.js';
import { Relay } from './relay.js';
import type { Transfer } from './transfer.js';
import { type SendFileOptions, Transfers } from './transfers.js';

/** The most bytes that are taken in one message, unless the room's options say otherwise. */
export const MAX_MESSAGE_BYTES = 64 * 1_048_576;
const LONGEST_TOPIC = 128;

export interface SendOptions {
  /** The member that gets it. Default: every other member that takes part in the call. */
  readonly to?: string;
  /** What it is about, for who listens. At most 128 characters. */
  readonly topic?: string;
  /** Calls it off: the other side will not be told of what has not arrived whole. */
  readonly signal?: AbortSignal;
  /** Told for each member, as bytes are handed to the connection. */
  readonly onProgress?: (progress: SendProgress, memberId: string) => void;
}

export interface DataExchangeDeps {
  readonly clock: Clock;
  readonly maxMessageBytes: number;
  onData(from: string, topic: string | undefined, data: Received): void;
  onOffer(transfer: IncomingTransfer): void;
  onTransfer(transfer: Transfer): void;
}

/** Messages and files between this member and the others. */
export class DataExchange {
  readonly #deps: DataExchangeDeps;
  readonly #links = new Map<string, DataLink>();
  readonly #transfers: Transfers;
  /** The way through the media server. */
  readonly relay: Relay;

  constructor(deps: DataExchangeDeps) {
    this.#deps = deps;
    this.#transfers = new Transfers({
      clock: deps.clock,
      offered: (transfer) => deps.onOffer(transfer),
      changed: (transfer) => deps.onTransfer(transfer),
    });
    this.relay = new Relay({ clock: deps.clock, link: (memberId) => this.link(memberId) });
  }

  get transfers(): readonly (OutgoingTransfer | IncomingTransfer)[] {
    return this.#transfers.all;
  }

  /** The link to a member, made where there is none yet. It goes when nobody holds it any more. */
  link(memberId: string): DataLink {
    const known = this.#links.get(memberId);
    if (known !== undefined) return known;
    const link: DataLink = new DataLink({
      memberId,
      clock: this.#deps.clock,
      maxMessageBytes: this.#deps.maxMessageBytes,
      onMessage: ({ topic, data }) => this.#deps.onData(memberId, topic, data),
      onTransfer: (from, frame) => this.#transfers.handle(from, frame),
      onChunk: (from, chunk) => this.#transfers.chunk(from, chunk),
      onReady: (ready) => this.#transfers.linkReady(ready),
      onDown: (down) => this.#onDown(down),
    });
    this.#links.set(memberId, link);
    return link;
  }

  /**
   * Resolves when the other side has it in hands: all the others, if `to` names none. Refuses with `no_data_channel`,
   * `forbidden`, `data_too_large`, `data_not_sendable`, `member_left` or `aborted`; of several, the first to refuse decides.
   */
  async send(data: Sendable, { to, topic, signal, onProgress }: SendOptions = {}): Promise<void> {
    if (topic !== undefined && topic.length > LONGEST_TOPIC) throw localError('data_not_sendable', 'topic too long');
    const links = to === undefined ? [...this.#links.values()] : [this.#linkTo(to)];
    const payload = payloadOf(data);
    await Promise.all(
      links.map((link) =>
        link
          .send(payload, { topic, signal, onProgress: (progress) => onProgress?.(progress, link.memberId) })
          .catch((error: { code?: string }) => {
            // Who leaves meanwhile is no longer one of all the others.
            if (to !== undefined || error.code !== 'member_left') throw error;
          }),
      ),
    );
  }

  /** Offers a file to a member. Refuses with `no_data_channel`, `forbidden` or `too_many_transfers`. */
  sendFile(file: Blob, { to, ...options }: SendFileOptions & { readonly to: string }): OutgoingTransfer {
    return this.#transfers.send(file, this.#linkTo(to), options);
  }

  forget(transfer: Transfer): void {
    this.#transfers.forget(transfer);
  }

  memberLeft(memberId: string, isLost: boolean): void {
    this.#transfers.memberLeft(memberId, isLost);
  }

  /** One's own time in the room is over. */
  end(): void {
    this.#transfers.end();
  }

  #linkTo(memberId: string): DataLink {
    const link = this.#links.get(memberId);
    if (link === undefined) throw localError('no_data_channel', 'no way to this member');
    return link;
  }

  #onDown(link: DataLink): void {
    this.#transfers.linkDown(link);
    if (link.isBroken) this.#transfers.linkBroken(link);
    if (link.isClosed && this.#links.get(link.memberId) === link) this.#links.delete(link.memberId);
    if (!link.isClosed) this.relay.missed(link.memberId);
  }
}
