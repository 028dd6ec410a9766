import type { Random } from '../ports/index.js';
import type { IceCredentials } from '../sdp/index.js';

/** The characters of ICE (RFC 8445 §15.4 ice-char), 64 of them. */
const ICE_CHARS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const UFRAG_CHARS = 8;
const PASSWORD_CHARS = 24;

/** New credentials of 48 and 144 random bits (RFC 8445 §5.3 wants 24 and 128), the name none that `isTaken`. */
export function iceSecrets(random: Random, isTaken: (ufrag: string) => boolean): IceCredentials {
  for (;;) {
    const ufrag = iceText(random, UFRAG_CHARS);
    if (!isTaken(ufrag)) return { ufrag, pwd: iceText(random, PASSWORD_CHARS) };
  }
}

function iceText(random: Random, length: number): string {
  let text = '';
  // Five characters of six bits out of each 32.
  for (let bits = 0, left = 0; text.length < length; left--) {
    if (left === 0) [bits, left] = [random.uint32(), 5];
    text += ICE_CHARS[bits & 63];
    bits >>>= 6;
  }
  return text;
}
