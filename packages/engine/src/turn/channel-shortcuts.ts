import type { Deadline, DeadlineHeap } from '../bytes/index.js';
import type { ShortcutBook } from '../ports/index.js';
import type { Allocation } from './allocation.js';
import type { Channel } from './channels.js';
import type { Due } from './turn-state.js';

/** That what passes over a channel goes by us, both ways. */
export interface ChannelShortcut {
  readonly toPeer: number;
  readonly toClient: number;
  readonly deadline: Deadline<Due>;
}

/** In which tallies it counts. */
const TALLY = { peers: 0, clients: 1 } as const;
const NONE = -1;
/** So long before something expires, each datagram is looked at again: a timer may be late. */
const MARGIN_MS = 2_000;
/** When there is no room for another, this long nothing is asked for. */
const REST_MS = 1_000;

/**
 * Lets datagrams of channels go from client to peer and back in the addon, where they need no decision: while the channel,
 * its permission and the allocation have still some time, and no rate is to be held. Everything else comes to the data path
 * as before, and so does the first datagram after a shortcut has ended.
 */
export class ChannelShortcuts {
  readonly #book: ShortcutBook | null;
  readonly #deadlines: DeadlineHeap<Due>;
  #restsUntilMs = Number.NEGATIVE_INFINITY;

  constructor(book: ShortcutBook | null, deadlines: DeadlineHeap<Due>) {
    this.#book = book;
    this.#deadlines = deadlines;
  }

  /** To be called with a channel that a datagram has just passed over. Cost: no allocation where there is a shortcut. */
  open(allocation: Allocation, channel: Channel, now: number): void {
    if (channel.shortcut !== null || this.#book === null || now < this.#restsUntilMs) return;
    const { path, rate, account } = allocation;
    if (path.type !== 'datagram' || rate.isLimited || account.rate.isLimited) return;
    const { relay, permission, peerIx, number } = channel;
    const endsAtMs = Math.min(channel.expiresAtMs, permission.expiresAtMs, relay.expiresAtMs) - MARGIN_MS;
    if (endsAtMs <= now) return;
    const client = { portIx: path.portIx, addressIx: path.addressIx };
    const peer = { portIx: relay.portIx, addressIx: peerIx };
    const forMs = endsAtMs - now;
    const toPeer = openOne(this.#book, client, peer, { takes: number, puts: NONE, tally: TALLY.peers, forMs });
    const toClient = openOne(this.#book, peer, client, { takes: NONE, puts: number, tally: TALLY.clients, forMs });
    if (toPeer === null || toClient === null) {
      for (const ix of [toPeer, toClient]) if (ix !== null) this.#book.closeShortcut(ix);
      this.#restsUntilMs = now + REST_MS;
      return;
    }
    const deadline = this.#deadlines.add({ type: 'shortcut', channel }, endsAtMs);
    channel.shortcut = { toPeer, toClient, deadline };
  }

  /** What passes over the channel comes to us again. */
  close(channel: Channel): void {
    const { shortcut } = channel;
    if (shortcut === null) return;
    channel.shortcut = null;
    this.#deadlines.remove(shortcut.deadline);
    this.#book?.closeShortcut(shortcut.toPeer);
    this.#book?.closeShortcut(shortcut.toClient);
  }

  /** Packets and their bytes that went by us. */
  counts() {
    const { shortened } = this.#book ?? { shortened: [] };
    return {
      packetsToPeers: shortened[2 * TALLY.peers] ?? 0,
      bytesToPeers: shortened[2 * TALLY.peers + 1] ?? 0,
      packetsToClients: shortened[2 * TALLY.clients] ?? 0,
      bytesToClients: shortened[2 * TALLY.clients + 1] ?? 0,
    };
  }
}

interface End {
  readonly portIx: number;
  readonly addressIx: number;
}

interface How {
  readonly takes: number;
  readonly puts: number;
  readonly tally: number;
  readonly forMs: number;
}

/** From where one end sends to us, to the other from where we send to it. */
function openOne(book: ShortcutBook, from: End, to: End, { takes, puts, tally, forMs }: How): number | null {
  return book.openShortcut({
    fromPortIx: from.portIx,
    fromAddressIx: from.addressIx,
    toPortIx: to.portIx,
    toAddressIx: to.addressIx,
    takesNumber: takes,
    putsNumber: puts,
    tally,
    forMs,
  });
}
