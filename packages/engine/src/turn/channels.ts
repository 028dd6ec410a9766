import type { Permission } from './permissions.js';
import type { Relay } from './relay.js';

/** A number that stands for a peer (RFC 8656 §12). */
export interface Channel {
  /** From 0x4000. */
  readonly number: number;
  /** Index of the peer's address, held. */
  readonly peerIx: number;
  readonly relay: Relay;
  readonly permission: Permission;
  /** From this time on it is unbound. */
  expiresAtMs: number;
}

/** How long a binding lasts (RFC 8656 §12). */
export const CHANNEL_MS = 600_000;

/** Of RFC 8656 §12, and the last one of RFC 5766 §11. */
export const CHANNEL_NUMBERS = { first: 0x4000, last: 0x4fff, oldLast: 0x7fff } as const;

/** The first number after those of channels. */
export function channelsEnd(hasOld = false): number {
  return (hasOld ? CHANNEL_NUMBERS.oldLast : CHANNEL_NUMBERS.last) + 1;
}

/** The channels of an allocation, by number and by peer. Cost: both `find`s in O(1) and without allocation. */
export class Channels {
  readonly #byNumber = new Map<number, Channel>();
  readonly #byPeer = new Map<number, Channel>();

  get size(): number {
    return this.#byNumber.size;
  }

  /** The channel of a number, which may have expired. */
  findNumber(number: number): Channel | undefined {
    return this.#byNumber.get(number);
  }

  /** The channel of a peer by the index of its address, which may have expired. */
  findPeer(peerIx: number): Channel | undefined {
    return this.#byPeer.get(peerIx);
  }

  bind(channel: Channel): void {
    this.#byNumber.set(channel.number, channel);
    this.#byPeer.set(channel.peerIx, channel);
    channel.permission.channels++;
  }

  unbind(channel: Channel): void {
    if (!this.#byNumber.delete(channel.number)) return;
    this.#byPeer.delete(channel.peerIx);
    channel.permission.channels--;
  }

  /** Those that have expired; with `relay` those of that relay. */
  over(now: number, relay?: Relay): Channel[] {
    return [...this.#byNumber.values()].filter((channel) => channel.expiresAtMs <= now || channel.relay === relay);
  }

  /** When the next one expires; infinite when there is none. */
  nextAt(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const channel of this.#byNumber.values()) earliest = Math.min(earliest, channel.expiresAtMs);
    return earliest;
  }
}
