import { FORM, TX } from '@madang/engine';
import type { FakeAddresses } from './fake-addresses.js';
import type { MutableCounts } from './fake-counts.js';
import type { FakePeer } from './fake-peer.js';
import { writeFakeRtp } from './fake-rtp-writer.js';
import type { FakeSlots } from './fake-slots.js';
import type { FakeUdpNetwork } from './fake-udp-network.js';

/** What a sender of rows looks things up in. */
export interface FakeSenderParts {
  readonly network: FakeUdpNetwork;
  readonly counts: MutableCounts;
  readonly slots: FakeSlots;
  readonly addresses: FakeAddresses;
  readonly ports: ReadonlyMap<number, { readonly ip: string; readonly port: number }>;
  readonly peers: ReadonlyMap<number, FakePeer>;
  readonly mids: readonly string[];
}

interface Path {
  readonly portIx: number;
  readonly addressIx: number;
}

const NOTHING = new Uint8Array(0);

/** Sends the rows of a fake plane, one datagram each. */
export class FakeSender {
  readonly #parts: FakeSenderParts;
  #inline: Uint8Array = NOTHING;

  constructor(parts: FakeSenderParts) {
    this.#parts = parts;
  }

  send(rows: readonly Int32Array[], inline: Uint8Array): void {
    this.#inline = inline;
    for (const row of rows) this.#sendRow(row);
  }

  /** Bytes as they are. */
  sendTo(path: Path, bytes: Uint8Array): void {
    const { network, counts, ports, addresses } = this.#parts;
    const from = ports.get(path.portIx);
    const to = addresses.get(path.addressIx);
    if (from === undefined) counts.txNoPort++;
    else if (to === undefined) counts.txNoAddress++;
    else if (from.ip.includes(':') !== to.ip.includes(':')) counts.txRefused++;
    else {
      network.send(bytes, from.ip, from.port, to.ip, to.port);
      counts.sent++;
      counts.sentBytes += bytes.length;
      counts.sendCalls++;
    }
  }

  #sendRow(row: Int32Array): void {
    const { counts, peers, ports, addresses } = this.#parts;
    const form = row[TX.FORM]!;
    const isToAddress = (form & (FORM.PLAIN | FORM.CLEAR_RTP)) !== 0 && (form & FORM.PEER_DATA) === 0;
    const peer = isToAddress ? undefined : peers.get(row[TX.DESTINATION_IX]!);
    if (!isToAddress && peer === undefined) {
      counts.txNoPeer++;
      return;
    }
    const path = peer?.path ?? { portIx: row[TX.PORT_IX]!, addressIx: row[TX.DESTINATION_IX]! };
    if (!ports.has(path.portIx)) counts.txNoPort++;
    else if (addresses.get(path.addressIx) === undefined) counts.txNoAddress++;
    else if (peer !== undefined && (form & FORM.PEER_DATA) !== 0) this.#sendData(row, peer);
    else {
      const bytes = this.#write(row, peer);
      if (bytes !== null) this.sendTo(path, bytes);
    }
  }

  #sendData(row: Int32Array, peer: FakePeer): void {
    const payload = this.#payload(row);
    if (payload === null) this.#parts.counts.txBadRow++;
    else if (peer.dtls?.send(payload) !== true) this.#parts.counts.txNoKeys++;
  }

  /** The datagram of a row; null when it could not be made, which is counted. */
  #write(row: Int32Array, peer: FakePeer | undefined): Uint8Array | null {
    const { counts } = this.#parts;
    if (peer !== undefined && peer.sender === null) {
      counts.txNoKeys++;
      return null;
    }
    const form = row[TX.FORM]!;
    const isPlain = (form & FORM.PLAIN) !== 0;
    const isRtcp = peer !== undefined && (form & FORM.RTCP) !== 0;
    const clear = isPlain ? this.#plain(row) : isRtcp ? this.#payload(row) : this.#rtp(row, peer);
    if (clear === null) counts.txBadRow++;
    if (clear === null || peer === undefined) return clear;
    const wire = peer.sender!.protect(clear, isRtcp);
    if (wire === null) counts.txProtectFailed++;
    return wire;
  }

  #plain(row: Int32Array): Uint8Array | null {
    const [payload, extra] = [this.#payload(row), this.#extra(row)];
    if (payload === null || extra === null) return null;
    const bytes = [...extra, ...payload];
    while ((row[TX.FORM]! & FORM.PAD4) !== 0 && bytes.length % 4 !== 0) bytes.push(0);
    return bytes.length === 0 ? null : Uint8Array.from(bytes);
  }

  #rtp(row: Int32Array, peer: FakePeer | undefined): Uint8Array | null {
    const form = row[TX.FORM]!;
    const isPadding = (form & FORM.PADDING) !== 0;
    if (isPadding && (row[TX.LENGTH]! < 1 || row[TX.LENGTH]! > 255)) return null;
    const [payload, extra] = [isPadding ? NOTHING : this.#payload(row), this.#extra(row)];
    const mid = (form & FORM.MID) === 0 ? '' : this.#parts.mids[row[TX.MID_IX]!];
    if (payload === null || extra === null || mid === undefined) return null;
    return writeFakeRtp(row, { payload, extra, mid, ids: peer?.extensionIds ?? {} });
  }

  #payload(row: Int32Array): Uint8Array | null {
    const [slot, offset, length] = [row[TX.SLOT]!, row[TX.OFFSET]!, row[TX.LENGTH]!];
    if (offset < 0 || length < 0) return null;
    return slot < 0 ? this.#inlineBytes(offset, length) : this.#parts.slots.read(slot, offset, length);
  }

  #extra(row: Int32Array): Uint8Array | null {
    if ((row[TX.FORM]! & FORM.EXTRA) === 0) return NOTHING;
    return this.#inlineBytes(row[TX.EXTRA]! >> 8, row[TX.EXTRA]! & 0xff);
  }

  #inlineBytes(offset: number, length: number): Uint8Array | null {
    if (offset < 0 || offset + length > this.#inline.length) return null;
    return this.#inline.subarray(offset, offset + length);
  }
}
