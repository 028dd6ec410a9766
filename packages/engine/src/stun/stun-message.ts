import { readU16 } from '../bytes/index.js';
import { readXorAddress } from './address-value.js';
import { ATTRIBUTE } from './attribute.js';
import { ATTRIBUTE_HEADER_BYTES, HEADER, HEADER_BYTES } from './header.js';
import type { TransportAddress } from './transport-address.js';

/** Where an attribute stands in the bytes of its message. */
export interface AttributePlace {
  readonly type: number;
  /** Where its header begins, counted from the beginning of the message. */
  readonly at: number;
  /** Bytes of its value, without padding. */
  readonly length: number;
}

/**
 * A message whose framing has been checked by `readMessage`. It looks into the bytes it was read from, and is good for as
 * long as those stay.
 */
export class StunMessage {
  readonly bytes: Uint8Array;
  readonly method: number;
  /** One of `MESSAGE_CLASS`. */
  readonly messageClass: number;
  readonly attributes: readonly AttributePlace[];

  constructor(bytes: Uint8Array, method: number, messageClass: number, attributes: readonly AttributePlace[]) {
    this.bytes = bytes;
    this.method = method;
    this.messageClass = messageClass;
    this.attributes = attributes;
  }

  get transaction(): Uint8Array {
    return this.bytes.subarray(HEADER.TRANSACTION, HEADER_BYTES);
  }

  /** Of several attributes of one type only the first counts (RFC 8489 §14). */
  place(type: number): AttributePlace | null {
    return this.attributes.find((attribute) => attribute.type === type) ?? null;
  }

  has(type: number): boolean {
    return this.place(type) !== null;
  }

  /** The value of the first attribute of a type; null when there is none. */
  value(type: number): Uint8Array | null {
    const place = this.place(type);
    return place === null ? null : this.valueAt(place);
  }

  valueAt({ at, length }: AttributePlace): Uint8Array {
    return this.bytes.subarray(at + ATTRIBUTE_HEADER_BYTES, at + ATTRIBUTE_HEADER_BYTES + length);
  }

  /** The values of all attributes of a type, for the few that may stand several times. */
  values(type: number): Uint8Array[] {
    return this.attributes.filter((attribute) => attribute.type === type).map((place) => this.valueAt(place));
  }

  /** An attribute of one of the XOR-…-ADDRESS types; null when it is missing or malformed. */
  xorAddress(type: number): TransportAddress | null {
    const value = this.value(type);
    return value === null ? null : readXorAddress(value, this.bytes);
  }

  /** The code of ERROR-CODE (RFC 8489 §14.8); null when it is missing or malformed. */
  errorCode(): number | null {
    const value = this.value(ATTRIBUTE.ERROR_CODE);
    return value === null || value.length < 4 ? null : (value[2]! & 7) * 100 + value[3]!;
  }

  /** The types in UNKNOWN-ATTRIBUTES. */
  unknownAttributes(): number[] {
    const value = this.value(ATTRIBUTE.UNKNOWN_ATTRIBUTES) ?? new Uint8Array(0);
    return Array.from({ length: value.length >> 1 }, (_, ix) => readU16(value, 2 * ix));
  }
}
