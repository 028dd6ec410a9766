import type { Fact, PeerId } from '../record/index.js';
import { indexFacts } from './fact-index.js';
import type { Step } from './finding.js';
import { mediaStep, signalingStep } from './own-steps.js';
import { peerSteps } from './peer-steps.js';

/**
 * The way of the call as far as it has come by `nowMs`: one's own two steps, and those of the connection to `peer` if one
 * is named. Steps that nothing is known of yet are `waiting`.
 */
export function ladder(facts: readonly Fact[], peer: PeerId | undefined, nowMs: number): readonly Step[] {
  const index = indexFacts(facts, nowMs);
  const own = [mediaStep(index), signalingStep(index)];
  return peer === undefined ? own : [...own, ...peerSteps(index, peer)];
}
