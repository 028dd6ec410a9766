import { readU16 } from '../bytes/index.js';
import { ADDRESS, ADDRESS_COLUMNS, type AddressBook, type RxTable, type TxTable } from '../ports/index.js';
import { padded, type StunMessage } from '../stun/index.js';
import type { Allocation } from './allocation.js';
import type { Channel } from './channels.js';
import { readSending } from './procedures/send.js';
import type { Relay } from './relay.js';
import {
  CHANNEL_HEADER_BYTES,
  dataHeaderBytes,
  RELAY_FORM,
  setHeader,
  writeChannelHeader,
  writeDataHeader,
  writeInlineRow,
  writeSlotRow,
} from './relay-rows.js';
import type { StreamClient } from './stream-client.js';
import type { TurnDrop } from './turn-counts.js';
import type { TurnState } from './turn-state.js';

/** Why a datagram did not go on; null when it did. */
type Outcome = TurnDrop | null;

/**
 * Relayed data, in both directions. Between datagrams it goes from a row of the receive table to one of the transmit table
 * without a copy of the payload and without allocation.
 */
export class DataPath {
  readonly #state: TurnState;
  readonly #addresses: AddressBook;
  /** Transaction ids of Data indications need only differ: nobody answers them. */
  #transactions: number;

  constructor(state: TurnState) {
    this.#state = state;
    this.#addresses = state.ports.addresses;
    this.#transactions = state.ports.random.uint32();
  }

  /** A ChannelData message in a slot (RFC 8656 §12.6), at `at` of the slab. */
  channelSlot(
    allocation: Allocation,
    rx: RxTable,
    slot: number,
    at: number,
    length: number,
    now: number,
    tx: TxTable,
  ): Outcome {
    if (length < CHANNEL_HEADER_BYTES) return 'malformed';
    const size = readU16(rx.slab, at + 2);
    if (CHANNEL_HEADER_BYTES + size > length) return 'malformed';
    const channel = allocation.channels.findNumber(readU16(rx.slab, at));
    const refused = this.#refusal(allocation, channel, size, now);
    if (refused !== null || channel === undefined) return refused;
    const { peerIx, relay } = channel;
    return this.#toPeer(size, writeSlotRow(tx, slot, CHANNEL_HEADER_BYTES, size, peerIx, relay.portIx, 0));
  }

  /** The same over a stream. */
  channelBytes(allocation: Allocation, frame: Uint8Array, now: number, tx: TxTable): Outcome {
    const size = readU16(frame, 2);
    const channel = allocation.channels.findNumber(readU16(frame, 0));
    const refused = this.#refusal(allocation, channel, size, now);
    if (refused !== null || channel === undefined) return refused;
    const data = frame.subarray(CHANNEL_HEADER_BYTES, CHANNEL_HEADER_BYTES + size);
    return this.#toPeer(size, writeInlineRow(tx, data, channel.peerIx, channel.relay.portIx));
  }

  /** A Send indication; `slot` is where its bytes stand, -1 when they came over a stream. */
  send(allocation: Allocation, message: StunMessage, slot: number, now: number, tx: TxTable): Outcome {
    const sending = readSending(this.#state, message, allocation, now);
    if (typeof sending === 'string') return sending;
    const { data, peerIx, portIx } = sending;
    if (!this.#mayPass(allocation, data.length, now)) return 'bandwidth';
    const form = sending.dontFragment ? RELAY_FORM.DONT_FRAGMENT : 0;
    const bytes = slot < 0 ? message.bytes.subarray(data.at, data.at + data.length) : null;
    const isWritten =
      bytes === null
        ? writeSlotRow(tx, slot, data.at, data.length, peerIx, portIx, form)
        : writeInlineRow(tx, bytes, peerIx, portIx, form);
    return this.#toPeer(data.length, isWritten);
  }

  /** A datagram from a peer (RFC 8656 §11.3), of `length` bytes from the beginning of a slot. */
  fromPeer(relay: Relay, rx: RxTable, slot: number, length: number, peerIx: number, now: number, tx: TxTable): Outcome {
    const { allocation } = relay;
    if (allocation === null || allocation.opening !== null || relay.expiresAtMs <= now) return 'no_allocation';
    const bound = allocation.channels.findPeer(peerIx);
    const channel = bound !== undefined && bound.expiresAtMs > now ? bound : null;
    if (!this.#isPermitted(allocation, channel, peerIx, now)) return 'no_permission';
    if (!this.#mayPass(allocation, length, now)) return 'bandwidth';
    const { path } = allocation;
    if (path.type === 'stream') {
      const stream = this.#state.streams.get(path.stream);
      return stream === undefined ? 'no_allocation' : this.#toStream(stream, channel, rx, slot, length, peerIx);
    }
    const { addressIx, portIx } = path;
    return channel === null
      ? this.#dataIndication(rx, slot, length, peerIx, addressIx, portIx, tx)
      : this.#channelData(channel, slot, length, addressIx, portIx, tx);
  }

  #isPermitted(allocation: Allocation, channel: Channel | null, peerIx: number, now: number): boolean {
    if (channel !== null) return channel.permission.expiresAtMs > now;
    const { rows } = this.#addresses;
    const at = peerIx * ADDRESS_COLUMNS;
    const permission = allocation.permissions.find(
      rows[at + ADDRESS.FAMILY]!,
      rows[at + ADDRESS.WORD0]!,
      rows[at + ADDRESS.WORD1]!,
      rows[at + ADDRESS.WORD2]!,
      rows[at + ADDRESS.WORD3]!,
    );
    return permission !== null && permission.expiresAtMs > now;
  }

  #refusal(allocation: Allocation, channel: Channel | undefined, size: number, now: number): Outcome {
    if (channel === undefined || channel.expiresAtMs <= now) return 'no_channel';
    if (channel.relay.expiresAtMs <= now) return 'no_allocation';
    if (channel.permission.expiresAtMs <= now) return 'no_permission';
    return this.#mayPass(allocation, size, now) ? null : 'bandwidth';
  }

  #mayPass(allocation: Allocation, bytes: number, now: number): boolean {
    return allocation.rate.take(bytes, now) && allocation.account.rate.take(bytes, now);
  }

  #toPeer(bytes: number, isWritten: boolean): Outcome {
    if (!isWritten) return 'tx_full';
    this.#state.counts.toPeer(bytes);
    return null;
  }

  #channelData(
    channel: Channel,
    slot: number,
    length: number,
    addressIx: number,
    portIx: number,
    tx: TxTable,
  ): Outcome {
    if (tx.inlineBytes + CHANNEL_HEADER_BYTES > tx.inline.length) return 'tx_full';
    if (!writeSlotRow(tx, slot, 0, length, addressIx, portIx, RELAY_FORM.HEADER)) return 'tx_full';
    writeChannelHeader(tx.inline, tx.inlineBytes, channel.number, length);
    setHeader(tx, CHANNEL_HEADER_BYTES);
    this.#state.counts.toClient(length);
    return null;
  }

  #dataIndication(
    rx: RxTable,
    slot: number,
    length: number,
    peerIx: number,
    addressIx: number,
    portIx: number,
    tx: TxTable,
  ): Outcome {
    const { rows } = this.#addresses;
    const bytes = dataHeaderBytes(rows[peerIx * ADDRESS_COLUMNS + ADDRESS.FAMILY]!);
    const room = padded(length);
    if (room > rx.slotBytes || tx.inlineBytes + bytes > tx.inline.length) return 'tx_full';
    if (!writeSlotRow(tx, slot, 0, room, addressIx, portIx, RELAY_FORM.HEADER)) return 'tx_full';
    // The padding stands behind the datagram in its slot, where an earlier one's bytes may be.
    const end = slot * rx.slotBytes + length;
    for (let at = end; at < end + room - length; at++) rx.slab[at] = 0;
    this.#transactions = (this.#transactions + 0x9e37_79b9) >>> 0;
    writeDataHeader(tx.inline, tx.inlineBytes, rows, peerIx, length, this.#transactions);
    setHeader(tx, bytes);
    this.#state.counts.toClient(length);
    return null;
  }

  #toStream(
    stream: StreamClient,
    channel: Channel | null,
    rx: RxTable,
    slot: number,
    length: number,
    peerIx: number,
  ): Outcome {
    if (stream.isBlocked) return 'slow_client';
    const { rows } = this.#addresses;
    const header =
      channel === null ? dataHeaderBytes(rows[peerIx * ADDRESS_COLUMNS + ADDRESS.FAMILY]!) : CHANNEL_HEADER_BYTES;
    const { into, at } = stream.leave(header + padded(length));
    this.#transactions = (this.#transactions + 0x9e37_79b9) >>> 0;
    if (channel === null) writeDataHeader(into, at, rows, peerIx, length, this.#transactions);
    else writeChannelHeader(into, at, channel.number, length);
    const from = slot * rx.slotBytes;
    into.set(rx.slab.subarray(from, from + length), at + header);
    this.#state.leaving.add(stream);
    this.#state.counts.toClient(length);
    return null;
  }
}
