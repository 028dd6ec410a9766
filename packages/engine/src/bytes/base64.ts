import { latin1Bytes } from './latin1.js';

const ALPHABET = latin1Bytes('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PAD = 0x3d;

/** The bytes in base64 (RFC 4648 §4), as ASCII. `padded` false leaves the `=` at the end out. */
export function encodeBase64(bytes: Uint8Array, padded = true): Uint8Array {
  const length = padded ? Math.ceil(bytes.length / 3) * 4 : Math.ceil((bytes.length * 4) / 3);
  const encoded = new Uint8Array(length).fill(PAD);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const group = (bytes[from]! << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    const characters = Math.min(4, bytes.length - from + 1);
    for (let ix = 0; ix < characters; ix++) encoded[to + ix] = ALPHABET[(group >>> (18 - 6 * ix)) & 63]!;
  }
  return encoded;
}

/** What `encodeBase64` made the text of, with or without `=`; null when it is no base64. */
export function decodeBase64(text: Uint8Array): Uint8Array | null {
  let end = text.length;
  while (end > 0 && text[end - 1] === PAD) end--;
  if (end % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  let group = 0;
  for (let ix = 0; ix < end; ix++) {
    const value = ALPHABET.indexOf(text[ix]!);
    if (value < 0) return null;
    group = ((group << 6) | value) & 0xff_ffff;
    const at = Math.floor((ix * 6) / 8);
    if (ix % 4 > 0) bytes[at] = group >>> (6 - 2 * (ix % 4));
  }
  return bytes;
}
