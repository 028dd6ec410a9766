import type { Fact } from '../record/index.js';
import { type FactIndex, indexFacts } from './fact-index.js';
import { type Finding, STEPS } from './finding.js';
import { mediaCauses } from './media-causes.js';
import { PeerView } from './peer-view.js';
import type { OwnRule, PeerRule } from './rule.js';
import { signalingCauses } from './signaling-causes.js';

/** Every rule there is, by what it looks at. */
const OWN_RULES: readonly OwnRule[] = [...mediaCauses, ...signalingCauses];
const PEER_RULES: readonly PeerRule[] = [];

/**
 * What is wrong with the call at `nowMs`, most serious first; nothing while all goes well, or may yet go well. A fault
 * that is mended is no longer told, and one that follows from another is not told beside it. A pure function: the same
 * facts give the same findings, here and from a file.
 */
export function diagnose(facts: readonly Fact[], nowMs: number): readonly Finding[] {
  const index = indexFacts(facts, nowMs);
  const own = OWN_RULES.flatMap((rule) => rule(index));
  const peers = [...index.peers.keys()].flatMap((peer) => peerFindings(index, peer));
  return [...own, ...peers].sort(bySeriousness);
}

function peerFindings(index: FactIndex, peer: string): readonly Finding[] {
  const view = new PeerView(index, peer);
  if (view.closedMs !== undefined) return [];
  const found = PEER_RULES.flatMap((rule) => rule(view));
  // What comes after a broken step is broken by it.
  const broken = Math.min(...found.filter(({ severity }) => severity === 'blocks').map(stepIx));
  return found.filter((finding) => stepIx(finding) <= broken);
}

const stepIx = ({ step }: Finding): number => STEPS.indexOf(step);

function bySeriousness(a: Finding, b: Finding): number {
  if (a.severity !== b.severity) return a.severity === 'blocks' ? -1 : 1;
  return stepIx(a) - stepIx(b) || a.sinceMs - b.sinceMs;
}
