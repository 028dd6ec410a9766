import { readU16, readU32, utf8Bytes, utf8Text, writeU16, writeU32 } from '../bytes/index.js';

const OPEN = 3;
const ACK = 2;
const FIXED_BYTES = 12;
/** Of a label, and of the name of a protocol, in UTF-8. RFC 8832 §5.1 would allow 64 KiB, which nobody needs. */
export const MOST_NAME_BYTES = 1_024;
const UNORDERED = 0x80;
const BY_RETRANSMITS = 1;
const BY_LIFETIME = 2;

/** How a channel sends: in both directions the same. */
export interface ChannelForm {
  readonly label: string;
  readonly protocol: string;
  readonly isOrdered: boolean;
  /** How often a part is sent again at most, or how long a message lives, in ms; null for what is always delivered. */
  readonly maxRetransmits: number | null;
  readonly maxLifetimeMs: number | null;
}

/** A message of the channel establishment protocol (RFC 8832 §5). */
export type EstablishmentMessage = { readonly type: 'open'; readonly form: ChannelForm } | { readonly type: 'ack' };

/** Null when it is malformed, its names are longer than 1,024 bytes or no UTF-8, or its channel type is unknown. */
export function readEstablishment(bytes: Uint8Array): EstablishmentMessage | null {
  if (bytes.length === 1 && bytes[0] === ACK) return { type: 'ack' };
  if (bytes.length < FIXED_BYTES || bytes[0] !== OPEN) return null;
  const [labelBytes, protocolBytes] = [readU16(bytes, 8), readU16(bytes, 10)];
  if (labelBytes > MOST_NAME_BYTES || protocolBytes > MOST_NAME_BYTES) return null;
  if (bytes.length !== FIXED_BYTES + labelBytes + protocolBytes) return null;
  const way = bytes[1]! & ~UNORDERED;
  if (way > BY_LIFETIME) return null;
  const label = utf8Text(bytes.subarray(FIXED_BYTES, FIXED_BYTES + labelBytes));
  const protocol = utf8Text(bytes.subarray(FIXED_BYTES + labelBytes));
  if (label === null || protocol === null) return null;
  const reliability = readU32(bytes, 4);
  const form: ChannelForm = {
    label,
    protocol,
    isOrdered: (bytes[1]! & UNORDERED) === 0,
    maxRetransmits: way === BY_RETRANSMITS ? reliability : null,
    maxLifetimeMs: way === BY_LIFETIME ? reliability : null,
  };
  return { type: 'open', form };
}

/**
 * ```
 * | 3 (1) | channel type (1) | priority (2) | retransmits or ms (4) | label, protocol lengths (2, 2) | label | protocol |
 * ```
 */
export function writeOpen({ label, protocol, isOrdered, maxRetransmits, maxLifetimeMs }: ChannelForm): Uint8Array {
  const [labelBytes, protocolBytes] = [utf8Bytes(label), utf8Bytes(protocol)];
  const bytes = new Uint8Array(FIXED_BYTES + labelBytes.length + protocolBytes.length);
  const way = maxRetransmits !== null ? BY_RETRANSMITS : maxLifetimeMs !== null ? BY_LIFETIME : 0;
  bytes[0] = OPEN;
  bytes[1] = way | (isOrdered ? 0 : UNORDERED);
  writeU32(bytes, 4, maxRetransmits ?? maxLifetimeMs ?? 0);
  writeU16(bytes, 8, labelBytes.length);
  writeU16(bytes, 10, protocolBytes.length);
  bytes.set(labelBytes, FIXED_BYTES);
  bytes.set(protocolBytes, FIXED_BYTES + labelBytes.length);
  return bytes;
}

export function writeAck(): Uint8Array {
  return Uint8Array.of(ACK);
}
