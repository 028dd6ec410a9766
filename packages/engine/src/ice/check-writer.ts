import { writeU16, writeU32 } from '../bytes/index.js';
import { ADDRESS, type AddressBook, FORM, type Hmac, TX, TX_COLUMNS, type TxTable } from '../ports/index.js';
import {
  ATTRIBUTE,
  ATTRIBUTE_HEADER_BYTES,
  HEADER,
  HEADER_BYTES,
  MAGIC_COOKIE,
  MESSAGE_CLASS,
  METHOD,
  messageType,
  padded,
  TRANSACTION_BYTES,
} from '../stun/index.js';
import { SEAL_BYTES, seal, writeAttributeHeader } from './signed-in-place.js';

const SUCCESS = messageType(METHOD.BINDING, MESSAGE_CLASS.SUCCESS);
const ERROR = messageType(METHOD.BINDING, MESSAGE_CLASS.ERROR);
const REQUEST = messageType(METHOD.BINDING, MESSAGE_CLASS.REQUEST);

/** The longest message that is written here: a check with a username of 512 bytes. */
const MOST_BYTES = HEADER_BYTES + (ATTRIBUTE_HEADER_BYTES + 516) + 8 + 12 + SEAL_BYTES;

/** Between which of our ports and which address a message goes. */
export interface Way {
  readonly portIx: number;
  readonly addressIx: number;
}

/** Who and with what a check of our own is made. */
export interface OwnCheck {
  /** `theirs:ours` in ASCII. */
  readonly username: Uint8Array;
  readonly key: Uint8Array;
  readonly transaction: Uint8Array;
  readonly priority: number;
  /** 8 bytes. */
  readonly tieBreaker: Uint8Array;
}

/** Writes checks and their answers straight into the inline area of a tx table, one row each. Allocates nothing itself. */
export class CheckWriter {
  readonly #book: AddressBook;
  readonly #hmac: Hmac;

  constructor(book: AddressBook, hmac: Hmac) {
    this.#book = book;
    this.#hmac = hmac;
  }

  /**
   * The success to the request that stands in `bytes` at `at`: XOR-MAPPED-ADDRESS, signed (RFC 8445 §7.3). False when the
   * table is too small for it.
   */
  success(tx: TxTable, bytes: Uint8Array, at: number, way: Way, key: Uint8Array): boolean {
    const row = this.#book.rowOf(way.addressIx);
    if (row < 0 || !makesRoom(tx)) return false;
    const begin = this.#begin(tx, SUCCESS, bytes, at + HEADER.TRANSACTION);
    const end = this.#mappedAddress(tx.inline, begin + HEADER_BYTES, row);
    return this.#finish(tx, begin, end, way, key);
  }

  /** An error to that request, with the types that were not understood if there are any (RFC 8489 §14.8, §14.9). */
  error(
    tx: TxTable,
    code: number,
    unknown: readonly number[],
    request: Uint8Array,
    at: number,
    way: Way,
    key: Uint8Array,
  ): boolean {
    if (!makesRoom(tx)) return false;
    const out = tx.inline;
    const begin = this.#begin(tx, ERROR, request, at + HEADER.TRANSACTION);
    let end = begin + HEADER_BYTES;
    writeAttributeHeader(out, end, ATTRIBUTE.ERROR_CODE, 4);
    writeU16(out, end + 4, 0);
    out[end + 6] = Math.floor(code / 100);
    out[end + 7] = code % 100;
    end += 8;
    if (unknown.length > 0) {
      writeAttributeHeader(out, end, ATTRIBUTE.UNKNOWN_ATTRIBUTES, 2 * unknown.length);
      for (let ix = 0; ix < unknown.length; ix++) writeU16(out, end + ATTRIBUTE_HEADER_BYTES + 2 * ix, unknown[ix]!);
      const after = end + ATTRIBUTE_HEADER_BYTES + padded(2 * unknown.length);
      out.fill(0, end + ATTRIBUTE_HEADER_BYTES + 2 * unknown.length, after);
      end = after;
    }
    return this.#finish(tx, begin, end, way, key);
  }

  /** A check of our own, as the controlled side (RFC 8445 §7.2.2). */
  check(tx: TxTable, check: OwnCheck, way: Way): boolean {
    if (!makesRoom(tx)) return false;
    const out = tx.inline;
    const begin = this.#begin(tx, REQUEST, check.transaction, 0);
    const { username } = check;
    let end = begin + HEADER_BYTES;
    writeAttributeHeader(out, end, ATTRIBUTE.USERNAME, username.length);
    out.set(username, end + ATTRIBUTE_HEADER_BYTES);
    const after = end + ATTRIBUTE_HEADER_BYTES + padded(username.length);
    out.fill(0, end + ATTRIBUTE_HEADER_BYTES + username.length, after);
    end = after;
    writeAttributeHeader(out, end, ATTRIBUTE.PRIORITY, 4);
    writeU32(out, end + ATTRIBUTE_HEADER_BYTES, check.priority);
    writeAttributeHeader(out, end + 8, ATTRIBUTE.ICE_CONTROLLED, 8);
    out.set(check.tieBreaker, end + 12);
    return this.#finish(tx, begin, end + 20, way, check.key);
  }

  #begin(tx: TxTable, type: number, from: Uint8Array, transactionAt: number): number {
    const begin = tx.inlineBytes;
    writeU16(tx.inline, begin + HEADER.TYPE, type);
    writeU32(tx.inline, begin + HEADER.COOKIE, MAGIC_COOKIE);
    for (let ix = 0; ix < TRANSACTION_BYTES; ix++) {
      tx.inline[begin + HEADER.TRANSACTION + ix] = from[transactionAt + ix]!;
    }
    return begin;
  }

  /** RFC 8489 §14.2: port and host XORed with the header from the cookie on. Where the attribute ends. */
  #mappedAddress(out: Uint8Array, at: number, row: number): number {
    const rows = this.#book.rows;
    const isV4 = rows[row + ADDRESS.FAMILY] === 4;
    const words = isV4 ? 1 : 4;
    const cookieAt = at - HEADER_BYTES + HEADER.COOKIE;
    writeAttributeHeader(out, at, ATTRIBUTE.XOR_MAPPED_ADDRESS, 4 + 4 * words);
    writeU16(out, at + 4, isV4 ? 1 : 2);
    writeU16(out, at + 6, rows[row + ADDRESS.PORT]! ^ (MAGIC_COOKIE >>> 16));
    for (let word = 0; word < words; word++) {
      const host = at + 8 + 4 * word;
      writeU32(out, host, rows[row + ADDRESS.WORD0 + word]!);
      for (let byte = 0; byte < 4; byte++) out[host + byte]! ^= out[cookieAt + 4 * word + byte]!;
    }
    return at + 8 + 4 * words;
  }

  #finish(tx: TxTable, begin: number, end: number, way: Way, key: Uint8Array): boolean {
    const sealed = seal(tx.inline, begin, end, key, this.#hmac);
    const row = tx.count * TX_COLUMNS;
    tx.rows[row + TX.SLOT] = -1;
    tx.rows[row + TX.OFFSET] = begin;
    tx.rows[row + TX.LENGTH] = sealed - begin;
    tx.rows[row + TX.DESTINATION_IX] = way.addressIx;
    tx.rows[row + TX.PORT_IX] = way.portIx;
    tx.rows[row + TX.FORM] = FORM.PLAIN;
    tx.count++;
    tx.inlineBytes = sealed;
    return true;
  }
}

/** Sends what the table holds when nothing more fits; false when even an empty one is too small. */
function makesRoom(tx: TxTable): boolean {
  if (!hasRoom(tx)) tx.flush();
  return hasRoom(tx);
}

function hasRoom(tx: TxTable): boolean {
  return tx.count < tx.capacity && tx.inlineBytes + MOST_BYTES <= tx.inline.length;
}
