import { type Hmac, type Random, RX, RX_COLUMNS, type RxTable, type TxTable } from '../ports/index.js';
import { type AssociationLimits, BlockPool, type DataChannel, DataChannels } from '../sctp/index.js';
import type { Change, DataAgreement } from '../sdp/index.js';
import { DataRow } from './data-row.js';
import type { Peer } from './peer.js';
import type { PeerEvent } from './peer-event.js';

/** Channels of one peer, and bytes that may wait for it. With 1,000 peers that do their worst it is 2 GiB. */
const MOST_CHANNELS = 32;
const LIMITS: Partial<AssociationLimits> = { windowBytes: 1_048_576, queueBytes: 1_048_576 };
/** What may wait besides, of what is told about messages. */
const NOTICE_BYTES = 65_536;

/** The data channels of one peer. */
export interface DataLink {
  readonly channels: DataChannels;
  /** It has said hello. */
  isBegun: boolean;
  /** Something is to be written to it. */
  isTouched: boolean;
}

export interface DataLinksPorts {
  readonly random: Random;
  readonly hmac: Hmac;
}

/**
 * Data channels of all peers. What comes in is taken row by row; what goes out is written once a batch, so that a SACK speaks
 * of all that came in it.
 */
export class DataLinks {
  readonly #ports: DataLinksPorts;
  readonly #tell: (event: PeerEvent) => void;
  readonly #row = new DataRow();
  readonly #pool = new BlockPool();
  #touched: Peer[] = [];

  constructor(ports: DataLinksPorts, tell: (event: PeerEvent) => void) {
    this.#ports = ports;
    this.#tell = tell;
  }

  /** Makes of a peer what a description has changed. The association begins with the next `serve`. */
  apply(peer: Peer, changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.type === 'open-data' && peer.data === null) peer.data = this.#open(peer, change.section);
      else if (change.type === 'close-data' && peer.data !== null) this.#close(peer, peer.data);
    }
    if (peer.data !== null) this.#touch(peer, peer.data);
  }

  /** Takes the row of an SCTP packet; false when the peer has no data channels. */
  receive(rx: RxTable, row: number, peer: Peer, now: number): boolean {
    const { data } = peer;
    if (data === null || peer.state !== 'connected') return false;
    const column = row * RX_COLUMNS;
    const at = rx.rows[column + RX.SLOT]! * rx.slotBytes;
    this.#begin(data, now);
    data.channels.receive(rx.slab, at, rx.rows[column + RX.LENGTH]!, now);
    this.#listen(peer, data);
    return true;
  }

  /** `full`: as much waits for the peer as may; `closed`: it does not know the channel any more. */
  send(peer: Peer, channel: DataChannel, bytes: Uint8Array, isText: boolean, now: number) {
    const { data } = peer;
    if (data === null) return 'closed';
    const result = data.channels.send(channel, bytes, isText, now);
    this.#touch(peer, data);
    return result;
  }

  /** The same for what has to arrive though its queue is full: a few bytes. */
  notify(peer: Peer, channel: DataChannel, bytes: Uint8Array, now: number): void {
    if (peer.data === null) return;
    peer.data.channels.send(channel, bytes, false, now, NOTICE_BYTES);
    this.#touch(peer, peer.data);
  }

  /** Closes a channel of the peer's. */
  close(peer: Peer, channel: DataChannel): void {
    if (peer.data === null) return;
    peer.data.channels.close(channel);
    this.#listen(peer, peer.data);
  }

  /** Does what has come due for a connected peer. */
  serve(peer: Peer, now: number, tx: TxTable): void {
    const { data } = peer;
    if (data === null) return;
    this.#begin(data, now);
    data.channels.tick(now);
    this.#write(peer, data, now, tx);
  }

  /** Writes to those whom something has changed for; `heard` is called with each of them. */
  settle(now: number, tx: TxTable, heard: (peer: Peer) => void): void {
    if (this.#touched.length === 0) return;
    const touched = this.#touched;
    this.#touched = [];
    for (const peer of touched) {
      const { data } = peer;
      if (data === null) continue;
      data.isTouched = false;
      if (peer.state !== 'connected') continue;
      this.#begin(data, now);
      this.#write(peer, data, now, tx);
      heard(peer);
    }
  }

  #open(peer: Peer, section: DataAgreement): DataLink {
    const channels = new DataChannels({
      random: this.#ports.random,
      hmac: this.#ports.hmac,
      pool: this.#pool,
      // The answer says the port that the offer did.
      ownPort: section.sctpPort,
      remotePort: section.sctpPort,
      isDtlsClient: peer.negotiation?.dtlsRole === 'client',
      remoteMessageBytes: section.maxMessageSize,
      mostChannels: MOST_CHANNELS,
      limits: LIMITS,
    });
    return { channels, isBegun: false, isTouched: false };
  }

  #close(peer: Peer, data: DataLink): void {
    peer.data = null;
    data.channels.closeAll();
    for (const event of data.channels.drain()) this.#tell({ type: 'data', peer, event });
    this.#tell({ type: 'data-ended', peer, data });
  }

  #begin(data: DataLink, now: number): void {
    if (data.isBegun) return;
    data.isBegun = true;
    data.channels.connect(now);
  }

  #write(peer: Peer, data: DataLink, now: number, tx: TxTable): void {
    data.channels.write(this.#row.aim(tx, peer.planeIx), now);
    for (const event of data.channels.drain()) this.#tell({ type: 'data', peer, event });
  }

  #listen(peer: Peer, data: DataLink): void {
    for (const event of data.channels.drain()) this.#tell({ type: 'data', peer, event });
    this.#touch(peer, data);
  }

  #touch(peer: Peer, data: DataLink): void {
    if (data.isTouched) return;
    data.isTouched = true;
    this.#touched.push(peer);
  }
}
