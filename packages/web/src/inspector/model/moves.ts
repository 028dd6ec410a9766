import type { Fact, FactOf } from '@madang/client';

/** A call that went over from one way to the other. */
export interface Move {
  readonly to: FactOf<'move'>['to'];
  readonly begunMs: number;
  /** Until the new way was connected. */
  readonly openedAfterMs: number | undefined;
  /** Until everything came by the new way, and until the old one was closed; undefined as long as it is not so. */
  readonly arrivedAfterMs: number | undefined;
  readonly doneAfterMs: number | undefined;
}

/** All moves of a call, oldest first. */
export function movesOf(facts: readonly Fact[]): readonly Move[] {
  const moves: Move[] = [];
  for (const fact of facts) {
    if (fact.type !== 'move') continue;
    if (fact.state === 'begun') {
      const times = { openedAfterMs: undefined, arrivedAfterMs: undefined, doneAfterMs: undefined };
      moves.push({ to: fact.to, begunMs: fact.atMs, ...times });
      continue;
    }
    const last = moves.pop();
    if (last === undefined) continue;
    moves.push({ ...last, [`${fact.state}AfterMs` as const]: fact.afterMs });
  }
  return moves;
}
