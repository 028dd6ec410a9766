/** Samples of a frame at 48 kHz, by the five bits of the configuration (RFC 6716 §3.1, table 2). */
const FRAME_SAMPLES = Int16Array.from({ length: 32 }, (_, config) => frameSamples(config));

function frameSamples(config: number): number {
  if (config < 12) return [480, 960, 1920, 2880][config & 3]!;
  return config < 16 ? [480, 960][config & 1]! : [120, 240, 480, 960][config & 3]!;
}

/** The longest that one packet may be: 120 ms. */
const MOST_SAMPLES = 5760;

/**
 * For how long a packet of Opus sounds, in ticks of its clock of 48 kHz (RFC 6716 §3.1, §3.2); -1 when it is no packet of
 * Opus.
 *
 *     | configuration |s| c |   s: stereo; c: 1, 2, 2 frames, or as many as the next byte says
 */
export function opusTicks(bytes: Uint8Array, at: number, length: number): number {
  if (length < 1) return -1;
  const first = bytes[at]!;
  const code = first & 0x03;
  if (code === 3 && length < 2) return -1;
  const frames = code === 0 ? 1 : code === 3 ? bytes[at + 1]! & 0x3f : 2;
  const ticks = frames * FRAME_SAMPLES[first >>> 3]!;
  return frames > 0 && ticks <= MOST_SAMPLES ? ticks : -1;
}

/** Whether a packet holds nothing but silence: a sender in DTX sends one such now and then (RFC 7587 §3.1.3). */
export function isOpusSilence(length: number): boolean {
  return length <= 2;
}

/** Whether a packet of at least one byte is stereo. */
export function isOpusStereo(bytes: Uint8Array, at: number): boolean {
  return (bytes[at]! & 0x04) !== 0;
}
