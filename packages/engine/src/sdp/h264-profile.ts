/** What a decoder must be able to do, told apart as RFC 6184 §8.1 (table 5) does. */
export type H264Profile =
  | 'constrained-baseline'
  | 'baseline'
  | 'main'
  | 'extended'
  | 'high'
  | 'constrained-high'
  | 'high-10'
  | 'high-4:2:2'
  | 'high-4:4:4'
  | 'high-10-intra'
  | 'high-4:2:2-intra'
  | 'high-4:4:4-intra'
  | 'cavlc-4:4:4-intra';

/** profile_idc, the bits of profile-iop that matter, what they must be, and the profile that makes. */
const PROFILES: readonly (readonly [idc: number, mask: number, iop: number, profile: H264Profile])[] = [
  [0x42, 0x4f, 0x40, 'constrained-baseline'],
  [0x4d, 0x8f, 0x80, 'constrained-baseline'],
  [0x58, 0xcf, 0xc0, 'constrained-baseline'],
  [0x42, 0x4f, 0x00, 'baseline'],
  [0x58, 0xcf, 0x80, 'baseline'],
  [0x4d, 0xaf, 0x00, 'main'],
  [0x58, 0xcf, 0x00, 'extended'],
  [0x64, 0xff, 0x00, 'high'],
  // Of ITU-T H.264 A.2.4.2, later than the RFC: what Chromium calls it, and offers.
  [0x64, 0xff, 0x0c, 'constrained-high'],
  [0x6e, 0xff, 0x00, 'high-10'],
  [0x7a, 0xff, 0x00, 'high-4:2:2'],
  [0xf4, 0xff, 0x00, 'high-4:4:4'],
  [0x6e, 0xff, 0x10, 'high-10-intra'],
  [0x7a, 0xff, 0x10, 'high-4:2:2-intra'],
  [0xf4, 0xff, 0x10, 'high-4:4:4-intra'],
  [0x2c, 0xff, 0x10, 'cavlc-4:4:4-intra'],
];

/** Without the parameter: Baseline at level 1 (RFC 6184 §8.1). */
const UNSTATED = '42000a';

/** The profile of a `profile-level-id` of six hexadecimal digits; null when nothing is known by it. */
export function h264Profile(profileLevelId: string = UNSTATED): H264Profile | null {
  if (!/^[0-9a-f]{6}$/i.test(profileLevelId)) return null;
  const bits = Number.parseInt(profileLevelId, 16);
  const idc = bits >>> 16;
  const iop = (bits >>> 8) & 0xff;
  return PROFILES.find(([id, mask, value]) => id === idc && (iop & mask) === value)?.[3] ?? null;
}
