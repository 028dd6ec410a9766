import { writeU16, writeU32 } from '../bytes/index.js';
import { type ExtensionForm, ExtensionWriter } from './extension-writer.js';

/** What an RTP packet is made of. What may be left out is zero, false or empty. */
export interface RtpParts {
  readonly payloadType: number;
  readonly seq16: number;
  readonly rtpTs: number;
  readonly ssrc: number;
  readonly marker?: boolean;
  readonly csrcs?: readonly number[];
  /** Elements by their negotiated numbers. */
  readonly extensions?: readonly { readonly id: number; readonly data: Uint8Array }[];
  /** One-byte unless said otherwise. */
  readonly extensionForm?: ExtensionForm;
  readonly payload?: Uint8Array;
  /** From 0 to 255, the last of which holds the count. */
  readonly paddingBytes?: number;
}

const FIXED_BYTES = 12;
const MOST_EXTENSION_BYTES = 1024;

/**
 * An RTP packet (RFC 3550 §5.1, RFC 8285 §4) as bytes of its own: for tools and tests; what is forwarded is written by the
 * addon from a transmit row. Throws a RangeError for an element that its form can't say.
 */
export function rtpPacket(parts: RtpParts): Uint8Array {
  const csrcs = parts.csrcs ?? [];
  const payload = parts.payload ?? new Uint8Array(0);
  const padding = parts.paddingBytes ?? 0;
  const block = extensionBlock(parts);
  const extensionAt = FIXED_BYTES + 4 * csrcs.length;
  const payloadAt = extensionAt + block.length;
  const bytes = new Uint8Array(payloadAt + payload.length + padding);
  bytes[0] = 0x80 | (padding > 0 ? 0x20 : 0) | (block.length > 0 ? 0x10 : 0) | csrcs.length;
  bytes[1] = (parts.marker ? 0x80 : 0) | parts.payloadType;
  writeU16(bytes, 2, parts.seq16);
  writeU32(bytes, 4, parts.rtpTs);
  writeU32(bytes, 8, parts.ssrc);
  csrcs.forEach((csrc, ix) => {
    writeU32(bytes, FIXED_BYTES + 4 * ix, csrc);
  });
  bytes.set(block, extensionAt);
  bytes.set(payload, payloadAt);
  if (padding > 0) bytes[bytes.length - 1] = padding;
  return bytes;
}

function extensionBlock(parts: RtpParts): Uint8Array {
  const elements = parts.extensions ?? [];
  if (elements.length === 0) return new Uint8Array(0);
  const form = parts.extensionForm ?? 'one-byte';
  const block = new Uint8Array(4 + MOST_EXTENSION_BYTES);
  const writer = new ExtensionWriter().begin(block, 4, MOST_EXTENSION_BYTES, form);
  for (const { id, data } of elements) {
    if (!writer.copy(id, data, 0, data.length))
      throw new RangeError(`no ${form} element ${id} of ${data.length} bytes`);
  }
  const words = Math.ceil(writer.length / 4);
  writeU16(block, 0, form === 'one-byte' ? 0xbede : 0x1000);
  writeU16(block, 2, words);
  return block.subarray(0, 4 + 4 * words);
}
