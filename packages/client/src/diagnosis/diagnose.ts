import type { Fact } from '../record/index.js';
import { candidateCauses } from './candidate-causes.js';
import { type FactIndex, indexFacts } from './fact-index.js';
import { type Finding, STEPS } from './finding.js';
import { flowCauses } from './flow-causes.js';
import { mediaCauses } from './media-causes.js';
import { memberViews } from './member-views.js';
import { negotiationCauses } from './negotiation-causes.js';
import { pathCauses } from './path-causes.js';
import { PeerView } from './peer-view.js';
import { qualityCauses } from './quality-causes.js';
import type { OwnRule, PeerRule } from './rule.js';
import { signalingCauses } from './signaling-causes.js';

/** Every rule there is, by what it looks at. */
const OWN_RULES: readonly OwnRule[] = [...mediaCauses, ...signalingCauses];
const PEER_RULES: readonly PeerRule[] = [
  ...negotiationCauses,
  ...candidateCauses,
  ...pathCauses,
  ...flowCauses,
  ...qualityCauses,
];

/**
 * What is wrong with the call at `nowMs`, most serious first; nothing while all goes well, or may yet go well. A fault
 * that is mended is no longer told, and one that follows from another is not told beside it. A pure function: the same
 * facts give the same findings, here and from a file.
 */
export function diagnose(facts: readonly Fact[], nowMs: number): readonly Finding[] {
  const index = indexFacts(facts, nowMs);
  const own = OWN_RULES.flatMap((rule) => rule(index));
  const peers = [...index.peers.keys()].flatMap((peer) => peerFindings(index, peer));
  const served = memberViews(index).flatMap((view) => flowCauses.flatMap((rule) => rule(view)));
  return [...own, ...peers, ...served].sort(bySeriousness);
}

/**
 * What is wrong with the connection to one member. While it is tried anew, what was wrong with the attempt before is
 * still wrong until this one succeeds.
 */
export function peerFindings(index: FactIndex, peer: string): readonly Finding[] {
  const view = new PeerView(index, peer);
  if (view.closedMs !== undefined) return [];
  const found = judged(view);
  const { earlier, openedMs } = view;
  if (found.length > 0 || earlier === undefined || view.connectedMs !== undefined) return found;
  return judged(new PeerView(index, peer, earlier, earlier.last('connection-closed')?.atMs ?? openedMs));
}

/** What comes after a broken step is broken by it: of the whole connection, or of one source. */
function judged(view: PeerView): readonly Finding[] {
  const found = PEER_RULES.flatMap((rule) => rule(view));
  const breaks = found.filter(({ severity }) => severity === 'blocks');
  return found.filter(
    (finding) =>
      !breaks.some(
        (broken) =>
          stepIx(broken) < stepIx(finding) && (broken.source === undefined || broken.source === finding.source),
      ),
  );
}

const stepIx = ({ step }: Finding): number => STEPS.indexOf(step);

function bySeriousness(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return a.severity === 'blocks' ? -1 : 1;
  return stepIx(a) - stepIx(b) || a.sinceMs - b.sinceMs;
}
