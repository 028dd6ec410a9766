import { writeU16, writeU32 } from '../bytes/index.js';
import type { Hmac } from '../ports/index.js';
import { xorAddressValue } from './address-value.js';
import { ATTRIBUTE } from './attribute.js';
import { crc32 } from './crc32.js';
import {
  ATTRIBUTE_HEADER_BYTES,
  FINGERPRINT_XOR,
  HEADER,
  HEADER_BYTES,
  MAGIC_COOKIE,
  padded,
  TRANSACTION_BYTES,
} from './header.js';
import { INTEGRITY_ATTRIBUTE, type IntegrityKind, signature } from './integrity.js';
import { messageType } from './message-type.js';
import type { TransportAddress } from './transport-address.js';

/**
 * Writes one message, attribute after attribute. Padding is zero. A message of more than 65,535 bytes cannot be written:
 * whoever adds values of others' making has compared lengths.
 */
export class MessageWriter {
  #bytes = new Uint8Array(128);
  #length = HEADER_BYTES;

  /** `transaction` is of 12 bytes; `messageClass` one of `MESSAGE_CLASS`. */
  constructor(method: number, messageClass: number, transaction: Uint8Array) {
    writeU16(this.#bytes, HEADER.TYPE, messageType(method, messageClass));
    writeU32(this.#bytes, HEADER.COOKIE, MAGIC_COOKIE);
    this.#bytes.set(transaction.subarray(0, TRANSACTION_BYTES), HEADER.TRANSACTION);
  }

  /** How long the message is so far. */
  get length(): number {
    return this.#length;
  }

  add(type: number, value: Uint8Array): this {
    const at = this.#length;
    const end = at + ATTRIBUTE_HEADER_BYTES + padded(value.length);
    this.#makeRoom(end);
    writeU16(this.#bytes, at, type);
    writeU16(this.#bytes, at + 2, value.length);
    this.#bytes.set(value, at + ATTRIBUTE_HEADER_BYTES);
    this.#length = end;
    return this;
  }

  addU32(type: number, value: number): this {
    const bytes = new Uint8Array(4);
    writeU32(bytes, 0, value);
    return this.add(type, bytes);
  }

  /** One of the XOR-…-ADDRESS types. */
  addXorAddress(type: number, address: TransportAddress): this {
    return this.add(type, xorAddressValue(address, this.#bytes));
  }

  /** ERROR-CODE without a reason phrase: nobody reads it, and it would make a small request's answer large. */
  addErrorCode(code: number): this {
    return this.add(ATTRIBUTE.ERROR_CODE, Uint8Array.of(0, 0, Math.floor(code / 100), code % 100));
  }

  addUnknownAttributes(types: readonly number[]): this {
    const value = new Uint8Array(2 * types.length);
    types.forEach((type, ix) => {
      writeU16(value, 2 * ix, type);
    });
    return this.add(ATTRIBUTE.UNKNOWN_ATTRIBUTES, value);
  }

  /** Signs all that has been added so far. Only `addFingerprint` may follow. */
  addIntegrity(kind: IntegrityKind, key: Uint8Array, hmac: Hmac): this {
    return this.add(INTEGRITY_ATTRIBUTE[kind], signature(this.#bytes.subarray(0, this.#length), kind, key, hmac));
  }

  /** The checksum over all that has been added. Nothing may follow. */
  addFingerprint(): this {
    const length = this.#length - HEADER_BYTES + ATTRIBUTE_HEADER_BYTES + 4;
    writeU16(this.#bytes, HEADER.LENGTH, length);
    return this.addU32(ATTRIBUTE.FINGERPRINT, crc32(this.#bytes, 0, this.#length) ^ FINGERPRINT_XOR);
  }

  /** The message. */
  finish(): Uint8Array {
    writeU16(this.#bytes, HEADER.LENGTH, this.#length - HEADER_BYTES);
    return this.#bytes.slice(0, this.#length);
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
