import { readU16, writeU16 } from '../bytes/index.js';
import { HEADER } from './header.js';
import { FAMILY_CODE, familyFromCode, familyOf, type TransportAddress } from './transport-address.js';

/**
 * The value of MAPPED-ADDRESS (RFC 8489 §14.1):
 *
 *     |0 0 0 0 0 0 0 0|    family     |           port                |
 *     |                  address (32 or 128 bits)                     |
 *
 * XOR-MAPPED-ADDRESS, XOR-PEER-ADDRESS and XOR-RELAYED-ADDRESS are the same with port and address XORed with the header
 * of the message from the cookie on (§14.2): twice is the same as not at all.
 */
const HOST_AT = 4;

/** The address in the value of an attribute of the message whose header is `header`; null when it is malformed. */
export function readXorAddress(value: Uint8Array, header: Uint8Array): TransportAddress | null {
  const plain = Uint8Array.from(value);
  xor(plain, header);
  return readAddress(plain);
}

/** The value of MAPPED-ADDRESS; null when it is malformed. */
export function readAddress(value: Uint8Array): TransportAddress | null {
  if (value.length < HOST_AT) return null;
  const family = familyFromCode(value[1]!);
  if (family === null || value.length !== HOST_AT + (family === 4 ? 4 : 16)) return null;
  return { host: value.slice(HOST_AT), port: readU16(value, 2) };
}

export function addressValue({ host, port }: TransportAddress): Uint8Array {
  const value = new Uint8Array(HOST_AT + host.length);
  value[1] = FAMILY_CODE[familyOf(host)];
  writeU16(value, 2, port);
  value.set(host, HOST_AT);
  return value;
}

/** `header` is that of the message it goes into. */
export function xorAddressValue(address: TransportAddress, header: Uint8Array): Uint8Array {
  const value = addressValue(address);
  xor(value, header);
  return value;
}

function xor(value: Uint8Array, header: Uint8Array): void {
  for (let at = 2; at < HOST_AT && at < value.length; at++) value[at]! ^= header[HEADER.COOKIE + at - 2]!;
  for (let at = HOST_AT; at < value.length; at++) value[at]! ^= header[HEADER.COOKIE + at - HOST_AT] ?? 0;
}
