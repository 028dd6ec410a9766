import type { Source } from '@madang/protocol';

/** In a mesh the camera is encoded and sent once per other member, so each gets less as they grow in number. */
const CAMERA_BPS = [2_500_000, 1_500_000, 1_000_000] as const;
const SCREEN_BPS = 2_500_000;

/**
 * The most bits per second for one source towards one of `others` members. Undefined: the browser's own choice, which
 * for Opus is right (about 32 kb/s with forward error correction).
 */
export function maxBitrateBps(source: Source, others: number): number | undefined {
  if (source === 'screen') return SCREEN_BPS;
  if (source !== 'camera') return undefined;
  return CAMERA_BPS[Math.min(Math.max(others, 1), CAMERA_BPS.length) - 1];
}
