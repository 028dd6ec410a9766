import { writeU16, writeU32 } from '../bytes/index.js';
import { ADDRESS, ADDRESS_COLUMNS, FORM, TX, TX_COLUMNS, type TxTable } from '../ports/index.js';
import { ATTRIBUTE, HEADER_BYTES, MAGIC_COOKIE, MESSAGE_CLASS, METHOD, messageType, padded } from '../stun/index.js';

/**
 * Columns and bits of a transmit row that relaying needs besides those of `TX` and `FORM`. In a plain row the columns of
 * RTP do not count, so a header to be sent before the payload is named there.
 */
export const RELAY_TX = {
  /** With `RELAY_FORM.HEADER`: where the bytes before the payload stand in the inline area, and how many they are. */
  HEADER_OFFSET: TX.SSRC,
  HEADER_BYTES: TX.SEQ16,
  /** Index of the local port to send from. */
  PORT_IX: 14,
} as const;

export const RELAY_FORM = {
  HEADER: 1 << 9,
  /** Set the DF bit of the IPv4 header. */
  DONT_FRAGMENT: 1 << 10,
} as const;

/** Bytes of a slot to an address, as they are. False when the table is full. Cost: no allocation. */
export function writeSlotRow(
  tx: TxTable,
  slot: number,
  offset: number,
  length: number,
  addressIx: number,
  portIx: number,
  form: number,
): boolean {
  const at = tx.count * TX_COLUMNS;
  if (at + TX_COLUMNS > tx.rows.length) return false;
  const rows = tx.rows;
  rows[at + TX.SLOT] = slot;
  rows[at + TX.OFFSET] = offset;
  rows[at + TX.LENGTH] = length;
  rows[at + TX.DESTINATION_IX] = addressIx;
  rows[at + TX.FORM] = FORM.PLAIN | form;
  rows[at + RELAY_TX.PORT_IX] = portIx;
  tx.count++;
  return true;
}

/** Bytes of our own to an address. False when the table is full. */
export function writeInlineRow(tx: TxTable, bytes: Uint8Array, addressIx: number, portIx: number, form = 0): boolean {
  const offset = tx.inlineBytes;
  if (offset + bytes.length > tx.inline.length) return false;
  if (!writeSlotRow(tx, -1, offset, bytes.length, addressIx, portIx, form)) return false;
  tx.inline.set(bytes, offset);
  tx.inlineBytes += bytes.length;
  return true;
}

/** Names the last `bytes` that were written inline as the header of the last row. */
export function setHeader(tx: TxTable, bytes: number): void {
  const at = (tx.count - 1) * TX_COLUMNS;
  tx.rows[at + RELAY_TX.HEADER_OFFSET] = tx.inlineBytes;
  tx.rows[at + RELAY_TX.HEADER_BYTES] = bytes;
  tx.inlineBytes += bytes;
}

export const CHANNEL_HEADER_BYTES = 4;

/** The header of a ChannelData message (RFC 8656 §12.4). */
export function writeChannelHeader(into: Uint8Array, at: number, number: number, length: number): void {
  writeU16(into, at, number);
  writeU16(into, at + 2, length);
}

const DATA_INDICATION = messageType(METHOD.DATA, MESSAGE_CLASS.INDICATION);

/** Bytes before the payload of a Data indication from an IPv4 or IPv6 peer. */
export function dataHeaderBytes(family: number): number {
  return HEADER_BYTES + 4 + (family === 4 ? 8 : 20) + 4;
}

/**
 * All of a Data indication (RFC 8656 §11.3) but its payload and the padding of that, which follow. The peer is read from
 * a row of the address book; `transaction` is any number, since nobody answers. Cost: no allocation.
 */
export function writeDataHeader(
  into: Uint8Array,
  at: number,
  addresses: Int32Array,
  peerIx: number,
  length: number,
  transaction: number,
): void {
  const peer = peerIx * ADDRESS_COLUMNS;
  const isIpv4 = addresses[peer + ADDRESS.FAMILY] === 4;
  const addressBytes = isIpv4 ? 8 : 20;
  writeU16(into, at, DATA_INDICATION);
  writeU16(into, at + 2, 4 + addressBytes + 4 + padded(length));
  writeU32(into, at + 4, MAGIC_COOKIE);
  writeU32(into, at + 8, 0);
  writeU32(into, at + 12, 0);
  writeU32(into, at + 16, transaction);
  writeU16(into, at + 20, ATTRIBUTE.XOR_PEER_ADDRESS);
  writeU16(into, at + 22, addressBytes);
  writeU16(into, at + 24, isIpv4 ? 1 : 2);
  writeU16(into, at + 26, addresses[peer + ADDRESS.PORT]! ^ (MAGIC_COOKIE >>> 16));
  writeU32(into, at + 28, addresses[peer + ADDRESS.WORD0]! ^ MAGIC_COOKIE);
  if (!isIpv4) {
    writeU32(into, at + 32, addresses[peer + ADDRESS.WORD1]!);
    writeU32(into, at + 36, addresses[peer + ADDRESS.WORD2]!);
    writeU32(into, at + 40, addresses[peer + ADDRESS.WORD3]! ^ transaction);
  }
  writeU16(into, at + 24 + addressBytes, ATTRIBUTE.DATA);
  writeU16(into, at + 26 + addressBytes, length);
}
