export { CAUSES, type CauseId, type Finding, type Severity, STEPS, type Step, type StepId } from './finding.js';
