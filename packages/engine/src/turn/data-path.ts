import { readU16 } from '../bytes/index.js';
import { ADDRESS, type AddressBook, FORM, type RxTable, type TxTable } from '../ports/index.js';
import { padded, type StunMessage } from '../stun/index.js';
import type { Allocation } from './allocation.js';
import type { Channel } from './channels.js';
import { readSending } from './procedures/send.js';
import type { Relay } from './relay.js';
import {
  CHANNEL_HEADER_BYTES,
  DONT_FRAGMENT,
  dataHeaderBytes,
  makeRoom,
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
    if (!makeRoom(tx, 0)) return 'tx_full';
    writeSlotRow(tx, slot, CHANNEL_HEADER_BYTES, size, channel.peerIx, channel.relay.portIx, 0);
    this.#state.counts.toPeer(size);
    return null;
  }

  /** The same over a stream. */
  channelBytes(allocation: Allocation, frame: Uint8Array, now: number, tx: TxTable): Outcome {
    const size = readU16(frame, 2);
    const channel = allocation.channels.findNumber(readU16(frame, 0));
    const refused = this.#refusal(allocation, channel, size, now);
    if (refused !== null || channel === undefined) return refused;
    const data = frame.subarray(CHANNEL_HEADER_BYTES, CHANNEL_HEADER_BYTES + size);
    if (!writeInlineRow(tx, data, channel.peerIx, channel.relay.portIx)) return 'tx_full';
    this.#state.counts.toPeer(size);
    return null;
  }

  /** A Send indication; `slot` is where its bytes stand, -1 when they came over a stream. */
  send(allocation: Allocation, message: StunMessage, slot: number, now: number, tx: TxTable): Outcome {
    const sending = readSending(this.#state, message, allocation, now);
    if (typeof sending === 'string') return sending;
    const { data, peerIx, portIx } = sending;
    if (!this.#mayPass(allocation, data.length, now)) return 'bandwidth';
    const form = sending.dontFragment ? DONT_FRAGMENT : 0;
    if (slot < 0) {
      const bytes = message.bytes.subarray(data.at, data.at + data.length);
      if (!writeInlineRow(tx, bytes, peerIx, portIx, form)) return 'tx_full';
    } else {
      if (!makeRoom(tx, 0)) return 'tx_full';
      writeSlotRow(tx, slot, data.at, data.length, peerIx, portIx, form);
    }
    this.#state.counts.toPeer(data.length);
    return null;
  }

  /** A datagram from a peer (RFC 8656 §11.3), of `length` bytes from the beginning of a slot. */
  fromPeer(relay: Relay, rx: RxTable, slot: number, length: number, peerIx: number, now: number, tx: TxTable): Outcome {
    const { allocation } = relay;
    if (allocation === null || allocation.opening !== null || relay.expiresAtMs <= now) return 'no_allocation';
    const bound = allocation.channels.findPeer(peerIx);
    const channel = bound !== undefined && bound.expiresAtMs > now ? bound : null;
    const peer = this.#addresses.rowOf(peerIx);
    if (peer < 0) return 'address_gone';
    if (!this.#isPermitted(allocation, channel, peer, now)) return 'no_permission';
    if (!this.#mayPass(allocation, length, now)) return 'bandwidth';
    const { path } = allocation;
    if (path.type === 'stream') {
      const stream = this.#state.streams.get(path.stream);
      return stream === undefined ? 'no_allocation' : this.#toStream(stream, channel, rx, slot, length, peer);
    }
    const { addressIx, portIx } = path;
    return channel === null
      ? this.#dataIndication(slot, length, peer, addressIx, portIx, tx)
      : this.#channelData(channel, slot, length, addressIx, portIx, tx);
  }

  #isPermitted(allocation: Allocation, channel: Channel | null, peer: number, now: number): boolean {
    if (channel !== null) return channel.permission.expiresAtMs > now;
    const { rows } = this.#addresses;
    const permission = allocation.permissions.find(
      rows[peer + ADDRESS.FAMILY]!,
      rows[peer + ADDRESS.WORD0]!,
      rows[peer + ADDRESS.WORD1]!,
      rows[peer + ADDRESS.WORD2]!,
      rows[peer + ADDRESS.WORD3]!,
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

  #channelData(
    channel: Channel,
    slot: number,
    length: number,
    addressIx: number,
    portIx: number,
    tx: TxTable,
  ): Outcome {
    if (!makeRoom(tx, CHANNEL_HEADER_BYTES)) return 'tx_full';
    writeChannelHeader(tx.inline, tx.inlineBytes, channel.number, length);
    writeSlotRow(tx, slot, 0, length, addressIx, portIx, 0, CHANNEL_HEADER_BYTES);
    this.#state.counts.toClient(length);
    return null;
  }

  #dataIndication(slot: number, length: number, peer: number, addressIx: number, portIx: number, tx: TxTable): Outcome {
    const { rows } = this.#addresses;
    const bytes = dataHeaderBytes(rows[peer + ADDRESS.FAMILY]!);
    if (!makeRoom(tx, bytes)) return 'tx_full';
    writeDataHeader(tx.inline, tx.inlineBytes, rows, peer, length, this.#transaction());
    writeSlotRow(tx, slot, 0, length, addressIx, portIx, FORM.PAD4, bytes);
    this.#state.counts.toClient(length);
    return null;
  }

  #transaction(): number {
    this.#transactions = (this.#transactions + 0x9e37_79b9) >>> 0;
    return this.#transactions;
  }

  #toStream(
    stream: StreamClient,
    channel: Channel | null,
    rx: RxTable,
    slot: number,
    length: number,
    peer: number,
  ): Outcome {
    if (stream.isBlocked) return 'slow_client';
    const { rows } = this.#addresses;
    const header = channel === null ? dataHeaderBytes(rows[peer + ADDRESS.FAMILY]!) : CHANNEL_HEADER_BYTES;
    const { into, at } = stream.leave(header + padded(length));
    if (channel === null) writeDataHeader(into, at, rows, peer, length, this.#transaction());
    else writeChannelHeader(into, at, channel.number, length);
    const from = slot * rx.slotBytes;
    into.set(rx.slab.subarray(from, from + length), at + header);
    this.#state.leaving.add(stream);
    this.#state.counts.toClient(length);
    return null;
  }
}
