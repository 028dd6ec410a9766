import { writeU16, writeU32 } from '../bytes/index.js';
import { ADDRESS, FORM, TX, TX_COLUMNS, type TxTable } from '../ports/index.js';
import { ATTRIBUTE, HEADER_BYTES, MAGIC_COOKIE, MESSAGE_CLASS, METHOD, messageType, padded } from '../stun/index.js';

/**
 * A bit of `TX.FORM` that the addon does not know yet: set the DF bit of the IPv4 header. Until it does,
 * `TurnOptions.dontFragment` has to be false.
 */
export const DONT_FRAGMENT = 1 << 15;

/**
 * Makes sure that a row and `inlineBytes` fit, sending what the table holds if it is full. False when they never will: the
 * table is too small.
 */
export function makeRoom(tx: TxTable, inlineBytes: number): boolean {
  if (hasRoom(tx, inlineBytes)) return true;
  if (tx.count > 0) tx.flush();
  return hasRoom(tx, inlineBytes);
}

function hasRoom(tx: TxTable, inlineBytes: number): boolean {
  return (tx.count + 1) * TX_COLUMNS <= tx.rows.length && tx.inlineBytes + inlineBytes <= tx.inline.length;
}

/**
 * Bytes of a slot to an address, as they are. The row and its inline bytes fit. With a header, the last `headerBytes` of
 * the inline area go before them. Cost: no allocation.
 */
export function writeSlotRow(
  tx: TxTable,
  slot: number,
  offset: number,
  length: number,
  addressIx: number,
  portIx: number,
  form: number,
  headerBytes = 0,
): void {
  const at = tx.count * TX_COLUMNS;
  const rows = tx.rows;
  rows[at + TX.SLOT] = slot;
  rows[at + TX.OFFSET] = offset;
  rows[at + TX.LENGTH] = length;
  rows[at + TX.DESTINATION_IX] = addressIx;
  rows[at + TX.FORM] = FORM.PLAIN | form | (headerBytes > 0 ? FORM.EXTRA : 0);
  rows[at + TX.PORT_IX] = portIx;
  rows[at + TX.EXTRA] = headerBytes > 0 ? (tx.inlineBytes << 8) | headerBytes : 0;
  tx.inlineBytes += headerBytes;
  tx.count++;
}

/** Bytes of our own to an address. False when they are too many for the table. */
export function writeInlineRow(tx: TxTable, bytes: Uint8Array, addressIx: number, portIx: number, form = 0): boolean {
  if (!makeRoom(tx, bytes.length)) return false;
  const offset = tx.inlineBytes;
  tx.inline.set(bytes, offset);
  tx.inlineBytes += bytes.length;
  writeSlotRow(tx, -1, offset, bytes.length, addressIx, portIx, form);
  return true;
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
 * All of a Data indication (RFC 8656 §11.3) but its payload and the padding of that, which follow. `peer` is where its row
 * stands in the address book; `transaction` is any number, since nobody answers. Cost: no allocation.
 */
export function writeDataHeader(
  into: Uint8Array,
  at: number,
  addresses: Int32Array,
  peer: number,
  length: number,
  transaction: number,
): void {
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
