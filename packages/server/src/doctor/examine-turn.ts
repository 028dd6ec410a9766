import type { TurnWalk } from './turn/turn-walk.js';
import type { TurnExamination, TurnTarget } from './turn/walk-targets.js';

/** Walks every way to every server; see `walkTargets`, which is loaded only then: help answers without it. */
export async function examineTurn(targets: readonly TurnTarget[], options: TurnExamination): Promise<TurnWalk[]> {
  const { walkTargets } = await import('./turn/walk-targets.js');
  return walkTargets(targets, options);
}
