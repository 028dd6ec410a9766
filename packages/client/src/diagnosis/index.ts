export { diagnose } from './diagnose.js';
export { CAUSES, type CauseId, type Finding, type Severity, STEPS, type Step, type StepId } from './finding.js';
export {
  HEARING_STAGES,
  type HearingCell,
  type HearingMember,
  type HearingStage,
  type HearingState,
  hearing,
} from './hearing.js';
export { ladder } from './ladder.js';
export { ownReport } from './own-report.js';
