export { candidatePriority, type Preference, pairPriority } from './candidate-priority.js';
export { CheckFields } from './check-fields.js';
export type { CheckOutcome } from './check-outcome.js';
export { CONSENT_MS } from './choice.js';
export { FRAME_HEADER_BYTES, FrameSplitter, frame } from './frame-splitter.js';
export { type AnnouncedAddresses, hostCandidates } from './host-candidates.js';
export type { LiteAgent } from './lite-agent.js';
export { CONNECT_MS, type Expired, LiteAgents } from './lite-agents.js';
