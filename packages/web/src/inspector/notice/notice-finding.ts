import type { CauseId, Finding } from '@madang/client';

/** What lasts shorter than this is not worth a word. */
const LASTS_MS = 2_000;

/** Told elsewhere in the room already, or what the person chose: nobody wants to hear it twice. */
const TOLD_ELSEWHERE: ReadonlySet<CauseId> = new Set<CauseId>([
  'insecure-page',
  'permission-denied',
  'permission-blocked-by-policy',
  'permission-blocked-by-system',
  'no-device',
  'device-in-use',
  'constraints-unmet',
  'device-unplugged',
  'offline',
  'server-unreachable',
  'server-refused',
  'sound-blocked',
  'other-without-device',
]);

/** Names a finding among all; the same finding has the same name for as long as it lasts. */
export function findingKey({ cause, peer, source }: Finding): string {
  return [cause, peer, source].join(' ');
}

/** The most serious of the findings that keep something from the call, if one has lasted and was not waved away. */
export function noticeFinding(
  findings: readonly Finding[],
  nowMs: number,
  dismissed: ReadonlySet<string>,
): Finding | undefined {
  return findings.find(
    (finding) =>
      finding.severity === 'blocks' &&
      nowMs - finding.sinceMs >= LASTS_MS &&
      !TOLD_ELSEWHERE.has(finding.cause) &&
      !dismissed.has(findingKey(finding)),
  );
}
