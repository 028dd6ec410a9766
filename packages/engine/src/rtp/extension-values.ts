import { readU16, readU24, readU64 } from '../bytes/index.js';
import { EXTENSION } from './extension.js';
import type { ExtensionPlaces } from './extension-places.js';

/**
 * The values of header extensions, read where `places` found them in `bytes`. Numbers are -1, and objects and texts null,
 * when the packet has none of that kind, or one of a length that its definition does not know.
 */

/** From 0 to 65,535. Version 2 of the extension has two more bytes, a request for feedback that nobody sends. */
export function transportSeq16(bytes: Uint8Array, places: ExtensionPlaces): number {
  const at = placeOf(places, EXTENSION.TRANSPORT_SEQ, 2, 4);
  return at < 0 ? -1 : readU16(bytes, at);
}

/** Seconds as a 6.18 fixed-point number of 24 bits, so that it wraps after 64 seconds. */
export function absSendTime(bytes: Uint8Array, places: ExtensionPlaces): number {
  const at = placeOf(places, EXTENSION.ABS_SEND_TIME, 3, 3);
  return at < 0 ? -1 : readU24(bytes, at);
}

/**
 * The level in the low seven bits, as dB below overload from 0 (loudest) to 127 (silence), and whether the sender
 * takes it for a voice in bit 7 (RFC 6464 §3).
 */
export function audioLevel(bytes: Uint8Array, places: ExtensionPlaces): number {
  const at = placeOf(places, EXTENSION.AUDIO_LEVEL, 1, 2);
  return at < 0 ? -1 : bytes[at]!;
}

/** Low two bits: clockwise quarter turns to show it upright; bit 2: flipped; bit 3: the camera at the back. */
export function videoOrientation(bytes: Uint8Array, places: ExtensionPlaces): number {
  const at = placeOf(places, EXTENSION.VIDEO_ORIENTATION, 1, 1);
  return at < 0 ? -1 : bytes[at]! & 0x0f;
}

/** High twelve of 24 bits the least, low twelve the most delay before playing, in units of 10 ms. */
export function playoutDelay(bytes: Uint8Array, places: ExtensionPlaces): number {
  const at = placeOf(places, EXTENSION.PLAYOUT_DELAY, 3, 3);
  return at < 0 ? -1 : readU24(bytes, at);
}

/** When the first sample of a packet was taken, as an NTP time of 64 bits (32.32 seconds since 1900). */
export interface AbsCaptureTime {
  readonly capturedNtp: bigint;
  /** What to add to the sender's clock to get the capturer's, signed 32.32 seconds; null when it is not known. */
  readonly clockOffsetNtp: bigint | null;
}

export function absCaptureTime(bytes: Uint8Array, places: ExtensionPlaces): AbsCaptureTime | null {
  const at = placeOf(places, EXTENSION.ABS_CAPTURE_TIME, 8, 16);
  if (at < 0) return null;
  const length = places.lengthOf(EXTENSION.ABS_CAPTURE_TIME);
  if (length !== 8 && length !== 16) return null;
  const clockOffsetNtp = length === 16 ? BigInt.asIntN(64, readU64(bytes, at + 8)) : null;
  return { capturedNtp: readU64(bytes, at), clockOffsetNtp };
}

/**
 * The text of MID, RID or REPAIRED_RID: token characters (RFC 8866 §9, RFC 8852 §3.3), at most 32 of them. For packets of
 * an SSRC that is not known yet: it makes a string.
 */
export function extensionText(bytes: Uint8Array, places: ExtensionPlaces, extension: number): string | null {
  const at = placeOf(places, extension, 1, 32);
  if (at < 0) return null;
  let text = '';
  for (let ix = at; ix < at + places.lengthOf(extension); ix++) text += String.fromCharCode(bytes[ix]!);
  return /^[A-Za-z0-9!#$%&'*+.^_`{|}~-]+$/.test(text) ? text : null;
}

/** Where the data are, if they are from `least` to `most` bytes long; otherwise -1. */
function placeOf(places: ExtensionPlaces, extension: number, least: number, most: number): number {
  const length = places.lengthOf(extension);
  return length >= least && length <= most ? places.at(extension) : -1;
}
