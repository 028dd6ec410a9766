import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Clock } from '../clock.js';
import { localError } from '../madang-error.js';
import type { Chunk } from './chunk.js';
import type { DataLink } from './data-link.js';
import type { FrameOf, TransferFrame } from './frame.js';
import { IncomingTransfer } from './incoming-transfer.js';
import { OutgoingTransfer } from './outgoing-transfer.js';
import { safeFileName } from './safe-file-name.js';
import type { Transfer } from './transfer.js';

/** Transfers that one member may have under way in one direction, offers included. */
export const MOST_TRANSFERS = 8;
/** Ended transfers that are remembered, the oldest forgotten first. */
const REMEMBERED = 64;
/** Asked for at once: who may only hear answers briefly. */
const MOST_WANTED = 8;
/** A first offer waits so long for a channel. */
const CHANNEL_WAIT_MS = 20_000;
/** A transfer waits so long for a member that was lost. */
const LOST_WAIT_MS = 120_000;

export interface TransfersDeps {
  readonly clock: Clock;
  offered(transfer: IncomingTransfer): void;
  changed(transfer: Transfer): void;
}

export interface SendFileOptions {
  /** Default: that of the `File`. */
  readonly name?: string;
}

/** All transfers of one's own, whoever they are with. They outlive the connections that they run over. */
export class Transfers {
  readonly #deps: TransfersDeps;
  readonly #all = new Map<string, OutgoingTransfer | IncomingTransfer>();
  readonly #deadlines = new Map<Transfer, unknown>();

  constructor(deps: TransfersDeps) {
    this.#deps = deps;
  }

  /** Oldest first. */
  get all(): readonly (OutgoingTransfer | IncomingTransfer)[] {
    return [...this.#all.values()];
  }

  /** Refuses with `no_data_channel`, `forbidden` or `too_many_transfers`. */
  send(file: Blob, link: DataLink, { name }: SendFileOptions): OutgoingTransfer {
    if (link.isBroken) throw localError('no_data_channel');
    if (link.hearsOnly) throw localError('forbidden');
    if (this.#underway('outgoing', link.memberId) >= MOST_TRANSFERS) throw localError('too_many_transfers');
    const given = name ?? (file as Partial<File>).name ?? '';
    const about = { id: freshId(), name: safeFileName(given), size: file.size, mimeType: file.type.slice(0, 128) };
    const transfer = new OutgoingTransfer(file, about, link, this.#deps);
    this.#keep(transfer);
    if (!transfer.isLinked) {
      this.#deps.clock.setTimeout(() => {
        if (!transfer.isLinked) transfer.failed('no_data_channel');
      }, CHANNEL_WAIT_MS);
    }
    return transfer;
  }

  /** The channels of `link` are there: what waited goes on. */
  linkReady(link: DataLink): void {
    const lost: string[] = [];
    for (const transfer of this.all) {
      if (transfer.isOver || transfer.isLinked) continue;
      const isTheirs = transfer.memberId === link.memberId;
      if (transfer.direction === 'outgoing' && isTheirs) transfer.offer(link);
      // Whoever was lost and joined again has another id. Only who sent the offer knows what this is the digest of.
      else if (transfer.direction === 'incoming' && !isTheirs) lost.push(digestOf(transfer.id));
    }
    for (let at = 0; at < lost.length; at += MOST_WANTED) {
      link.tell({ type: 'want', digests: lost.slice(at, at + MOST_WANTED) });
    }
  }

  linkDown(link: DataLink): void {
    for (const transfer of this.all) if (transfer.belongsTo(link)) transfer.pause();
  }

  /** The channels to a member broke, and there will be no others on this connection. */
  linkBroken(link: DataLink): void {
    for (const transfer of this.all) {
      if (transfer.memberId === link.memberId && !transfer.isOver) transfer.failed('no_data_channel');
    }
  }

  /** `isLost`: the member may come back, as itself or under another id. */
  memberLeft(memberId: string, isLost: boolean): void {
    for (const transfer of this.all) {
      if (transfer.memberId !== memberId || transfer.isOver || this.#deadlines.has(transfer)) continue;
      if (isLost) this.#awaitReturn(transfer);
      else transfer.failed('member_left');
    }
  }

  /** One's own time in the room is over. */
  end(): void {
    for (const transfer of this.all) transfer.failed('ended');
  }

  /** Forgets an ended transfer. */
  forget(transfer: Transfer): void {
    if (transfer.isOver) this.#all.delete(transfer.id);
  }

  handle(link: DataLink, frame: TransferFrame): void {
    if (frame.type === 'want') this.#onWant(link, frame);
    else if (frame.type === 'offer') this.#onOffer(link, frame);
    else this.#onAbout(link, frame);
  }

  /** A reason if no honest sender sends this. */
  chunk(link: DataLink, chunk: Chunk): string | undefined {
    for (const transfer of this.#all.values()) {
      if (transfer.direction === 'incoming' && transfer.takes(chunk.stream, link)) return transfer.chunk(chunk);
    }
    // Of a transfer that was forgotten while this was on its way.
    return undefined;
  }

  #onOffer(link: DataLink, offer: FrameOf<'offer'>): void {
    const known = this.#all.get(offer.id);
    if (known !== undefined) {
      // An id is known to the two sides alone, so who offers it again is who offered it before.
      if (known.direction === 'incoming' && !(known.isLinked && !known.belongsTo(link))) {
        this.#stopWaiting(known);
        known.offeredAgain(offer, link);
      }
      return;
    }
    if (this.#underway('incoming', link.memberId) >= MOST_TRANSFERS) {
      link.tell({ type: 'decline', id: offer.id, reason: 'busy' });
      return;
    }
    const transfer = new IncomingTransfer(offer, link, this.#deps);
    this.#keep(transfer);
    this.#deps.offered(transfer);
  }

  #onWant(link: DataLink, { digests }: FrameOf<'want'>): void {
    for (const transfer of this.all) {
      const waits = transfer.direction === 'outgoing' && !transfer.isOver && !transfer.isLinked;
      if (!waits || !digests.includes(digestOf(transfer.id))) continue;
      this.#stopWaiting(transfer);
      transfer.offer(link);
    }
  }

  #onAbout(link: DataLink, frame: Exclude<TransferFrame, { type: 'want' | 'offer' }>): void {
    const transfer = this.#all.get(frame.id);
    if (transfer === undefined) {
      if (frame.type === 'accept') link.tell({ type: 'fail', id: frame.id, reason: 'unknown_transfer' });
      return;
    }
    // What another member says about it is nobody's business.
    if (!transfer.belongsTo(link)) return;
    if (frame.type === 'cancel') transfer.cancelled();
    else if (frame.type === 'fail') transfer.failed(frame.reason);
    else if (transfer.direction === 'incoming') {
      if (frame.type === 'end') transfer.end(frame.sha256);
    } else if (frame.type === 'accept') transfer.accepted(frame.offset);
    else if (frame.type === 'progress') transfer.progress(frame.bytes);
    else if (frame.type === 'done') transfer.done();
    else if (frame.type === 'decline') transfer.declined(frame.reason);
  }

  #awaitReturn(transfer: Transfer): void {
    const timer = this.#deps.clock.setTimeout(() => {
      this.#deadlines.delete(transfer);
      transfer.failed('member_left');
    }, LOST_WAIT_MS);
    this.#deadlines.set(transfer, timer);
    void transfer.over.then(() => this.#stopWaiting(transfer));
  }

  #stopWaiting(transfer: Transfer): void {
    this.#deps.clock.clearTimeout(this.#deadlines.get(transfer));
    this.#deadlines.delete(transfer);
  }

  #underway(direction: Transfer['direction'], memberId: string): number {
    return this.all.filter((transfer) => {
      return transfer.direction === direction && transfer.memberId === memberId && !transfer.isOver;
    }).length;
  }

  #keep(transfer: OutgoingTransfer | IncomingTransfer): void {
    this.#all.set(transfer.id, transfer);
    const over = this.all.filter(({ isOver }) => isOver);
    for (const old of over.slice(0, Math.max(0, over.length - REMEMBERED))) this.#all.delete(old.id);
  }
}

/** 128 bits: who does not know it can't guess it. */
function freshId(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(16)));
}

function digestOf(id: string): string {
  return bytesToHex(sha256(utf8ToBytes(id)));
}
