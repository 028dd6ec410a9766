import {
  type Fact,
  type FactOf,
  HEARING_STAGES,
  type HearingCell,
  type HearingStage,
  hearing,
  ownReport,
} from '@madang/client';

type MemberFact = FactOf<'member'>;

export interface HearingTable {
  /** Who is there, in the order they came. */
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly cells: readonly HearingCell[];
}

/** Who hears whom at `nowMs`, as far as the members told; what oneself does is in the facts. */
export function hearingTable(facts: readonly Fact[], nowMs: number): HearingTable {
  const members = new Map<string, MemberFact>();
  const reports = new Map<string, FactOf<'report'>['report']>();
  for (const fact of facts) {
    if (fact.type === 'member') members.set(fact.id, fact);
    if (fact.type === 'report') reports.set(fact.from, fact.report);
    if (fact.type === 'member-left') {
      members.delete(fact.id);
      reports.delete(fact.id);
    }
  }
  const self = facts.findLast((fact) => fact.type === 'self')?.id;
  if (self !== undefined) reports.set(self, ownReport(facts, nowMs));
  const cells = hearing([...members.values()], reports).filter(isWorthShowing);
  return { members: [...members.values()].map(({ id, name }) => ({ id, name })), cells };
}

/** A screen that nobody shares is the usual case. */
function isWorthShowing({ source, state }: HearingCell): boolean {
  return source !== 'screen' || state !== 'off';
}

/** The last step that works: what the receiver has of it. */
export function reachedStage({ state, stages }: HearingCell): HearingStage | 'nothing' | 'off' | 'unknown' {
  if (state === 'off' || state === 'unknown') return state;
  const broken = HEARING_STAGES.findIndex((stage) => stages[stage] === 'broken');
  const last = HEARING_STAGES[(broken === -1 ? HEARING_STAGES.length : broken) - 1];
  return last ?? 'nothing';
}
