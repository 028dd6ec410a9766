import type { PlaneSizes } from './media-plane.js';

const DEFAULTS: PlaneSizes = {
  slots: 4_096,
  slotBytes: 2_048,
  rxRows: 8_192,
  txRows: 8_192,
  inlineBytes: 256 * 1024,
  addresses: 65_536,
  ports: 4_096,
  peers: 4_096,
  connections: 4_096,
  connectionsPerHost: 256,
};

const BOUNDS: { readonly [K in keyof PlaneSizes]: readonly [least: number, most: number] } = {
  // One system call fills up to 64 slots.
  slots: [128, 1 << 20],
  slotBytes: [256, 65_536],
  // One message may bring 64 datagrams.
  rxRows: [64, 1 << 16],
  txRows: [16, 1 << 20],
  // The column EXTRA has 23 bits for an offset.
  inlineBytes: [1_024, 1 << 22],
  addresses: [16, 1 << 20],
  ports: [1, 1 << 17],
  peers: [1, 1 << 20],
  connections: [0, 1 << 16],
  connectionsPerHost: [1, 1 << 16],
};

/** The sizes asked for, the others by default. Throws a `RangeError` on one that no plane can have. */
export function planeSizes(wanted: Partial<PlaneSizes> = {}): PlaneSizes {
  const sizes = { ...DEFAULTS, ...wanted };
  for (const [name, [least, most]] of Object.entries(BOUNDS)) {
    const size = sizes[name as keyof PlaneSizes];
    if (!Number.isInteger(size) || size < least || size > most)
      throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${size}`);
  }
  return sizes;
}
