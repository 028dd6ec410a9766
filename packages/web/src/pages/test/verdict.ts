import type { DeviceErrorKind } from '@madang/client';
import type { Messages } from '../../messages/index.js';

/** What is tested, in the order in which it is shown. */
export const CHECKS = [
  'secure',
  'browser',
  'camera',
  'microphone',
  'speaker',
  'signaling',
  'udp',
  'tcp',
  'relay',
  'media-udp',
  'media-tcp',
  'throughput',
  'loopback',
] as const;
export type CheckId = (typeof CHECKS)[number];

export type Values = Readonly<Record<string, string | number>>;

/** What a check came to. `found` names the sentence; `device` is there when a device could not be opened. */
export interface Verdict {
  readonly state: 'passed' | 'warned' | 'failed' | 'skipped';
  readonly found: keyof Messages['test']['found'];
  readonly values: Values;
  readonly device?: { readonly source: 'camera' | 'microphone'; readonly kind: DeviceErrorKind };
}

export const verdict = (state: Verdict['state'], found: Verdict['found'], values: Values = {}): Verdict => ({
  state,
  found,
  values,
});
