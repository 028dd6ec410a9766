import type { PlaneSizes } from '@madang/native';

/** Those of a fake plane, unless others are asked for. */
export const FAKE_PLANE_SIZES: PlaneSizes = {
  slots: 512,
  slotBytes: 2_048,
  rxRows: 8_192,
  txRows: 1_024,
  inlineBytes: 64 * 1024,
  addresses: 4_096,
  ports: 4_096,
  peers: 4_096,
  shortcuts: 65_536,
};
