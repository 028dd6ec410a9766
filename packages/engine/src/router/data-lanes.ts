import type { DataChannel } from '../sctp/index.js';
import type { PublishConnection } from './publish-connection.js';

/** Channels of this protocol are lanes of the room; those of others are closed again. */
export const LANE_PROTOCOL = 'madang.room.1';
const MOST_LANES = 8;
const LONGEST_LABEL = 64;

/** The channels by which a member takes part in what is said in its room, by their labels. */
export class DataLanes {
  readonly maySay: boolean;
  readonly #byLabel = new Map<string, DataChannel>();
  /** By label: who was told that this member's queue is full. */
  readonly #waiting = new Map<string, Set<PublishConnection>>();

  constructor(maySay: boolean) {
    this.maySay = maySay;
  }

  /** A channel that was opened becomes a lane; false when it can't be one. */
  add(channel: DataChannel): boolean {
    const { label, protocol } = channel.form;
    const isFit = protocol === LANE_PROTOCOL && label.length <= LONGEST_LABEL && !this.#byLabel.has(label);
    if (!isFit || this.#byLabel.size >= MOST_LANES) return false;
    this.#byLabel.set(label, channel);
    return true;
  }

  remove(channel: DataChannel): void {
    const { label } = channel.form;
    if (this.#byLabel.get(label) === channel) this.#byLabel.delete(label);
  }

  get size(): number {
    return this.#byLabel.size;
  }

  lane(label: string): DataChannel | undefined {
    return this.#byLabel.get(label);
  }

  isWaiting(label: string, sender: PublishConnection): boolean {
    return this.#waiting.get(label)?.has(sender) ?? false;
  }

  wait(label: string, sender: PublishConnection): void {
    const senders = this.#waiting.get(label) ?? new Set();
    this.#waiting.set(label, senders.add(sender));
  }

  /** Who may go on now, lane by lane; they are forgotten. */
  release(): (readonly [label: string, senders: ReadonlySet<PublishConnection>])[] {
    const all = [...this.#waiting];
    this.#waiting.clear();
    return all;
  }

  /** A sender is gone. */
  forget(sender: PublishConnection): void {
    for (const senders of this.#waiting.values()) senders.delete(sender);
  }
}
