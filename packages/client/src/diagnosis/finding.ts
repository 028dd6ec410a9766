import type { Source } from '@madang/protocol';
import type { PeerId } from '../record/index.js';

/** The ladder: what a call goes through, in this order. The first two are one's own, the others of each connection. */
export const STEPS = [
  'media',
  'signaling',
  'offer',
  'answer',
  'candidates-sent',
  'candidates-received',
  'checks',
  'path',
  'dtls',
  'first-sent',
  'first-rendered',
] as const;
export type StepId = (typeof STEPS)[number];

/**
 * One rung. `skipped`: nothing to be done here, as when no device is wanted. Times in milliseconds since the record was
 * begun; `endMs` of a running step is absent.
 */
export interface Step {
  readonly step: StepId;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  readonly startMs?: number;
  readonly endMs?: number;
}

/** Everything that a diagnosis can name. `docs/diagnosis.md` has a row for each, bound by a test. */
export const CAUSES = [
  'insecure-page',
  'permission-denied',
  'permission-blocked-by-policy',
  'permission-blocked-by-system',
  'no-device',
  'device-in-use',
  'constraints-unmet',
  'device-unplugged',
  'microphone-muted-by-system',
  'microphone-silent',
  'camera-frozen',
  'offline',
  'server-unreachable',
  'server-refused',
  'websocket-blocked',
  'other-signaling-away',
  'connection-refused',
  'media-server-away',
  'no-answer',
  'description-refused',
  'description-refused-by-other',
  'no-common-codec',
  'stun-unreachable',
  'turn-unreachable',
  'turn-unauthorized',
  'turn-quota',
  'turn-full',
  'no-candidates',
  'no-candidates-from-other',
  'hidden-addresses',
  'only-local-addresses',
  'relay-refuses-other',
  'checks-unanswered',
  'path-lost',
  'dtls-failed',
  'sound-blocked',
  'other-muted-by-system',
  'other-silent',
  'other-without-device',
  'sender-stalled',
  'media-dropped',
  'encryption-locked',
  'not-decoded',
  'not-rendered',
  'thin-line',
  'packet-loss',
  'long-delay',
  'slow-computer',
] as const;
export type CauseId = (typeof CAUSES)[number];

/** `blocks`: something is missing from the call; `impairs`: it is worse than it could be. */
export type Severity = 'blocks' | 'impairs';

/** What is wrong, where, and by which facts. The sentences for people belong to whoever shows it. */
export interface Finding {
  readonly cause: CauseId;
  readonly step: StepId;
  readonly severity: Severity;
  /** Whose connection; absent where it is one's own affair. */
  readonly peer?: PeerId;
  readonly source?: Source;
  /** Since when, in milliseconds since the record was begun. */
  readonly sinceMs: number;
  /** What the sentence needs: a server's address, a share, a code. */
  readonly evidence: Readonly<Record<string, string | number>>;
}
