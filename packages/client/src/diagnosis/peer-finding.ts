import type { Source } from '@madang/protocol';
import type { CauseId, Finding, Severity, StepId } from './finding.js';
import type { PeerView } from './peer-view.js';

/** What a rule tells of a connection. */
export function peerFinding(
  view: PeerView,
  cause: CauseId,
  step: StepId,
  severity: Severity,
  sinceMs: number,
  { source, ...evidence }: Readonly<Record<string, string | number>> & { readonly source?: Source } = {},
): Finding {
  return { cause, step, severity, peer: view.subject, sinceMs, evidence, ...(source === undefined ? {} : { source }) };
}
