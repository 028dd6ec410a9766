export { Engine, type EngineCounts, type EngineOptions } from './engine.js';
export type { DropReason } from './packet-counts.js';
export * from './ports/index.js';
export { ACTIONS, type Action, may, type Outcome, PERMISSIONS, type Refusal, type RoomLimits } from './room/index.js';
