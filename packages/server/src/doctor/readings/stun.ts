import { createHash, createHmac, randomBytes } from 'node:crypto';

/** Message types (RFC 8489 §5, RFC 8656 §14): method and class in one number. */
export const BINDING = 0x0001;
export const ALLOCATE = 0x0003;
export const REFRESH = 0x0004;
const CLASS_BITS = 0x0110;
const SUCCESS = 0x0100;

const COOKIE = 0x2112a442;
const HEADER_BYTES = 20;

/** Attributes (RFC 8489 §18.3, RFC 8656 §18). */
const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const ERROR_CODE = 0x0009;
const LIFETIME = 0x000d;
const REALM = 0x0014;
const NONCE = 0x0015;
const REQUESTED_TRANSPORT = 0x0019;
const XOR_MAPPED_ADDRESS = 0x0020;
const UDP = 17;

/** A long-term credential together with what the server wants said with it (RFC 8489 §9.2). */
export interface Credentials {
  readonly username: string;
  readonly credential: string;
  readonly realm: string;
  readonly nonce: Buffer;
}

export interface StunRequest {
  readonly bytes: Buffer;
  readonly transaction: Buffer;
}

export interface StunResponse {
  readonly succeeded: boolean;
  readonly errorCode: number | undefined;
  readonly realm: string | undefined;
  readonly nonce: Buffer | undefined;
  /** The sender's address as the server sees it, as `192.0.2.1:4000` or `[2001:db8::1]:4000`. */
  readonly mapped: string | undefined;
}

/** A request of one of the three methods; an Allocate asks for UDP, a Refresh for no more lifetime at all. */
export function stunRequest(method: number, credentials?: Credentials): StunRequest {
  const transaction = randomBytes(12);
  const attributes: Buffer[] = [];
  if (method === ALLOCATE) attributes.push(attribute(REQUESTED_TRANSPORT, Buffer.from([UDP, 0, 0, 0])));
  if (method === REFRESH) attributes.push(attribute(LIFETIME, Buffer.alloc(4)));
  if (credentials === undefined) return { bytes: message(method, transaction, attributes, 0), transaction };
  const { username, credential, realm, nonce } = credentials;
  attributes.push(attribute(USERNAME, Buffer.from(username)), attribute(REALM, Buffer.from(realm)));
  attributes.push(attribute(NONCE, nonce));
  // The length counts the integrity attribute already while the HMAC is made of what stands before it (§14.5).
  const covered = message(method, transaction, attributes, 24);
  const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest();
  const integrity = createHmac('sha1', key).update(covered).digest();
  return { bytes: Buffer.concat([covered, attribute(MESSAGE_INTEGRITY, integrity)]), transaction };
}

function message(type: number, transaction: Buffer, attributes: readonly Buffer[], more: number): Buffer {
  const body = Buffer.concat(attributes);
  const header = Buffer.alloc(8);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length + more, 2);
  header.writeUInt32BE(COOKIE, 4);
  return Buffer.concat([header, transaction, body]);
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + value.length + ((4 - (value.length % 4)) % 4));
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

/** The response to `transaction` in `bytes`; null for anything else. */
export function readStunResponse(bytes: Buffer, transaction: Buffer): StunResponse | null {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32BE(4) !== COOKIE) return null;
  if (!bytes.subarray(8, HEADER_BYTES).equals(transaction)) return null;
  const type = bytes.readUInt16BE(0);
  if ((type & SUCCESS) === 0) return null;
  const attributes = readAttributes(bytes);
  const error = attributes.get(ERROR_CODE);
  return {
    succeeded: (type & CLASS_BITS) === SUCCESS,
    errorCode: error !== undefined && error.length >= 4 ? (error[2]! & 7) * 100 + error[3]! : undefined,
    realm: attributes.get(REALM)?.toString('utf8'),
    nonce: attributes.get(NONCE),
    mapped: readXorAddress(attributes.get(XOR_MAPPED_ADDRESS), bytes),
  };
}

/** How many bytes the message takes that begins here; undefined until its header is there, 0 when it is no STUN. */
export function stunLength(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  return bytes[0]! < 64 && bytes.readUInt32BE(4) === COOKIE ? HEADER_BYTES + bytes.readUInt16BE(2) : 0;
}

function readAttributes(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  const end = Math.min(bytes.length, HEADER_BYTES + bytes.readUInt16BE(2));
  for (let at = HEADER_BYTES; at + 4 <= end; ) {
    const length = bytes.readUInt16BE(at + 2);
    if (at + 4 + length > end) break;
    const type = bytes.readUInt16BE(at);
    if (!found.has(type)) found.set(type, bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return found;
}

/** XORed with the cookie, an IPv6 address with the transaction too: both stand in the header (§14.2). */
function readXorAddress(value: Buffer | undefined, bytes: Buffer): string | undefined {
  if (value === undefined || (value.length !== 8 && value.length !== 20)) return undefined;
  const port = value.readUInt16BE(2) ^ (COOKIE >>> 16);
  const plain = value.subarray(4).map((byte, ix) => byte ^ bytes[4 + ix]!);
  if (plain.length === 4) return `${plain.join('.')}:${port}`;
  const groups = Array.from({ length: 8 }, (_, ix) => ((plain[2 * ix]! << 8) | plain[2 * ix + 1]!).toString(16));
  return `[${groups.join(':')}]:${port}`;
}
