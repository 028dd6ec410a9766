import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

const MAGIC = Buffer.from('2112a442', 'hex');

/**
 * The success response to an ICE check (RFC 8489 §14), with the sender's address in it, as little as a browser accepts.
 * Null for what is no Binding request. The request's integrity is not checked: this is for peers in tests.
 */
export function stunAnswer(request: Buffer, from: { port: number; address: string }, password: string): Buffer | null {
  if (request.length < 20 || request.readUInt16BE(0) !== 1 || !request.subarray(4, 8).equals(MAGIC)) return null;
  const address = Buffer.alloc(8);
  address[1] = 1;
  address.writeUInt16BE(from.port ^ 0x2112, 2);
  for (const [ix, part] of from.address.split('.').entries()) address[4 + ix] = Number(part) ^ MAGIC[ix]!;
  const message = Buffer.concat([Buffer.from([1, 1, 0, 0]), request.subarray(4, 20), attribute(0x0020, address)]);
  const signed = withLength(message, 24);
  const tag = createHmac('sha1', password).update(signed).digest();
  const whole = withLength(Buffer.concat([signed, attribute(0x0008, tag)]), 8);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(whole) ^ 0x5354554e) >>> 0);
  return Buffer.concat([whole, attribute(0x8028, fingerprint)]);
}

function attribute(type: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value]);
}

/** The length field counts what `more` bytes will follow. */
function withLength(message: Buffer, more: number): Buffer {
  message.writeUInt16BE(message.length - 20 + more, 2);
  return message;
}
